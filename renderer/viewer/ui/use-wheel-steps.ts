import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const WHEEL_STEP_PX = 60;
/** Images a step of the wheel with Shift. */
const FAST = 5;
const ZOOM = 1.1;

export interface WheelListener {
  readonly onSteps: (steps: number) => void;
  /** With Ctrl. */
  readonly onZoom: (factor: number) => void;
}

/** A wheel over an element as whole steps; what is less than one is carried on. */
export function useWheelSteps(element: RefObject<HTMLElement | null>, listener: WheelListener): void {
  const latest = useRef(listener);
  const carried = useRef(0);
  useLayoutEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const host = element.current;
    if (!host) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey) return latest.current.onZoom(event.deltaY < 0 ? ZOOM : 1 / ZOOM);
      // With Shift some browsers turn the wheel sideways.
      const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
      const isByPixel = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL;
      const once = isByPixel ? delta / WHEEL_STEP_PX : Math.sign(delta);
      const travel = event.shiftKey ? once * FAST : once;
      carried.current += Math.abs(travel) < 1 && !isByPixel ? Math.sign(travel) : travel;
      const steps = Math.trunc(carried.current);
      carried.current -= steps;
      latest.current.onSteps(steps);
    };
    host.addEventListener('wheel', onWheel, { passive: false });
    return () => host.removeEventListener('wheel', onWheel);
  }, [element]);
}
