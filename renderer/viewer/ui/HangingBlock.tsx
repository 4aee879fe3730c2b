import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { viewerCommands } from '../commands.ts';
import { useViewer } from '../viewer-store.ts';
import styles from './hanging.module.css';

const run = (id: string): void => viewerCommands.find((command) => command.id === `viewer.${id}`)?.run();

function StepButton({ id, title, keys }: { readonly id: string; readonly title: string; readonly keys: string }) {
  const Symbol = id === 'next-stage' ? IconChevronRight : IconChevronLeft;
  return (
    <button
      type="button"
      className={styles.step}
      aria-label={title}
      aria-keyshortcuts={keys}
      title={`${title} (${keys})`}
      onClick={() => run(id)}
    >
      <Symbol size={14} aria-hidden="true" />
    </button>
  );
}

/** Which hanging is on screen, at which stage, and what it misses; leads to the others. */
export function HangingBlock() {
  const hanging = useViewer((state) => state.hanging);
  if (!hanging) return null;
  const { name, stages, stageAt, missing } = hanging;
  return (
    <section className={styles.block} aria-label="Hanging">
      <button
        type="button"
        className={styles.name}
        aria-haspopup="dialog"
        aria-keyshortcuts="Shift+H"
        aria-label={`Hanging: ${name}`}
        title="Hangings (⇧H)"
        onClick={() => run('hangings')}
      >
        {name}
      </button>
      {stages.length > 1 && (
        <div className={styles.stage}>
          <StepButton id="previous-stage" title="Previous stage" keys="," />
          <span>
            {stageAt + 1}/{stages.length} {stages[stageAt]}
          </span>
          <StepButton id="next-stage" title="Next stage" keys="." />
        </div>
      )}
      <p className={styles.missing} role="status">
        {missing.length > 0 && `Not in this case: ${missing.join(', ')}`}
      </p>
    </section>
  );
}
