import { bump } from '../field/shapes.ts';
import type { HeadLesion } from './head-lesions.ts';
import type { HeadPalette } from './head-palette.ts';

export interface HeadOptions {
  readonly seed: number;
  readonly palette: HeadPalette;
  /** 1 is a young adult; 1.5 shows wide sulci and ventricles. */
  readonly atrophy: number;
  readonly lesions: readonly HeadLesion[];
}

/** Mass effect: how far the middle of the brain is pushed along x at this place. */
export function midlineShift(y: number, z: number, lesions: readonly HeadLesion[]): number {
  let shift = 0;
  for (const lesion of lesions) shift += lesion.shiftMm * bump(y, -5, 62) * bump(z, 36, 42);
  return shift;
}
