import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';

import { useLight } from '../settings/index.ts';
import { useListWidth } from './list-width.ts';
import { askAbout, moveActive, openRow, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';
import { rowElementId, WorklistRowView } from './WorklistRowView.tsx';

const ROW_PX = 32;
const COLUMNS = [
  'Priority',
  'Patient',
  'Age, sex',
  'Exam',
  'Mod.',
  'Body part',
  'Site',
  'Reason',
  'State',
  'Images',
  'Due',
  'Place',
] as const;

export function WorklistGrid() {
  const order = useWorklist((state) => state.order);
  const rowsById = useWorklist((state) => state.rowsById);
  const gone = useWorklist((state) => state.gone);
  const activeId = useWorklist((state) => state.activeId);
  const nextTaskId = useWorklist((state) => state.answer?.nextTaskId);
  const rowPx = useLight((state) => (ROW_PX * state.textSize) / 100);
  const scroller = useRef<HTMLDivElement>(null);
  const activeIndex = activeId === undefined ? -1 : order.indexOf(activeId);
  // The active row stays in the document when scrolled away: focus must never fall out of the list.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      return activeIndex < 0 || drawn.includes(activeIndex) ? drawn : [...drawn, activeIndex].sort((a, b) => a - b);
    },
    [activeIndex],
  );
  // oxlint-disable-next-line react-hooks/incompatible-library -- the virtualizer's functions are used in this render only
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 3,
    rangeExtractor,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const width = useListWidth(scroller);

  const onKeyDown = (event: KeyboardEvent) => {
    const isOnButton = event.target instanceof HTMLButtonElement;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1);
    const step = STEPS[event.key]?.(page, order.length);
    if (step !== undefined) {
      event.preventDefault();
      moveActive(step);
      const { activeId: movedTo, order: shown } = useWorklist.getState();
      if (movedTo === undefined) return;
      virtualizer.scrollToIndex(shown.indexOf(movedTo));
      requestAnimationFrame(() => document.getElementById(rowElementId(movedTo))?.focus({ preventScroll: true }));
    } else if (event.key === 'Enter' && !isOnButton) {
      event.preventDefault();
      openRow(activeId);
    } else if (event.key.toLowerCase() === 'w' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      askAbout('why', activeId);
    }
  };
  return (
    <div
      role="grid"
      aria-label="Worklist"
      aria-rowcount={order.length + 1}
      className={classes.grid}
      data-width={width}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.headRow}>
          {COLUMNS.map((column) => (
            <div
              key={column}
              role="columnheader"
              className={DETAILS.has(column) ? `${classes.cell} ${classes.detail}` : classes.cell}
            >
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={scroller} className={classes.scroller}>
        <div role="presentation" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const taskId = order[index];
            const row = taskId === undefined ? undefined : rowsById.get(taskId);
            if (row === undefined) return null;
            return (
              <WorklistRowView
                key={row.taskId}
                row={row}
                position={index + 1}
                offset={start}
                isActive={row.taskId === activeId}
                isGone={gone.has(row.taskId)}
                isNext={row.taskId === nextTaskId}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What the exam’s own words repeat: goes first where there is no room. */
const DETAILS: ReadonlySet<string> = new Set(['Mod.', 'Body part']);

const STEPS: Readonly<Record<string, (page: number, count: number) => number>> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: (_, count) => -count,
  End: (_, count) => count,
};
