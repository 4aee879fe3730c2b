import { useRef, useState, type KeyboardEvent } from 'react';

import { useLight } from '../settings/index.ts';
import { createCarriage, useCalmMoves } from './calm-moves.ts';
import { useListWidth } from './list-width.ts';
import { createSlots } from './row-slots.ts';
import { drawnPlaces, scrollFor, useSight } from './row-window.ts';
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
  const carried = useRef<HTMLDivElement>(null);
  const activeIndex = activeId === undefined ? -1 : order.indexOf(activeId);
  const sight = useSight(scroller, rowPx);
  const width = useListWidth(scroller);
  const [slotsOf] = useState(() => createSlots(rowElementId));
  const [carriageOf] = useState(createCarriage);
  const places = drawnPlaces(sight, order.length, activeIndex);
  const drawn = new Map(
    places.flatMap((place) => (order[place] === undefined ? [] : [[order[place], place] as const])),
  );
  const slots = slotsOf([...drawn.keys()]);
  const carriage = carriageOf(order, drawn);
  useCalmMoves(carriage, drawn, { rowPx, list: carried, elementId: rowElementId });

  const onKeyDown = (event: KeyboardEvent) => {
    const isOnButton = event.target instanceof HTMLButtonElement;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1);
    const step = STEPS[event.key]?.(page, order.length);
    if (step !== undefined) {
      event.preventDefault();
      moveActive(step);
      const { activeId: movedTo, order: shown } = useWorklist.getState();
      if (movedTo === undefined) return;
      const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
      const to = scrollFor(shown.indexOf(movedTo), rowPx, scrollTop, clientHeight);
      if (to !== undefined) scroller.current?.scrollTo({ top: to });
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
        <div role="presentation" className={classes.rows} style={{ height: order.length * rowPx }}>
          <div role="presentation" ref={carried} style={{ transform: `translateY(${carriage.carried * rowPx}px)` }}>
            {[...drawn].map(([taskId, index]) => {
              const row = rowsById.get(taskId);
              if (row === undefined) return null;
              return (
                <WorklistRowView
                  key={slots.get(taskId)}
                  row={row}
                  position={index + 1}
                  offset={(index - carriage.carried) * rowPx}
                  isActive={row.taskId === activeId}
                  isGone={gone.has(row.taskId)}
                  isNext={row.taskId === nextTaskId}
                />
              );
            })}
          </div>
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
