import { SLAB_KINDS, THICKEST_SLAB_MM, type Slab, type SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { GreyScale } from './display.ts';
import type { Fusion } from './fusion.ts';
import type { Vector3 } from './image-facts.ts';
import type { ImagePoint } from './measurement.ts';
import {
  centreOf,
  fitMmPerPixel,
  onwardOf,
  PLANES,
  stepOf,
  STRAIGHT_PLANES,
  turnOthers,
  type Plane,
  type Planes,
  type PlaneView,
} from './plane.ts';
import { RENDERING_PRESETS, type RenderingPreset } from './ray-cast.ts';
import { between, lengthOf, moved, turned, unit } from './vector.ts';
import { insideBox, toPatient, toVoxel, type VolumeBox } from './volume.ts';

export type PlaneTool = 'crosshairs' | 'window' | 'pan' | 'zoom' | 'scroll' | 'length';

/** A distance in the patient, between two places of one plane. */
export interface PlaneLine {
  readonly from: Vector3;
  readonly to: Vector3;
}

/** One that stands, with the planes as they were when it was drawn: the way back to it. */
export interface PlaneLength extends PlaneLine {
  readonly id: string;
  readonly seriesKey: string;
  /** Of the phase it belongs to; see `PlanesState`. */
  readonly firstIndex: number;
  readonly name: SlicePlane;
  readonly planes: Planes;
  readonly at: Vector3;
}

/** The volume seen from outside. */
export interface RenderingState {
  readonly preset: RenderingPreset;
  /** Where right and down on the screen point. */
  readonly plane: Plane;
}

/** Planes through one series as they stand on screen. */
export interface PlanesState {
  readonly seriesKey: string;
  /** Where the images begin that they go through: of a volume in time those of one phase. */
  readonly firstIndex: number;
  readonly box: VolumeBox;
  readonly binning: number;
  /** Slices that are here, of all. */
  readonly loaded: number;
  /** Where the planes cross. */
  readonly at: Vector3;
  readonly planes: Planes;
  /** By how much the reader moved each picture within its plane; millimetres. */
  readonly pans: Readonly<Record<SlicePlane, ImagePoint>>;
  /** Against a picture that fits its pane. */
  readonly zoom: number;
  readonly active: SlicePlane;
  readonly enlarged: SlicePlane | undefined;
  readonly scale: GreyScale;
  readonly isInverted: boolean;
  readonly tool: PlaneTool;
  readonly slab: Slab;
  /** Laid over every plane. */
  readonly fusion: Fusion | undefined;
  readonly rendering: RenderingState | undefined;
  readonly drawing: PlaneLine | undefined;
}

const UNMOVED: PlanesState['pans'] = { axial: [0, 0], sagittal: [0, 0], coronal: [0, 0] };
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 40;
/** Keys make slabs so much thicker and thinner. */
const SLAB_STEPS_MM: readonly number[] = [0, 3, 5, 10, 15, 20, 30, THICKEST_SLAB_MM];
const TURN_DEGREES = 5;

/** Straight planes through a slice of the box. */
export const openPlanes = (
  shown: Pick<PlanesState, 'seriesKey' | 'firstIndex' | 'box' | 'binning' | 'scale' | 'isInverted'>,
  slice: number,
): PlanesState => {
  const [columns, rows] = shown.box.size;
  return {
    ...shown,
    loaded: 0,
    at: toPatient(shown.box, [Math.floor((columns - 1) / 2), Math.floor((rows - 1) / 2), slice]),
    planes: STRAIGHT_PLANES,
    pans: UNMOVED,
    zoom: 1,
    active: 'axial',
    enlarged: undefined,
    tool: 'crosshairs',
    slab: { kind: 'mip', thicknessMm: 0 },
    fusion: undefined,
    rendering: undefined,
    drawing: undefined,
  };
};

export const crossAt = (state: PlanesState, place: Vector3): Partial<PlanesState> => ({
  at: insideBox(state.box, place),
  drawing: undefined,
});

/** To the next planes: towards the feet, the back, the left. */
export const scrollPlane = (state: PlanesState, name: SlicePlane, steps: number): Partial<PlanesState> => {
  const step = stepOf(state.box, state.planes[name]);
  return crossAt(state, moved(state.at, onwardOf(state.planes, name), steps * step));
};

/** The first (`-1`) or the last plane that cuts the box. */
export function scrollToEnd(state: PlanesState, name: SlicePlane, end: 1 | -1): Partial<PlanesState> {
  const step = stepOf(state.box, state.planes[name]);
  const onward = onwardOf(state.planes, name);
  const isInside = (place: Vector3) => {
    const voxel = toVoxel(state.box, place);
    return voxel.every((value, axis) => value > -1e-6 && value < state.box.size[axis]! - 1 + 1e-6);
  };
  let { at } = state;
  for (;;) {
    const next = moved(at, onward, end * step);
    if (!isInside(next)) return crossAt(state, at);
    at = next;
  }
}

export const turnCrosshair = (state: PlanesState, name: SlicePlane, degrees = TURN_DEGREES): Partial<PlanesState> => ({
  planes: turnOthers(state.planes, name, degrees),
  drawing: undefined,
});

export const zoomPlanes = ({ zoom }: PlanesState, factor: number): Partial<PlanesState> => ({
  zoom: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom * factor)),
});

export const panPlane = ({ pans }: PlanesState, name: SlicePlane, by: ImagePoint): Partial<PlanesState> => ({
  pans: { ...pans, [name]: [pans[name][0] - by[0], pans[name][1] - by[1]] },
});

export const fitPlanes = (): Partial<PlanesState> => ({ zoom: 1, pans: UNMOVED });

export const straighten = (): Partial<PlanesState> => ({ planes: STRAIGHT_PLANES, drawing: undefined });

export function thicken({ slab }: PlanesState, by: 1 | -1): Partial<PlanesState> {
  const at = SLAB_STEPS_MM.findIndex((mm) => mm >= slab.thicknessMm);
  const next = SLAB_STEPS_MM[Math.min(SLAB_STEPS_MM.length - 1, Math.max(0, at + by))] ?? 0;
  return { slab: { ...slab, thicknessMm: next }, drawing: undefined };
}

/** The next way of projecting; a plane becomes a slab with it. */
export function nextSlabKind({ slab }: PlanesState): Partial<PlanesState> {
  if (slab.thicknessMm === 0) return { slab: { ...slab, thicknessMm: 10 }, drawing: undefined };
  const next = SLAB_KINDS[(SLAB_KINDS.indexOf(slab.kind) + 1) % SLAB_KINDS.length] ?? 'mip';
  return { slab: { ...slab, kind: next } };
}

export function nextPlane({ active, enlarged }: PlanesState): Partial<PlanesState> {
  const next = PLANES[(PLANES.indexOf(active) + 1) % PLANES.length] ?? 'axial';
  return { active: next, enlarged: enlarged && next };
}

export const toggleEnlarged = ({ enlarged }: PlanesState, name: SlicePlane): Partial<PlanesState> => ({
  active: name,
  enlarged: enlarged === name ? undefined : name,
});

/** On a pane of so many CSS pixels. */
export function planeView(state: PlanesState, name: SlicePlane, width: number, height: number): PlaneView {
  const plane = state.planes[name];
  return {
    plane,
    centre: centreOf(state.box, plane, state.pans[name], state.at),
    mmPerPixel: fitMmPerPixel(state.box, plane, width, height) / state.zoom,
    width,
    height,
  };
}

export const lengthMm = ({ from, to }: PlaneLine): number => lengthOf(between(from, to));

/** The first rendering, the next, none; seen from the front. */
export function nextRendering({ rendering }: PlanesState): Partial<PlanesState> {
  const at = rendering === undefined ? 0 : RENDERING_PRESETS.indexOf(rendering.preset) + 1;
  const preset = RENDERING_PRESETS[at];
  return { rendering: preset && { preset, plane: rendering?.plane ?? STRAIGHT_PLANES.coronal }, enlarged: undefined };
}

/** As if what is seen were taken hold of and turned: to the right, and down. */
export function turnRendering({ rendering }: PlanesState, across: number, down: number): Partial<PlanesState> {
  if (!rendering) return {};
  const { plane } = rendering;
  const upright = (way: Vector3) => turned(way, plane.down, across);
  const turn = (way: Vector3) => unit(turned(upright(way), plane.right, -down));
  return { rendering: { ...rendering, plane: { right: turn(plane.right), down: turn(plane.down) } } };
}
