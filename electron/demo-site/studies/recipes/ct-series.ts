import type { PixelCoding } from '#electron/ports/image-encoders.ts';
import type { DataSet } from '../dicom/elements.ts';
import { blur, createGrain } from '../field/filters.ts';
import { type Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import { once, type SeriesPlan } from '../study-plan.ts';
import { SOP_CLASS } from './sop-classes.ts';

export interface CtWindow {
  readonly center: number;
  readonly width: number;
  readonly name: string;
}

export const CT_WINDOWS = {
  brain: { center: 40, width: 80, name: 'BRAIN' },
  subdural: { center: 75, width: 215, name: 'SUBDURAL' },
  bone: { center: 500, width: 2000, name: 'BONE' },
  lung: { center: -600, width: 1500, name: 'LUNG' },
  mediastinum: { center: 50, width: 400, name: 'MEDIASTINUM' },
  angiogram: { center: 180, width: 700, name: 'ANGIO' },
  abdomen: { center: 50, width: 400, name: 'ABDOMEN' },
  liver: { center: 90, width: 170, name: 'LIVER' },
  softTissue: { center: 40, width: 400, name: 'SOFT TISSUE' },
} as const satisfies Readonly<Record<string, CtWindow>>;

/** Kernels by what they do to the picture. */
const KERNELS = {
  soft: { name: 'H31s', smoothing: 1, grainPasses: 2 },
  body: { name: 'B30f', smoothing: 1, grainPasses: 2 },
  sharp: { name: 'H60s', smoothing: 0, grainPasses: 0 },
  lung: { name: 'B70f', smoothing: 0, grainPasses: 0 },
} as const;

export interface CtSeriesOptions {
  readonly number: number;
  readonly description: string;
  readonly seed: number;
  readonly slice: (zMm: number, columns: number, spacingMm: number) => Grid;
  readonly columns?: number;
  readonly fieldOfViewMm: number;
  /** First and last slice, LPS z; slices go from the first towards the last. */
  readonly fromZMm: number;
  readonly toZMm: number;
  readonly spacingMm: number;
  readonly thicknessMm: number;
  readonly kernel: keyof typeof KERNELS;
  readonly noiseHu: number;
  readonly windows: readonly CtWindow[];
  readonly coding: PixelCoding;
  readonly kvp: number;
  readonly tubeCurrentMa: number;
  readonly bodyPart: string;
  readonly protocol: string;
  readonly scanOptions?: string;
  readonly patientPosition?: 'HFS' | 'FFS';
  readonly contrast?: { readonly agent: string; readonly volumeMl: number; readonly concentration: number };
}

const INTERCEPT = -1024;

/** An axial CT series: HU fields become stored values with grain of the kernel (PS3.3 A.3). */
export function planCtSeries(options: CtSeriesOptions): SeriesPlan {
  const columns = options.columns ?? 512;
  const pixelMm = options.fieldOfViewMm / columns;
  const step = Math.sign(options.toZMm - options.fromZMm) * options.spacingMm;
  const count = Math.floor(Math.abs(options.toZMm - options.fromZMm) / options.spacingMm + 1e-6) + 1;
  const kernel = KERNELS[options.kernel];
  const grain = once(() => createGrain(seedFrom(options.seed, 'grain', options.number), kernel.grainPasses));
  const half = ((columns - 1) / 2) * pixelMm;
  return {
    number: options.number,
    description: options.description,
    modality: 'CT',
    sopClassUid: SOP_CLASS.ct,
    coding: options.coding,
    count,
    attributes: ctAttributes(options, pixelMm, columns, kernel.name),
    image(index) {
      const z = options.fromZMm + index * step;
      const grid = options.slice(z, columns, pixelMm);
      if (kernel.smoothing > 0) blur(grid.values, columns, columns, kernel.smoothing);
      grain().add(grid.values, columns, columns, options.noiseHu, index);
      return {
        attributes: {
          ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
          ImagePositionPatient: [-half, grid.topMm, z],
          SliceLocation: z,
          AcquisitionNumber: 1,
        },
        frames: [
          {
            columns,
            rows: columns,
            bitsAllocated: 16,
            bitsStored: 12,
            signed: false,
            samplesPerPixel: 1,
            bytes: storedHu(grid.values),
          },
        ],
      };
    },
  };
}

function storedHu(hu: Float32Array): Uint8Array {
  const stored = new Uint16Array(hu.length);
  for (let index = 0; index < hu.length; index += 1) {
    const value = Math.round(hu[index]! - INTERCEPT);
    stored[index] = value < 0 ? 0 : value > 4095 ? 4095 : value;
  }
  return new Uint8Array(stored.buffer);
}

function ctAttributes(options: CtSeriesOptions, pixelMm: number, columns: number, kernelName: string): DataSet {
  const { contrast, windows } = options;
  return {
    BodyPartExamined: options.bodyPart,
    ProtocolName: options.protocol,
    ScanOptions: options.scanOptions ?? 'HELICAL MODE',
    PatientPosition: options.patientPosition ?? 'HFS',
    SliceThickness: options.thicknessMm,
    SpacingBetweenSlices: options.spacingMm,
    KVP: options.kvp,
    XRayTubeCurrent: options.tubeCurrentMa,
    ExposureTime: 500,
    Exposure: Math.round(options.tubeCurrentMa * 0.5),
    DataCollectionDiameter: 500,
    ReconstructionDiameter: columns * pixelMm,
    GantryDetectorTilt: 0,
    TableHeight: 158,
    RotationDirection: 'CW',
    ConvolutionKernel: kernelName,
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PositionReferenceIndicator: '',
    PixelSpacing: [pixelMm, pixelMm],
    RescaleIntercept: INTERCEPT,
    RescaleSlope: 1,
    RescaleType: 'HU',
    WindowCenter: windows.map((window) => window.center),
    WindowWidth: windows.map((window) => window.width),
    WindowCenterWidthExplanation: windows.map((window) => window.name),
    PhotometricInterpretation: 'MONOCHROME2',
    ...(contrast === undefined
      ? {}
      : {
          ContrastBolusAgent: contrast.agent,
          ContrastBolusRoute: 'IV',
          ContrastBolusVolume: contrast.volumeMl,
          ContrastBolusIngredient: 'IODINE',
          ContrastBolusIngredientConcentration: contrast.concentration,
        }),
  };
}
