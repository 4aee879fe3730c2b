import { paint, type Grid } from '../field/grid.ts';
import { bump, ellipsoidDistance, mix, smoothMin, smoothStep } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';
import type { HeadOptions } from './head-options.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** The midline is pushed this far along x; positive towards the patient's left. */
  readonly shiftMm: number;
}

/** Patient coordinates: positive x is the patient's left. */
export type HeadLesion =
  | (Place & { readonly kind: 'haematoma'; readonly radiusMm: number })
  | (Place & { readonly kind: 'subdural'; readonly thicknessMm: number })
  | (Place & { readonly kind: 'infarct'; readonly radiusMm: number });

/** Crescent under the vault on one side, widest at the lesion's place. */
export function subduralThickness(lesion: HeadLesion & { kind: 'subdural' }, x: number, y: number, z: number): number {
  const side = Math.sign(lesion.x);
  if (x * side < 4) return 0;
  const along = smoothStep(84, 30, Math.abs(y - lesion.y)) * smoothStep(62, 20, Math.abs(z - lesion.z));
  return lesion.thicknessMm * along * smoothStep(4, 22, x * side);
}

export function paintHeadLesions(grid: Grid, z: number, { palette, lesions }: HeadOptions, noise: ValueNoise): void {
  for (const lesion of lesions) {
    if (lesion.kind === 'subdural') continue;
    const r = lesion.radiusMm;
    if (Math.abs(z - lesion.z) > r * 2) continue;
    const box = { x0: lesion.x - r * 2.2, x1: lesion.x + r * 2.2, y0: lesion.y - r * 2.2, y1: lesion.y + r * 2.2 };
    // Three lobes that run into each other, with a ragged edge.
    const shape = (x: number, y: number): number => {
      const dx = x - lesion.x;
      const dy = y - lesion.y;
      const dz = z - lesion.z;
      const main = ellipsoidDistance(dx, dy, dz, r * 0.8, r * 1.15, r);
      const second = ellipsoidDistance(dx - r * 0.35, dy + r * 0.7, dz - r * 0.2, r * 0.6, r * 0.7, r * 0.7);
      const third = ellipsoidDistance(dx + r * 0.1, dy - r * 0.85, dz + r * 0.3, r * 0.5, r * 0.65, r * 0.6);
      const ragged = 1.9 * noise.at(x / 7, y / 7, z / 7) + 0.9 * noise.at(x / 3, y / 3, z / 3);
      return smoothMin(main, smoothMin(second, third, r * 0.3), r * 0.3) + ragged;
    };
    if (lesion.kind === 'haematoma') {
      const halo = (x: number, y: number): number => shape(x, y) - 4.5 - 2 * noise.at(x / 10, y / 10, z / 10);
      paint(grid, box, halo, (_x, _y, under) => mix(under, palette.edema, 0.8), 3.5);
      paint(
        grid,
        box,
        shape,
        (x, y) => palette.blood + (palette.blood - palette.grey) * 0.14 * noise.at(x / 6, y / 6, z / 6),
        1.8,
      );
    } else {
      const strength = (x: number, y: number): number => 0.85 + 0.15 * noise.at(x / 8, y / 8, z / 8);
      paint(
        grid,
        box,
        shape,
        (x, y, under) => {
          const csf = Math.abs(under - palette.csf) < Math.abs(palette.grey - palette.csf) * 0.5;
          return csf ? under : mix(under, palette.infarct, strength(x, y) * (0.9 + 0.1 * bump(x, lesion.x, r)));
        },
        3,
      );
    }
  }
}
