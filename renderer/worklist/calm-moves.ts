import { useLayoutEffect, useRef, type RefObject } from 'react';

import { useClock } from '../ui/index.ts';

/** As long as `--motion`. */
const MOTION_MS = 140;
const isStill = (): boolean => globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;

export interface Glide {
  /** By how many places the list has moved as one; 0 where its rows go different ways. */
  readonly whole: number;
  /** By how many places each row glides by itself; those that stayed are not in it. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * How rows that were drawn before glide from their places to those of now. Where all have moved alike, as when a reading comes in above them, the list
 * glides as one: one layer costs a window little, a layer for each of two dozen rows more than the new order itself.
 */
export function glideOf(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Glide {
  const rows = new Map<string, number>();
  let staying = 0;
  for (const [id, place] of now) {
    const from = before.get(id);
    if (from === place) staying += 1;
    else if (from !== undefined) rows.set(id, from - place);
  }
  const [whole = 0, ...others] = new Set(rows.values());
  return staying === 0 && others.length === 0 ? { whole, rows: new Map() } : { whole: 0, rows };
}

/** Lets rows glide to where a new order puts them. One that was not in sight stands in its place at once. `drawn`: the place of each row that is drawn. */
export function useCalmMoves(
  order: readonly string[],
  drawn: ReadonlyMap<string, number>,
  {
    rowPx,
    list,
    elementId,
  }: {
    readonly rowPx: number;
    readonly list: RefObject<HTMLElement | null>;
    readonly elementId: (id: string) => string;
  },
): void {
  const last = useRef({ order, drawn });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { order, drawn };
    if (before.order === order || isStill()) return;
    const { whole, rows } = glideOf(before.drawn, drawn);
    if (whole !== 0) glide(list.current, whole * rowPx, 0);
    for (const [id, move] of rows) {
      const to = (drawn.get(id) ?? 0) * rowPx;
      glide(document.getElementById(elementId(id)), to + move * rowPx, to);
    }
  });
}

/** An element that has arrived still is the animation's for so long, if nothing ends it before. */
const REST_MS = 10_000;

/**
 * Near an animation's end the browser asks the window in every frame whether it is over, and puts the element back among the others in one of its own. So
 * the end is late, and is brought about when the clocks of the list are drawn again anyway.
 */
function glide(element: HTMLElement | null, fromPx: number, toPx: number): void {
  if (element === null) return;
  const to = { transform: `translateY(${toPx}px)` };
  const moving = element.animate(
    [
      { transform: `translateY(${fromPx}px)`, easing: 'ease-out' },
      { ...to, offset: MOTION_MS / REST_MS },
      { ...to, offset: 1 },
    ],
    REST_MS,
  );
  const forget = useClock.subscribe(() => {
    if (Number(moving.currentTime) < MOTION_MS) return;
    forget();
    moving.cancel();
  });
}
