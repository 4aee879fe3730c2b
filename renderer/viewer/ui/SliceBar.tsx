import { useEffect, useRef, type PointerEvent } from 'react';
import { openSession } from '../commands.ts';
import type { ImageSeries } from '../model/series.ts';
import { useViewer, type Pane } from '../viewer-store.ts';
import styles from './slice-bar.module.css';

/** Wide enough to hit; drawn with one row a display pixel. */
const WIDTH_PX = 6;

/** `late`: came after the case was opened and was not looked at. */
type SliceState = 'late' | 'absent' | 'loaded' | 'seen';
const COLOURS: Readonly<Record<SliceState, string>> = {
  late: '#d9a441',
  absent: '#000',
  loaded: '#4a4a4a',
  seen: '#a8a8a8',
};

/** Of several images on one row the least seen counts: a gap must not vanish between two that were looked at. */
function drawBar(canvas: HTMLCanvasElement, total: number, stateOf: (index: number) => SliceState): void {
  const rows = Math.max(1, Math.round(canvas.clientHeight * window.devicePixelRatio));
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context) return;
  const order: readonly SliceState[] = ['late', 'absent', 'loaded', 'seen'];
  for (let row = 0; row < rows; row += 1) {
    const first = Math.floor((row / rows) * total);
    const last = Math.max(first, Math.ceil(((row + 1) / rows) * total) - 1);
    let least = order.length - 1;
    for (let index = first; index <= last; index += 1) least = Math.min(least, order.indexOf(stateOf(index)));
    context.fillStyle = COLOURS[order[least] ?? 'absent'];
    context.fillRect(0, row, WIDTH_PX, 1);
  }
}

const lateWords = (late: ReadonlySet<string> | undefined): string =>
  late === undefined || late.size === 0 ? '' : `, ${late.size} new`;

/** Where the pane stands in its series, which images are here and which were on screen; dragging it scrolls. */
export function SliceBar({ pane, series }: { readonly pane: Pane; readonly series: ImageSeries }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const progress = useViewer((state) => state.progress[series.key]);
  const late = useViewer((state) => state.late[series.key]);
  const total = series.images.length;
  const seen = progress?.seen ?? 0;
  const decoded = progress?.decoded ?? 0;
  useEffect(() => {
    const session = openSession();
    if (!canvas.current || !session) return;
    const slots = session.slots(series.key);
    drawBar(canvas.current, total, (index) => {
      if (session.seen.isSeen(series, index)) return 'seen';
      if (late?.has(series.images[index]?.imageId ?? '') === true) return 'late';
      return slots[index]?.isDecoded === true ? 'loaded' : 'absent';
    });
  }, [series, total, seen, decoded, late]);

  const scrollTo = (event: PointerEvent<HTMLElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    openSession()?.scrollTo(pane.id, Math.floor(((event.clientY - top) / Math.max(1, height)) * total));
  };
  return (
    <div
      className={styles.bar}
      role="scrollbar"
      aria-label="Images of this series"
      aria-orientation="vertical"
      aria-controls={pane.id}
      aria-valuemin={1}
      aria-valuemax={total}
      aria-valuenow={pane.index + 1}
      aria-valuetext={`Image ${pane.index + 1} of ${total}, ${seen} seen, ${decoded} loaded${lateWords(late)}`}
      tabIndex={-1}
      data-seen={seen}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        scrollTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrollTo(event);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <canvas ref={canvas} className={styles.slices} width={WIDTH_PX} aria-hidden="true" />
      <span className={styles.place} style={{ top: `${(pane.index / Math.max(1, total - 1)) * 100}%` }} />
    </div>
  );
}
