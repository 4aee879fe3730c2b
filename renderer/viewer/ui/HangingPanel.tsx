import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';
import { openSession } from '../commands.ts';
import { allHangings, keepHangings, useHangings } from '../hangings.ts';
import { fittingHangings } from '../model/hanging.ts';
import { useViewer } from '../viewer-store.ts';
import { OwnHangings, SaveHanging } from './OwnHangings.tsx';
import styles from './hanging.module.css';
import { moveFocus, MOVES_FOCUS } from './move-focus.ts';

/** As many as have a number key. */
const MOST_OFFERED = 9;

const close = (): void => {
  useViewer.setState({ hangingPanel: undefined });
  document.querySelector<HTMLElement>('[aria-label=Viewer][tabindex]')?.focus();
};

function choose(protocol: HangingProtocol): void {
  openSession()?.hanger.choose(protocol.id);
  close();
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT)$/.test(target.tagName);

/** The hangings that fit with the reason, the reader's own to be changed, and a name for what is on screen now. */
export function HangingPanel() {
  const wanted = useViewer((state) => state.hangingPanel);
  return wanted === undefined ? null : <Panel key={wanted} wanted={wanted} />;
}

function Panel({ wanted }: { readonly wanted: 'choose' | 'save' }) {
  const panel = useRef<HTMLDivElement>(null);
  const series = useViewer((state) => state.series);
  const shown = useViewer((state) => state.hanging);
  const own = useHangings((state) => state.own);
  const fitting = fittingHangings(series, allHangings()).slice(0, MOST_OFFERED);
  // Also after one was deleted, whose button had the focus: Escape must find the panel, not the case behind it.
  useEffect(() => {
    if (panel.current?.contains(document.activeElement) === true) return;
    const first = wanted === 'choose' ? 'button[aria-pressed="true"], button' : 'input';
    panel.current?.querySelector<HTMLElement>(first)?.focus();
  }, [wanted, own]);
  const onKeyDown = (event: KeyboardEvent) => {
    // Nothing pressed here is a key of the viewer or of the reading screen.
    event.stopPropagation();
    if (event.key === 'Escape') return close();
    const chosen = isTyping(event.target) ? undefined : fitting[Number(event.key) - 1];
    if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(chosen.protocol);
  };
  return (
    <div ref={panel} role="dialog" aria-label="Hangings" className={styles.panel} onKeyDown={onKeyDown}>
      <h2>Hangings that fit this case</h2>
      <ul {...MOVES_FOCUS} onKeyDown={moveFocus}>
        {fitting.map(({ protocol, reasons }, at) => (
          <li key={protocol.id}>
            <button
              type="button"
              className={styles.choice}
              aria-pressed={protocol.id === shown?.protocolId}
              aria-label={`${protocol.name}, because ${reasons.join(', ')}`}
              onClick={() => choose(protocol)}
            >
              <kbd>{at + 1}</kbd>
              <span>{protocol.name}</span>
              <span className={styles.reason}>{reasons.join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      <SaveHanging onSaved={close} />
      <OwnHangings onChange={keepHangings} />
      <div className={styles.form}>
        <button type="button" className={styles.action} onClick={close}>
          Close
        </button>
      </div>
    </div>
  );
}
