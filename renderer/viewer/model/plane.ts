import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { Vector3 } from './image-facts.ts';
import type { ImagePoint } from './measurement.ts';
import { cross, dot } from './read-image-facts.ts';
import { between, lengthOf, moved, reversed, turned, unit } from './vector.ts';
import { extentAlong, middleOf, stepAlong, type VolumeBox } from './volume.ts';

/** A plane as it is seen: where right and down on the screen point in the patient; of length 1 and at right angles. */
export interface Plane {
  readonly right: Vector3;
  readonly down: Vector3;
}

export const PLANES: readonly SlicePlane[] = ['axial', 'sagittal', 'coronal'];
export type Planes = Readonly<Record<SlicePlane, Plane>>;

/** By radiological convention: axial from the feet, coronal from the front, sagittal from the left (PS3.3 C.7.6.1.1.1). */
export const STRAIGHT_PLANES: Planes = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

/** Away from the reader. */
const depthOf = ({ right, down }: Plane): Vector3 => cross(right, down);

/** Where the next image lies: towards the feet, the back, the left. */
const ONWARD: Readonly<Record<SlicePlane, 1 | -1>> = { axial: -1, coronal: 1, sagittal: -1 };

export const onwardOf = (planes: Planes, name: SlicePlane): Vector3 => {
  const depth = depthOf(planes[name]);
  return ONWARD[name] === 1 ? depth : reversed(depth);
};

/** The other two planes turned about the line of sight of this one, clockwise as it is seen. */
export function turnOthers(planes: Planes, name: SlicePlane, degrees: number): Planes {
  const axis = depthOf(planes[name]);
  const turn = (plane: Plane): Plane => ({
    right: unit(turned(plane.right, axis, degrees)),
    down: unit(turned(plane.down, axis, degrees)),
  });
  const next = { axial: turn(planes.axial), coronal: turn(planes.coronal), sagittal: turn(planes.sagittal) };
  return { ...next, [name]: planes[name] };
}

export const isStraight = (planes: Planes): boolean =>
  PLANES.every(
    (name) =>
      dot(planes[name].right, STRAIGHT_PLANES[name].right) > 1 - 1e-9 &&
      dot(planes[name].down, STRAIGHT_PLANES[name].down) > 1 - 1e-9,
  );

/** What of a plane stands on a pane. */
export interface PlaneView {
  readonly plane: Plane;
  /** In the middle of the pane. */
  readonly centre: Vector3;
  readonly mmPerPixel: number;
  /** Of the pane; CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The millimetres a pixel at which the whole box fits into the pane. */
export const fitMmPerPixel = (box: VolumeBox, { right, down }: Plane, width: number, height: number): number =>
  Math.max(extentAlong(box, right) / Math.max(1, width), extentAlong(box, down) / Math.max(1, height));

/** The middle of the box, moved by the reader within the plane, at the depth of the crosshair. */
export function centreOf(box: VolumeBox, plane: Plane, [across, below]: ImagePoint, at: Vector3): Vector3 {
  const within = moved(moved(middleOf(box), plane.right, across), plane.down, below);
  const depth = depthOf(plane);
  return moved(within, depth, dot(between(within, at), depth));
}

export function toPlane({ plane, centre, mmPerPixel, width, height }: PlaneView, place: Vector3): ImagePoint {
  const way = between(centre, place);
  return [width / 2 + dot(way, plane.right) / mmPerPixel, height / 2 + dot(way, plane.down) / mmPerPixel];
}

export function fromPlane({ plane, centre, mmPerPixel, width, height }: PlaneView, [x, y]: ImagePoint): Vector3 {
  const across = moved(centre, plane.right, (x - width / 2) * mmPerPixel);
  return moved(across, plane.down, (y - height / 2) * mmPerPixel);
}

/** How far a place lies before or behind the plane. */
export const awayFrom = ({ plane, centre }: PlaneView, place: Vector3): number =>
  Math.abs(dot(between(centre, place), depthOf(plane)));

/** The direction in which another plane is cut by this one, on the pane; undefined where both are parallel. */
export function cutOf(on: Plane, other: Plane): ImagePoint | undefined {
  const way = cross(depthOf(on), depthOf(other));
  if (lengthOf(way) < 1e-6) return undefined;
  const { right, down } = on;
  const [x, y] = [dot(way, right), dot(way, down)];
  const length = Math.hypot(x, y);
  return [x / length, y / length];
}

export const stepOf = (box: VolumeBox, plane: Plane): number => stepAlong(box, depthOf(plane));
