import { useLayoutEffect, useRef } from 'react';

/** As long as `--motion`. */
const MOTION_MS = 140;
const isStill = (): boolean => globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** By how many places each row that was drawn before has moved; those that stayed are not in it. */
export function movesOf(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const moves = new Map<string, number>();
  for (const [id, place] of now) {
    const from = before.get(id) ?? place;
    if (from !== place) moves.set(id, from - place);
  }
  return moves;
}

/** Lets rows glide to where a new order puts them. One that was not in sight stands in its place at once. `drawn`: the place of each row that is drawn. */
export function useCalmMoves(
  order: readonly string[],
  drawn: ReadonlyMap<string, number>,
  { rowPx, elementId }: { readonly rowPx: number; readonly elementId: (id: string) => string },
): void {
  const last = useRef({ order, drawn });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { order, drawn };
    if (before.order === order || isStill()) return;
    for (const [id, move] of movesOf(before.drawn, drawn)) {
      const to = (drawn.get(id) ?? 0) * rowPx;
      document
        .getElementById(elementId(id))
        ?.animate([{ transform: `translateY(${to + move * rowPx}px)` }, { transform: `translateY(${to}px)` }], {
          duration: MOTION_MS,
          easing: 'ease-out',
        });
    }
  });
}
