import { useRef, type PointerEvent } from 'react';
import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import { openSession } from '../commands.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { cutOf, fromPlane, PLANES, toPlane, type PlaneView } from '../model/plane.ts';
import { crossAt, panPlane, scrollPlane, turnCrosshair, zoomPlanes, type PlanesState } from '../model/planes-state.ts';
import { addPlaneLength } from '../plane-lengths.ts';
import { handlesOf } from './PlaneLines.tsx';

const GRAB_PX = 10;
const SCROLL_PX = 6;
const LEAST_LENGTH_PX = 3;

type Drag = 'cross' | 'turn' | 'window' | 'pan' | 'zoom' | 'scroll' | 'length';

interface Held {
  readonly drag: Drag;
  readonly start: ImagePoint;
  last: ImagePoint;
  carried: number;
}

const pointIn = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): ImagePoint => {
  const { left, top } = currentTarget.getBoundingClientRect();
  return [clientX - left, clientY - top];
};

const away = (one: ImagePoint, other: ImagePoint): number => Math.hypot(one[0] - other[0], one[1] - other[1]);

function isOnHandle(state: PlanesState, name: SlicePlane, view: PlaneView, at: ImagePoint): boolean {
  const crossing = toPlane(view, state.at);
  return PLANES.some((other) => {
    const way = other === name ? undefined : cutOf(view.plane, state.planes[other]);
    return way !== undefined && handlesOf(view, crossing, way).some((handle) => away(handle, at) <= GRAB_PX);
  });
}

const degreesAround = ([x, y]: ImagePoint, at: ImagePoint): number =>
  (Math.atan2(at[1] - y, at[0] - x) * 180) / Math.PI;

function dragFor(
  button: number,
  state: PlanesState,
  name: SlicePlane,
  view: PlaneView,
  at: ImagePoint,
): Drag | undefined {
  if (button === 1) return 'pan';
  if (button === 2) return 'window';
  if (button !== 0) return undefined;
  if (state.tool !== 'crosshairs') return state.tool;
  return isOnHandle(state, name, view, at) ? 'turn' : 'cross';
}

/** The pointer on a plane: left the chosen tool, middle moves the picture, right windows. */
export function usePlanePointer(name: SlicePlane, view: PlaneView | undefined) {
  const held = useRef<Held>(undefined);
  const planes = openSession()?.planes;

  function press(event: PointerEvent<HTMLElement>): void {
    const state = planes?.state();
    if (!state || !view) return;
    const at = pointIn(event);
    const drag = dragFor(event.button, state, name, view, at);
    planes?.change(() => ({ active: name }));
    if (!drag) return;
    if (drag === 'length' && state.slab.thicknessMm > 0) {
      openSession()?.say('No length in a slab: what is seen may lie before or behind the plane.');
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { drag, start: at, last: at, carried: 0 };
    if (drag === 'cross') planes?.change((now) => crossAt(now, fromPlane(view, at)));
  }

  function move(event: PointerEvent<HTMLElement>): void {
    const now = held.current;
    const state = planes?.state();
    if (!now || !view || !state) return;
    const at = pointIn(event);
    const [dx, dy] = [at[0] - now.last[0], at[1] - now.last[1]];
    switch (now.drag) {
      case 'cross':
        planes?.change((one) => crossAt(one, fromPlane(view, at)));
        break;
      case 'turn': {
        const crossing = toPlane(view, state.at);
        const by = degreesAround(crossing, at) - degreesAround(crossing, now.last);
        planes?.change((one) => turnCrosshair(one, name, by));
        break;
      }
      case 'window':
        planes?.dragWindow(dx, dy);
        break;
      case 'pan':
        planes?.change((one) => panPlane(one, name, [dx * view.mmPerPixel, dy * view.mmPerPixel]));
        break;
      case 'zoom':
        planes?.change((one) => zoomPlanes(one, 1.01 ** -dy));
        break;
      case 'scroll': {
        now.carried += dy / SCROLL_PX;
        const steps = Math.trunc(now.carried);
        now.carried -= steps;
        if (steps !== 0) planes?.change((one) => scrollPlane(one, name, steps));
        break;
      }
      case 'length':
        planes?.change(() => ({ drawing: { from: fromPlane(view, now.start), to: fromPlane(view, at) } }));
        break;
    }
    now.last = at;
  }

  function release(): void {
    const ended = held.current;
    held.current = undefined;
    if (ended?.drag !== 'length') return;
    const isLong = away(ended.start, ended.last) >= LEAST_LENGTH_PX;
    const state = planes?.state();
    planes?.change(() => ({ drawing: undefined }));
    if (state?.drawing && isLong) addPlaneLength(state, name, state.drawing);
  }

  return { onPointerDown: press, onPointerMove: move, onPointerUp: release, onPointerCancel: release };
}
