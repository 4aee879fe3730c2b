import type { ImageFacts, Vector3 } from './image-facts.ts';
import { alongNormal, cross, dot } from './read-image-facts.ts';
import type { ImageSeries } from './series.ts';
import { between, moved } from './vector.ts';
import { volumeRefusal } from './volume-refusal.ts';

export type VoxelSamples = Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array;

/** An upright, even box of voxels; its slices are the decoded images themselves, so it costs no memory of its own. */
export interface VolumeBox {
  /** Centre of the first voxel, in the patient (PS3.3 C.7.6.2.1.1); millimetres. */
  readonly origin: Vector3;
  /** Along a row, down a column, from slice to slice; of length 1 and at right angles. */
  readonly axes: readonly [Vector3, Vector3, Vector3];
  /** From voxel to voxel along each of them. */
  readonly spacingMm: Vector3;
  readonly size: readonly [columns: number, rows: number, slices: number];
}

export interface Volume extends VolumeBox {
  /** Stored values; undefined where an image is still on its way. */
  readonly slices: (VoxelSamples | undefined)[];
  /** What becomes of a stored value. */
  readonly rescale: ImageFacts['rescale'];
  /** Image pixels that were averaged into one voxel, along rows and along columns alike. */
  readonly binning: number;
}

/** The images of a series as slices, in the order of the box: towards the head, the left or the back as rows and columns turn. */
export interface SliceOrder {
  readonly box: VolumeBox;
  /** Places in `series.images`. */
  readonly order: readonly number[];
}

/** Why no volume is made of it, also where only millimetres are missing; see `volumeRefusal`. */
export function planesRefusal(series: Pick<ImageSeries, 'images'>): string | undefined {
  const refusal = volumeRefusal(series);
  if (refusal !== undefined) return refusal;
  return series.images[0]?.spacing.kind === 'patient' ? undefined : 'the file does not say how large its pixels are';
}

/** Only of a series that is not refused. */
export function sliceOrder({ images }: Pick<ImageSeries, 'images'>): SliceOrder | undefined {
  const first = images[0];
  const { orientation } = first ?? {};
  if (!first || !orientation) return undefined;
  const { row, column } = orientation;
  const places = images.map(({ position }) => (position ? alongNormal(position, row, column) : 0));
  const order = images.map((_, index) => index).toSorted((one, other) => places[one]! - places[other]!);
  const [lowest, highest] = [images[order[0]!]!, images[order.at(-1)!]!];
  const origin = lowest.position ?? [0, 0, 0];
  const reach = dot(between(origin, highest.position ?? [0, 0, 0]), cross(row, column));
  return {
    order,
    box: {
      origin,
      axes: [row, column, cross(row, column)],
      spacingMm: [first.spacing.columnMm, first.spacing.rowMm, reach / Math.max(1, images.length - 1)],
      size: [first.columns, first.rows, images.length],
    },
  };
}

/** So many image pixels a side go into one voxel, that all slices fit into so many bytes. */
export function binningFor(bytes: number, limitBytes: number): number {
  let binning = 1;
  while (bytes / binning ** 2 > limitBytes) binning += 1;
  return binning;
}

/** The box of the averaged voxels; rows and columns that make no whole voxel are left out. */
export function binnedBox(box: VolumeBox, binning: number): VolumeBox {
  const [columns, rows, slices] = box.size;
  const [columnMm, rowMm, sliceMm] = box.spacingMm;
  const half = (binning - 1) / 2;
  return {
    ...box,
    origin: moved(moved(box.origin, box.axes[0], half * columnMm), box.axes[1], half * rowMm),
    spacingMm: [columnMm * binning, rowMm * binning, sliceMm],
    size: [Math.floor(columns / binning), Math.floor(rows / binning), slices],
  };
}

/** The mean of `binning` × `binning` pixels a voxel. */
export function binSlice(samples: VoxelSamples, columns: number, rows: number, binning: number): VoxelSamples {
  const [across, down] = [Math.floor(columns / binning), Math.floor(rows / binning)];
  const isFloat = samples instanceof Float32Array;
  const out = samples.slice(0, across * down);
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      let sum = 0;
      for (let y = 0; y < binning; y += 1) {
        const from = (row * binning + y) * columns + column * binning;
        for (let x = 0; x < binning; x += 1) sum += samples[from + x]!;
      }
      const mean = sum / binning ** 2;
      out[row * across + column] = isFloat ? mean : Math.round(mean);
    }
  }
  return out;
}

/** Slices with a rescale of their own, as PET has them, become modality values. */
export function rescaled(samples: VoxelSamples, { slope, intercept }: ImageFacts['rescale']): Float32Array {
  const out = new Float32Array(samples.length);
  for (let at = 0; at < out.length; at += 1) out[at] = samples[at]! * slope + intercept;
  return out;
}

/** One rescale for all slices, or undefined where they differ. */
export function commonRescale(images: readonly ImageFacts[]): ImageFacts['rescale'] | undefined {
  const first = images[0]?.rescale;
  const isSame = ({ rescale }: ImageFacts) => rescale.slope === first?.slope && rescale.intercept === first.intercept;
  return images.every(isSame) ? first : undefined;
}

/** Column, row and slice of a place, as fractions; whole numbers are centres of voxels. */
export function toVoxel({ origin, axes, spacingMm }: VolumeBox, place: Vector3): Vector3 {
  const way = between(origin, place);
  return [dot(way, axes[0]) / spacingMm[0], dot(way, axes[1]) / spacingMm[1], dot(way, axes[2]) / spacingMm[2]];
}

export function toPatient({ origin, axes, spacingMm }: VolumeBox, [column, row, slice]: Vector3): Vector3 {
  const across = moved(origin, axes[0], column * spacingMm[0]);
  return moved(moved(across, axes[1], row * spacingMm[1]), axes[2], slice * spacingMm[2]);
}

export const middleOf = (box: VolumeBox): Vector3 =>
  toPatient(box, [(box.size[0] - 1) / 2, (box.size[1] - 1) / 2, (box.size[2] - 1) / 2]);

/** The nearest place that lies on a voxel of the box or between two. */
export function insideBox(box: VolumeBox, place: Vector3): Vector3 {
  const voxel = toVoxel(box, place);
  const held = (axis: 0 | 1 | 2) => Math.min(box.size[axis] - 1, Math.max(0, voxel[axis]));
  return toPatient(box, [held(0), held(1), held(2)]);
}

/** How far the box, to the outer edges of its voxels, reaches along a direction. */
export const extentAlong = ({ axes, spacingMm, size }: VolumeBox, direction: Vector3): number =>
  axes.reduce((sum, axis, at) => sum + Math.abs(dot(axis, direction)) * spacingMm[at]! * size[at]!, 0);

/** From voxel to voxel along a direction: the spacing itself along an axis, between them in proportion. */
export const stepAlong = ({ axes, spacingMm }: VolumeBox, direction: Vector3): number =>
  axes.reduce((sum, axis, at) => sum + dot(axis, direction) ** 2 * spacingMm[at]!, 0);
