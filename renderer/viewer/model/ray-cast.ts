import type { Vector3 } from './image-facts.ts';
import { cross, dot } from './read-image-facts.ts';
import type { Raster } from './reslice.ts';
import { toVoxel, type Volume } from './volume.ts';

/** How a rendering turns values into matter: of each preset the points between which opacity and colour run straight. */
export interface RenderingPreset {
  readonly name: string;
  readonly points: readonly {
    readonly hu: number;
    /** For a way of one millimetre. */
    readonly opacity: number;
    readonly colour: readonly [red: number, green: number, blue: number];
  }[];
}

const BONE = [255, 244, 224] as const;
const BLOOD = [214, 72, 56] as const;
const SKIN = [222, 178, 150] as const;

export const RENDERING_PRESETS: readonly RenderingPreset[] = [
  {
    name: 'Bone',
    points: [
      { hu: 150, opacity: 0, colour: [196, 150, 110] },
      { hu: 300, opacity: 0.2, colour: BONE },
      { hu: 700, opacity: 0.8, colour: BONE },
    ],
  },
  {
    name: 'Soft tissue',
    points: [
      { hu: -250, opacity: 0, colour: SKIN },
      { hu: -50, opacity: 0.15, colour: SKIN },
      { hu: 80, opacity: 0.5, colour: SKIN },
      { hu: 400, opacity: 0.9, colour: BONE },
    ],
  },
  {
    name: 'Vessels',
    points: [
      { hu: 130, opacity: 0, colour: BLOOD },
      { hu: 220, opacity: 0.25, colour: BLOOD },
      { hu: 450, opacity: 0.6, colour: BONE },
    ],
  },
];

const TABLE_SIZE = 1024;
/** Behind so much matter nothing is seen. */
const FULL = 0.97;
const AMBIENT = 0.25;

export interface Matter {
  /** The lowest value with matter, and how many entries of the table one unit takes; stored values. */
  readonly from: number;
  readonly perUnit: number;
  /** Opacity, red, green and blue of each entry. */
  readonly table: Float32Array;
}

/** The preset over stored values, for steps of so many millimetres. */
export function matterOf({ points }: RenderingPreset, { slope, intercept }: Volume['rescale'], stepMm: number): Matter {
  const [first, last] = [points[0]!, points.at(-1)!];
  const table = new Float32Array(TABLE_SIZE * 4);
  for (let at = 0; at < TABLE_SIZE; at += 1) {
    const hu = first.hu + (at / (TABLE_SIZE - 1)) * (last.hu - first.hu);
    const upper = Math.max(
      1,
      points.findIndex((point) => point.hu >= hu),
    );
    const [low, high] = [points[upper - 1]!, points[upper]!];
    const part = (hu - low.hu) / (high.hu - low.hu);
    const mix = (one: number, other: number) => one + (other - one) * part;
    table[at * 4] = 1 - (1 - mix(low.opacity, high.opacity)) ** stepMm;
    for (const channel of [0, 1, 2] as const)
      table[at * 4 + 1 + channel] = mix(low.colour[channel], high.colour[channel]);
  }
  const [from, to] = [(first.hu - intercept) / slope, (last.hu - intercept) / slope];
  return { from, perUnit: (TABLE_SIZE - 1) / (to - from), table };
}

/** The part of a ray that lies in the box, in steps from its start; voxel coordinates. */
function reach(start: Vector3, step: Vector3, size: readonly number[]): readonly [number, number] {
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const axis of [0, 1, 2] as const) {
    const last = size[axis]! - 1;
    if (Math.abs(step[axis]) < 1e-9) {
      if (start[axis] < 0 || start[axis] > last) return [0, -1];
      continue;
    }
    const [one, other] = [-start[axis] / step[axis], (last - start[axis]) / step[axis]];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return [Math.ceil(from), Math.floor(to)];
}

/**
 * What is seen along rays away from the reader through the points of rows `from` to `to`: matter in front hides what lies behind,
 * lit from the reader's side. Pixels are red, green, blue, alpha from the lowest byte on.
 */
export function castRows(
  volume: Volume,
  raster: Raster,
  matter: Matter,
  stepMm: number,
  pixels: Uint32Array,
  from: number,
  to: number,
): void {
  const { slices, size, axes, spacingMm } = volume;
  const [columns, , count] = size;
  const depth = cross(raster.right, raster.down);
  const perVoxel = (direction: Vector3, mm: number): Vector3 => [
    (dot(direction, axes[0]) * mm) / spacingMm[0],
    (dot(direction, axes[1]) * mm) / spacingMm[1],
    (dot(direction, axes[2]) * mm) / spacingMm[2],
  ];
  const [right, down] = [perVoxel(raster.right, raster.stepMm), perVoxel(raster.down, raster.stepMm)];
  const step = perVoxel(depth, stepMm);
  const lightI = dot(depth, axes[0]);
  const lightJ = dot(depth, axes[1]);
  const lightK = dot(depth, axes[2]);
  const first = toVoxel(volume, raster.first);
  const { table, perUnit } = matter;
  const lowest = matter.from;
  const lit = (k: number, at: number, here: number): number => {
    const slice = slices[k]!;
    const gi = (slice[at + 1] ?? here) - (slice[at - 1] ?? here);
    const gj = (slice[at + columns] ?? here) - (slice[at - columns] ?? here);
    const gk = (slices[Math.min(count - 1, k + 1)]?.[at] ?? here) - (slices[Math.max(0, k - 1)]?.[at] ?? here);
    const x = gi / spacingMm[0];
    const y = gj / spacingMm[1];
    const z = gk / spacingMm[2];
    const steepness = Math.sqrt(x * x + y * y + z * z);
    if (steepness < 1e-6) return 1;
    const facing = (x * lightI + y * lightJ + z * lightK) / steepness;
    return AMBIENT + (1 - AMBIENT) * Math.abs(facing);
  };
  for (let row = from; row < to; row += 1) {
    for (let column = 0; column < raster.width; column += 1) {
      const start: Vector3 = [
        first[0] + right[0] * column + down[0] * row,
        first[1] + right[1] * column + down[1] * row,
        first[2] + right[2] * column + down[2] * row,
      ];
      const [begin, end] = reach(start, step, size);
      let [red, green, blue, seen] = [0, 0, 0, 0];
      for (let at = begin; at <= end && seen < FULL; at += 1) {
        const i = Math.round(start[0] + step[0] * at);
        const j = Math.round(start[1] + step[1] * at);
        const k = Math.round(start[2] + step[2] * at);
        const slice = slices[k];
        if (slice === undefined) continue;
        const voxel = j * columns + i;
        const value = slice[voxel]!;
        const place = (value - lowest) * perUnit;
        if (!(place > 0)) continue;
        const entry = (place >= TABLE_SIZE - 1 ? TABLE_SIZE - 1 : Math.floor(place)) * 4;
        const opacity = table[entry]!;
        if (opacity <= 0) continue;
        const part = (1 - seen) * opacity;
        const light = part * lit(k, voxel, value);
        red += table[entry + 1]! * light;
        green += table[entry + 2]! * light;
        blue += table[entry + 3]! * light;
        seen += part;
      }
      pixels[row * raster.width + column] =
        0xff000000 |
        (Math.min(255, Math.round(blue)) << 16) |
        (Math.min(255, Math.round(green)) << 8) |
        Math.min(255, Math.round(red));
    }
  }
}
