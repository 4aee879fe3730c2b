import type { PixelCoding } from '#electron/ports/image-encoders.ts';
import type { DataSet } from '../dicom/elements.ts';
import { blur, createGrain, gaussianBlur } from '../field/filters.ts';
import type { Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import type { SeriesPlan } from '../study-plan.ts';
import { SOP_CLASS } from './sop-classes.ts';

export interface RadiographOptions {
  readonly number: number;
  readonly description: string;
  readonly seed: number;
  readonly paint: () => Grid;
  readonly modality: 'DX' | 'CR';
  readonly coding: PixelCoding;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2';
  readonly bodyPart: string;
  readonly view: string;
  /** PS3.3 C.7.6.1.1.1: which way rows and columns run. */
  readonly orientation: readonly [string, string];
  readonly imageLaterality: 'L' | 'R' | 'U';
  readonly kvp: number;
  readonly exposureMas: number;
  readonly spacingMm: number;
  /** Attenuations that become black and white. */
  readonly range: readonly [number, number];
  /** How much of the slow brightness differences is taken away, as the machines' processing does. */
  readonly equalisation: number;
  readonly noise: number;
}

/** One projection image for presentation (PS3.3 A.26, CR: A.2). */
export function planRadiograph(options: RadiographOptions): SeriesPlan {
  const { modality } = options;
  return {
    number: options.number,
    description: options.description,
    modality,
    sopClassUid: modality === 'DX' ? SOP_CLASS.dxForPresentation : SOP_CLASS.cr,
    coding: options.coding,
    count: 1,
    attributes: radiographAttributes(options),
    image() {
      const grid = options.paint();
      const stored = developFilm(grid, options);
      return {
        attributes: { PatientOrientation: options.orientation },
        frames: [
          {
            columns: grid.columns,
            rows: grid.rows,
            bitsAllocated: 16,
            bitsStored: 12,
            signed: false,
            samplesPerPixel: 1,
            bytes: new Uint8Array(stored.buffer),
          },
        ],
      };
    },
  };
}

/** From attenuation to 12 bit: scatter, equalisation, edge enhancement, quantum noise, a film-like curve. */
function developFilm(
  grid: Grid,
  options: Pick<RadiographOptions, 'range' | 'equalisation' | 'noise' | 'seed' | 'photometric'>,
): Uint16Array {
  const { values, columns, rows, spacingMm } = grid;
  const slow = smallCopy(grid, 8);
  gaussianBlur(slow.values, slow.columns, slow.rows, 22 / spacingMm / 8);
  const sharp = values.slice();
  blur(sharp, columns, rows, 4);
  const [low, high] = options.range;
  const middle = (low + high) / 2;
  const grain = new Float32Array(columns * rows);
  createGrain(seedFrom(options.seed, 'quanta'), 1).add(grain, columns, rows, options.noise, 1);
  const stored = new Uint16Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    const slowRow = Math.min(slow.rows - 1, (row / 8) | 0) * slow.columns;
    for (let column = 0; column < columns; column += 1) {
      const index = row * columns + column;
      const value = values[index]!;
      const base = slow.values[slowRow + Math.min(slow.columns - 1, (column / 8) | 0)]!;
      const photons = Math.exp(0.5 * Math.min(value, high * 1.2) - 1.2);
      const shown =
        value +
        0.9 * (value - sharp[index]!) -
        options.equalisation * (base - middle) * Math.min(1, value / low) +
        grain[index]! * photons;
      const t = (shown - low) / (high - low);
      // A soft shoulder at both ends keeps detail in lung and behind the heart.
      const curve = value < 0.02 ? 0.012 + 0.004 * grain[index]! : 1 / (1 + Math.exp(-4.6 * (t - 0.5)));
      const level = Math.min(4095, Math.max(0, Math.round(60 + 3960 * (curve - 0.05) * 1.08)));
      stored[index] = options.photometric === 'MONOCHROME1' ? 4095 - level : level;
    }
  }
  return stored;
}

function smallCopy(grid: Grid, factor: number): { values: Float32Array; columns: number; rows: number } {
  const columns = Math.ceil(grid.columns / factor);
  const rows = Math.ceil(grid.rows / factor);
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      values[row * columns + column] =
        grid.values[
          Math.min(grid.rows - 1, row * factor) * grid.columns + Math.min(grid.columns - 1, column * factor)
        ]!;
    }
  }
  return { values, columns, rows };
}

function radiographAttributes(options: RadiographOptions): DataSet {
  const { spacingMm, photometric } = options;
  const magnification = 1.06;
  const common: DataSet = {
    ImageType: options.modality === 'DX' ? ['ORIGINAL', 'PRIMARY', ''] : ['ORIGINAL', 'PRIMARY'],
    BodyPartExamined: options.bodyPart,
    ViewPosition: options.view,
    KVP: options.kvp,
    Exposure: options.exposureMas,
    ExposureTime: 12,
    DistanceSourceToDetector: 1800,
    DistanceSourceToPatient: Math.round(1800 / magnification),
    ImagerPixelSpacing: [spacingMm, spacingMm],
    PhotometricInterpretation: photometric,
    PixelIntensityRelationship: 'LOG',
    PixelIntensityRelationshipSign: 1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: 'US',
    WindowCenter: 2048,
    WindowWidth: 4096,
    WindowCenterWidthExplanation: 'NORMAL',
    PresentationLUTShape: photometric === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY',
    AcquisitionNumber: options.number,
  };
  if (options.modality === 'CR') return { ...common, PixelSpacing: [spacingMm, spacingMm], Laterality: '' };
  return {
    ...common,
    PresentationIntentType: 'FOR PRESENTATION',
    PixelSpacing: [spacingMm / magnification, spacingMm / magnification],
    EstimatedRadiographicMagnificationFactor: magnification,
    ImageLaterality: options.imageLaterality,
    DetectorType: 'SCINTILLATOR',
    PositionerType: 'NONE',
    AcquisitionContextSequence: [],
  };
}
