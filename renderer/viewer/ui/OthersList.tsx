import { IconEye, IconEyeOff, IconPhotoScan } from '@tabler/icons-react';

import { countOf } from '#shared/kernel/count-of.ts';
import { openSession } from '../commands.ts';
import type { OthersWork } from '../others/work.ts';
import { useViewer } from '../viewer-store.ts';
import { moveFocus, MOVES_FOCUS } from './move-focus.ts';
import styles from './others-list.module.css';

/** Who or what, with which version, when. */
const originWords = ({ source, algorithm, version, date }: OthersWork): string =>
  [source, algorithm === undefined ? undefined : `by ${algorithm}`, version && `version ${version}`, date]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

const countWords = (count: number): string => (count === 0 ? 'on no image' : `on ${countOf(count, 'image')}`);

function Row({ work }: { readonly work: OthersWork }) {
  const isShown = useViewer((state) => !state.areOthersHidden && !state.hiddenOthers.has(work.id));
  const isHere = useViewer((state) => {
    const pane = state.panes.find(({ id }) => id === state.activePaneId);
    return pane?.painted !== undefined && work.viewOf?.(pane.painted.facts.imageId) !== undefined;
  });
  const name = work.title === '' ? work.what : `${work.what}: ${work.title}`;
  const Eye = isShown ? IconEye : IconEyeOff;
  const { reason } = work;
  return (
    <li className={styles.row}>
      <button
        type="button"
        role="switch"
        aria-checked={isShown}
        className={styles.switch}
        aria-label={`Show ${name}`}
        style={{ color: work.colour }}
        onClick={() => openSession()?.others.toggle(work.id)}
      >
        <Eye size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.show}
        aria-label={`${name}, ${originWords(work)}, ${countWords(work.imageIds.length)}${reason === undefined ? '' : `: ${reason}`}`}
        title="Go to its next image"
        onClick={() => openSession()?.others.show(work)}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.origin}>{originWords(work)}</span>
        <span className={styles.origin}>{countWords(work.imageIds.length)}</span>
        {reason !== undefined && (
          <span className={styles.reason}>{`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`}</span>
        )}
      </button>
      {isHere && (
        <button
          type="button"
          className={styles.switch}
          aria-label={`Show the image as in ${name}`}
          title="Show the image as it was seen (⇧P)"
          onClick={() => openSession()?.others.showAsSeen(work)}
        >
          <IconPhotoScan size={16} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

/** What somebody else made about these images: who, with what, when; each to be taken off the screen and put back. */
export function OthersList() {
  const all = useViewer((state) => state.others);
  const areHidden = useViewer((state) => state.areOthersHidden);
  if (all.length === 0) return null;
  return (
    <section className={styles.list} aria-label="Made by others" {...MOVES_FOCUS} onKeyDown={moveFocus}>
      <h2 className={styles.title}>
        Made by others
        <button
          type="button"
          role="switch"
          aria-checked={!areHidden}
          aria-label="Show what others made"
          aria-keyshortcuts="J"
          className={styles.all}
          onClick={() => openSession()?.others.toggleAll()}
        >
          {areHidden ? 'Hidden' : 'Shown'} <kbd>J</kbd>
        </button>
      </h2>
      <ul>
        {all.map((work) => (
          <Row key={work.id} work={work} />
        ))}
      </ul>
    </section>
  );
}
