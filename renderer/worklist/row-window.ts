import { useEffect, useState, type RefObject } from 'react';

/** Drawn beyond what is in sight, so that a short scroll shows rows at once. */
const BEYOND = 2;

interface Sight {
  /** Row at the upper edge, and how many rows the list has room for. */
  readonly top: number;
  readonly room: number;
}

/** The places of the rows to draw, in order; the active row always among them: focus must never fall out of the list. */
export function drawnPlaces({ top, room }: Sight, count: number, active: number): readonly number[] {
  const first = Math.max(0, Math.min(top, count - room) - BEYOND);
  const last = Math.min(count, first + room + 2 * BEYOND);
  const places = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (active < 0 || active >= count) return places;
  if (active < first) return [active, ...places];
  return active >= last ? [...places, active] : places;
}

/** Where the list must be scrolled to show a row wholly; undefined when it is in sight. */
export function scrollFor(place: number, rowPx: number, topPx: number, heightPx: number): number | undefined {
  if (place * rowPx < topPx) return place * rowPx;
  return (place + 1) * rowPx > topPx + heightPx ? (place + 1) * rowPx - heightPx : undefined;
}

/** Rows of one height: which are in sight is a division, however long the list. */
export function useSight(scroller: RefObject<HTMLElement | null>, rowPx: number): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, room: 0 });
  useEffect(() => {
    const list = scroller.current;
    if (list === null) return;
    const look = () => {
      const [top, room] = [Math.floor(list.scrollTop / rowPx), Math.ceil(list.clientHeight / rowPx) + 1];
      setSight((before) => (before.top === top && before.room === room ? before : { top, room }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(list);
    list.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', look);
    };
  }, [scroller, rowPx]);
  return sight;
}
