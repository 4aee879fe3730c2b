import { createGrid, paintAll, warpGrid, type Grid } from '../field/grid.ts';
import { bump, clamp, mix, smoothStep } from '../field/shapes.ts';
import { seedFrom } from '../field/random.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';
import { paintCisterns, paintDeepStructures, paintVentricles } from './head-deep.ts';
import { paintFace } from './head-face.ts';
import { paintHeadLesions, subduralThickness } from './head-lesions.ts';
import type { HeadPalette } from './head-palette.ts';
import { measureDepth, type HeadDepth } from './head-skull.ts';
import { midlineShift, type HeadOptions } from './head-options.ts';

export interface HeadPhantom {
  /** The cut at height z (LPS millimetres, 0 at the orbital roofs, vertex at about 114). */
  slice(zMm: number, columns: number, spacingMm: number): Grid;
}

export function createHead(options: HeadOptions): HeadPhantom {
  const noise = createValueNoise(seedFrom(options.seed, 'head'));
  const folds = createValueNoise(seedFrom(options.seed, 'folds'));
  return {
    slice(zMm, columns, spacingMm) {
      const plain = createGrid({ columns, rows: columns, spacingMm, centerYMm: 0, fill: options.palette.air });
      const grid = warpGrid(plain, noise, zMm, 60, 2.2);
      paintAll(grid, (x, y, under) => headTissue(x, y, zMm, under, options, noise, folds));
      paintCisterns(grid, zMm, options);
      paintVentricles(grid, zMm, options);
      paintDeepStructures(grid, zMm, options);
      paintHeadLesions(grid, zMm, options, noise);
      paintFace(grid, zMm, options.palette, noise);
      return grid;
    },
  };
}

/** Reused for every pixel of a slice. */
const depth: HeadDepth = { outer: 0, inner: 0, base: 0, scalpMm: 0, tableMm: 0 };

function headTissue(
  x: number,
  y: number,
  z: number,
  under: number,
  options: HeadOptions,
  noise: ValueNoise,
  folds: ValueNoise,
): number {
  measureDepth(depth, x, y, z, noise);
  const { palette } = options;
  if (depth.outer > depth.scalpMm + 0.5) return under;
  if (depth.outer > 0) return scalp(depth.outer, depth.scalpMm, x, y, z, under, palette, noise);
  if (depth.inner > 0) return brain(x, y, z, depth.inner, depth.base, options, noise, folds);
  if (depth.base > -3 && -depth.outer > depth.tableMm) return mix(palette.cortical, palette.diploe, 0.25);
  if (depth.base > -4 || z > 10 || y > 20) return vault(-depth.outer, depth.tableMm, x, y, z, palette, noise);
  return softTissue(x, y, z, palette, noise);
}

function scalp(
  outer: number,
  thickness: number,
  x: number,
  y: number,
  z: number,
  under: number,
  palette: HeadPalette,
  noise: ValueNoise,
): number {
  const fromSkin = thickness - outer;
  if (fromSkin < 0.5) return mix(under, palette.skin, clamp(fromSkin + 0.5, 0, 1));
  if (fromSkin < 1.9) return palette.skin;
  const muscle = smoothStep(8.5, 10, thickness) * smoothStep(thickness - 2, thickness - 4, outer);
  const galea = smoothStep(1.4, 0.6, outer);
  const fat = palette.fat + (palette.muscle - palette.fat) * 0.18 * Math.max(0, noise.at(x / 5, y / 5, z / 5));
  return mix(fat, palette.muscle, Math.max(muscle * 0.95, galea * 0.7));
}

function vault(
  inside: number,
  table: number,
  x: number,
  y: number,
  z: number,
  palette: HeadPalette,
  noise: ValueNoise,
): number {
  if (inside > table) return palette.diploe;
  const outerTable = smoothStep(2.4, 1.4, inside);
  const innerTable = smoothStep(2.0, 1.1, table - inside);
  const marrow = palette.diploe * (1 + 0.35 * noise.at(x / 3.2, y / 3.2, z / 3.2));
  const petrous = smoothStep(8, -4, z) * bump(y, 18, 26);
  const cells = petrous * smoothStep(0.05, 0.4, noise.at(x / 4, y / 4, z / 4));
  const bone = mix(marrow, palette.cortical, Math.max(outerTable, innerTable, petrous * 0.6));
  return mix(bone, palette.air, cells * 0.85);
}

function softTissue(x: number, y: number, z: number, palette: HeadPalette, noise: ValueNoise): number {
  const muscle = smoothStep(-0.25, 0.15, noise.fractal(x / 16, y / 16, z / 16, 2) + 0.1);
  return mix(palette.fat, palette.muscle, muscle);
}

function brain(
  px: number,
  y: number,
  z: number,
  inner: number,
  base: number,
  options: HeadOptions,
  noise: ValueNoise,
  folds: ValueNoise,
): number {
  const { palette, atrophy, lesions } = options;
  const x = px - midlineShift(y, z, lesions);
  if (inner < 0.9) return mix(palette.cortical, palette.dura, clamp(inner / 0.9, 0, 1));
  for (const lesion of lesions) {
    if (lesion.kind === 'subdural' && inner < 0.9 + subduralThickness(lesion, px, y, z)) {
      return palette.blood + (palette.grey - palette.blood) * 0.18 * noise.at(px / 9, y / 9, z / 9);
    }
  }
  const tentorium = -2 + 14 * smoothStep(50, 8, Math.abs(x)) * smoothStep(75, 25, y);
  const cerebellum = y > 6 && z < tentorium;
  const thinning = lesions.length > 0 ? 0.45 : 1;
  const rim =
    (1.1 + 0.9 * atrophy * thinning * (1 + 0.6 * folds.at(px / 12, y / 12, z / 12))) * smoothStep(-30, 0, z + 30);
  let csf = smoothStep(rim + 0.9, rim - 0.3, inner - 0.9);
  const side = Math.abs(x);
  // Falx and interhemispheric fissure: everywhere high up, only in front and behind at the level of the corpus callosum.
  const reach = cerebellum
    ? 0
    : Math.max(smoothStep(52, 60, z), smoothStep(34, 40, Math.abs(y - 2) + (z - 20) * 0.1)) * smoothStep(2, 8, z);
  if (reach > 0.02) {
    const wave = 0.8 * folds.at(y / 9, z / 9, 3);
    if (side < 0.75 && (inner < 42 || z > 62) && Math.abs(y - 4) > 12 - z * 0.1)
      return mix(palette.csf, palette.dura, reach);
    csf = Math.max(csf, reach * smoothStep(2.1 + 0.5 * atrophy + wave, 1.2 + wave, side));
  }
  if (cerebellum) {
    const folia = folds.at(side / 14, (y + side * 0.35) / 3.1, z / 3.4);
    const cortex = smoothStep(12, 2, inner) * 0.8 + 0.25;
    const tissue = mix(palette.white, palette.grey, clamp(cortex + folia * 0.5, 0, 1));
    const tent = bump(z - tentorium, 0, 1.6) * smoothStep(14, 26, y);
    return mix(mix(tissue, palette.csf, csf * 0.9), palette.dura, tent * 0.8);
  }
  const deep = Math.min(inner - 0.9 - rim, 8 + 0.9 * (side - 1.5 + (1 - reach) * 40), base * 1.3 + 2);
  // Direction from the middle, stretched by depth: the folds run inwards from the surface.
  const length = Math.hypot(x, y, (z - 22) * 0.9) + 1e-3;
  const stretch = (66 + 0.3 * length) / length / 11.5;
  const hemisphere = x > 0 ? 0 : 13.7;
  const fold =
    folds.at(x * stretch + hemisphere, y * stretch, (z - 22) * 0.9 * stretch) +
    0.35 * folds.at(x / 9 + hemisphere, y / 9, z / 9 + 4);
  const crest = Math.abs(fold);
  const sulcusDepth = 17 + 5 * noise.at(x / 20, y / 20, z / 20);
  const open = (0.1 + 0.07 * atrophy * thinning) * clamp(1 - deep / sulcusDepth, 0, 1);
  csf = Math.max(
    csf,
    0.92 * smoothStep(open + 0.05, open - 0.05, crest) * smoothStep(sulcusDepth + 2, sulcusDepth - 4, deep),
  );
  const ribbon = Math.max(
    smoothStep(4.6, 2.8, deep),
    smoothStep(0.56, 0.36, crest - open) * smoothStep(sulcusDepth + 5, sulcusDepth - 1, deep),
  );
  const texture = 0.06 * noise.at(x / 3, y / 3, z / 3);
  return mix(mix(palette.white, palette.grey, clamp(ribbon + texture, 0, 1)), palette.csf, clamp(csf, 0, 1));
}
