import type { Grid } from '../field/grid.ts';
import { between, createRandom, seedFrom, type Random } from '../field/random.ts';
import { paint, type Paint } from '../field/grid.ts';
import { tubeDistance, type TubePoint } from '../field/shapes.ts';

export interface VesselSegment {
  readonly from: TubePoint;
  readonly to: TubePoint;
  /** 0 at the root, 1 more at every branching. */
  readonly generation: number;
  /** Which of the roots it grows from. */
  readonly root: number;
}

export interface TreeRoot extends TubePoint {
  /** First direction; need not be of length one. */
  readonly dx: number;
  readonly dy: number;
  readonly dz: number;
}

/** Five lobar directions a side, from the hilum at this height. */
export function lungRoots(z: number, r: number): TreeRoot[] {
  return [-1, 1].flatMap((side) => {
    const at = { x: side * 44, y: side < 0 ? 0 : 10, z, r };
    return [
      { ...at, dx: side * 0.5, dy: 0.1, dz: 1 },
      { ...at, dx: side * 0.7, dy: -0.75, dz: 0.35 },
      { ...at, dx: side * 0.9, dy: -0.5, dz: -0.5 },
      { ...at, r: r * 1.1, dx: side * 0.5, dy: 0.25, dz: -1 },
      { ...at, dx: side * 0.55, dy: 0.9, dz: -0.3 },
    ];
  });
}

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Grows branching, tapering tubes that stay where `isInside` allows: vessels of the lung or the liver. */
export function growTree(
  roots: readonly TreeRoot[],
  seed: number,
  isInside: (x: number, y: number, z: number) => boolean,
  smallestRadiusMm: number,
): VesselSegment[] {
  const segments: VesselSegment[] = [];
  const grow = (from: TubePoint, direction: Vector, generation: number, root: number, random: Random): void => {
    if (from.r < smallestRadiusMm || generation > 14) return;
    const length = between(random, 3.4, 5.6) * Math.sqrt(from.r * 4);
    for (const turn of [0, 0.5, 1]) {
      const way = unit(turn === 0 ? direction : scatter(direction, turn, random));
      const to = {
        x: from.x + way.x * length,
        y: from.y + way.y * length,
        z: from.z + way.z * length,
        r: from.r * 0.92,
      };
      if (generation > 1 && !isInside(to.x, to.y, to.z)) continue;
      segments.push({ from, to, generation, root });
      grow({ ...to, r: to.r * between(random, 0.86, 0.95) }, scatter(way, 0.22, random), generation + 1, root, random);
      grow({ ...to, r: to.r * between(random, 0.5, 0.74) }, scatter(way, 0.85, random), generation + 1, root, random);
      return;
    }
  };
  for (const [index, root] of roots.entries()) {
    // Each root has numbers of its own: what stops one side leaves the other as it was.
    grow(root, unit({ x: root.dx, y: root.dy, z: root.dz }), 0, index, createRandom(seedFrom(seed, index)));
  }
  return segments;
}

const unit = ({ x, y, z }: Vector): Vector => {
  const length = Math.hypot(x, y, z) || 1;
  return { x: x / length, y: y / length, z: z / length };
};

const scatter = (v: Vector, amount: number, random: Random): Vector =>
  unit({
    x: v.x + amount * (random() * 2 - 1),
    y: v.y + amount * (random() * 2 - 1),
    z: v.z + amount * (random() * 2 - 1),
  });

/** The cut of all segments by the plane z. */
export function paintSegments(
  grid: Grid,
  z: number,
  segments: readonly VesselSegment[],
  value: Paint,
  widen = 1,
): void {
  for (const { from, to } of segments) {
    const reach = Math.max(from.r, to.r) * widen + 0.5;
    if (z < Math.min(from.z, to.z) - reach || z > Math.max(from.z, to.z) + reach) continue;
    const box = {
      x0: Math.min(from.x, to.x) - reach,
      x1: Math.max(from.x, to.x) + reach,
      y0: Math.min(from.y, to.y) - reach,
      y1: Math.max(from.y, to.y) + reach,
    };
    const a = { ...from, r: from.r * widen };
    const b = { ...to, r: to.r * widen };
    paint(grid, box, (x, y) => tubeDistance(x, y, z, a, b), value, 1.1);
  }
}
