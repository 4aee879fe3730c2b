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

type Places = ReadonlyMap<string, number>;

/** Where the list stands as a whole, and how it came there. */
interface Carriage {
  /** Every row stands by so many places further down than it says itself. */
  readonly carried: number;
  readonly glide: Glide;
}

const AT_REST: Glide = { whole: 0, rows: new Map() };

/**
 * Follows an order from one drawing to the next; drawn again in the same order nothing glides. What all rows move is carried by the list: the rows
 * themselves then need no new place.
 */
export function createCarriage(): (order: readonly string[], drawn: Places) => Carriage {
  let last = { order: [] as readonly string[], drawn: new Map() as Places, carried: 0 };
  return (order, drawn) => {
    const glide = last.order === order ? AT_REST : glideOf(last.drawn, drawn);
    last = { order, drawn, carried: last.carried - glide.whole };
    return { carried: last.carried, glide };
  };
}

/** Lets rows glide to where a new order puts them. One that was not in sight stands in its place at once. `drawn`: the place of each row that is drawn. */
export function useCalmMoves(
  carriage: Carriage,
  drawn: Places,
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
  const last = useRef(carriage);
  useLayoutEffect(() => {
    // Once for each new order, however often it is drawn.
    if (last.current === carriage) return;
    last.current = carriage;
    const { whole, rows } = carriage.glide;
    if ((whole === 0 && rows.size === 0) || isStill()) return;
    if (whole !== 0) glide(list.current, (carriage.carried + whole) * rowPx, carriage.carried * rowPx);
    for (const [id, move] of rows) {
      const to = ((drawn.get(id) ?? 0) - carriage.carried) * rowPx;
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
