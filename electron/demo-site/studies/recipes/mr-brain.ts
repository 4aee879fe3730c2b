import type { PixelCoding } from '#electron/ports/image-encoders.ts';
import type { DataSet } from '../dicom/elements.ts';
import { blur, createGrain } from '../field/filters.ts';
import { smoothNoise } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import { createValueNoise } from '../field/value-noise.ts';
import type { HeadLesion } from '../phantoms/head-lesions.ts';
import { MR_HEAD } from '../phantoms/head-palette.ts';
import { createHead } from '../phantoms/head.ts';
import { once, type SeriesPlan, type StudyPlan } from '../study-plan.ts';
import { SOP_CLASS } from './sop-classes.ts';

interface Sequence {
  readonly weighting: keyof typeof MR_HEAD;
  readonly description: string;
  readonly columns: number;
  readonly smoothing: number;
  readonly noise: number;
  readonly window: readonly [center: number, width: number];
  readonly imageType: readonly string[];
  readonly attributes: DataSet;
}

const SPIN_ECHO = { ScanningSequence: 'SE', SequenceVariant: 'SK', FlipAngle: 90 };
const ECHO_PLANAR = {
  ScanningSequence: 'EP',
  SequenceVariant: 'SK',
  FlipAngle: 90,
  RepetitionTime: 5200,
  EchoTime: 88,
  EchoTrainLength: 1,
};
const ORIGINAL = ['ORIGINAL', 'PRIMARY', 'M', 'ND'];

const SEQUENCES: readonly Sequence[] = [
  {
    weighting: 'DWI',
    description: 'Ax DWI b1000',
    columns: 256,
    smoothing: 3,
    noise: 14,
    window: [380, 760],
    imageType: ['ORIGINAL', 'PRIMARY', 'DIFFUSION', 'TRACEW'],
    attributes: { ...ECHO_PLANAR, SequenceName: '*ep_b1000t', DiffusionBValue: 1000, ScanOptions: 'FS' },
  },
  {
    weighting: 'ADC',
    description: 'Ax ADC',
    columns: 256,
    smoothing: 3,
    noise: 45,
    window: [1100, 2200],
    imageType: ['DERIVED', 'PRIMARY', 'DIFFUSION', 'ADC'],
    attributes: {
      ...ECHO_PLANAR,
      SequenceName: '*ep_b0_1000',
      DerivationDescription: 'Apparent diffusion coefficient, 10-6 mm2/s',
      ScanOptions: 'FS',
    },
  },
  {
    weighting: 'FLAIR',
    description: 'Ax T2 FLAIR',
    columns: 256,
    smoothing: 1,
    noise: 17,
    window: [470, 940],
    imageType: ORIGINAL,
    attributes: {
      ScanningSequence: ['SE', 'IR'],
      SequenceVariant: 'SK',
      FlipAngle: 150,
      RepetitionTime: 9000,
      EchoTime: 114,
      InversionTime: 2500,
      EchoTrainLength: 16,
      SequenceName: '*tir2d1_16',
      ScanOptions: 'FS',
    },
  },
  {
    weighting: 'T2',
    description: 'Ax T2 TSE',
    columns: 384,
    smoothing: 1,
    noise: 22,
    window: [700, 1400],
    imageType: ORIGINAL,
    attributes: {
      ...SPIN_ECHO,
      RepetitionTime: 4600,
      EchoTime: 96,
      EchoTrainLength: 15,
      SequenceName: '*tse2d1_15',
      ScanOptions: '',
    },
  },
  {
    weighting: 'T1',
    description: 'Ax T1 SE',
    columns: 256,
    smoothing: 1,
    noise: 14,
    window: [520, 1000],
    imageType: ORIGINAL,
    attributes: {
      ...SPIN_ECHO,
      RepetitionTime: 480,
      EchoTime: 9.4,
      EchoTrainLength: 1,
      SequenceName: '*se2d1',
      ScanOptions: '',
    },
  },
];

const FIELD_OF_VIEW_MM = 230;
const FIRST_Z_MM = -26;
const SPACING_MM = 5.5;
const SLICES = 25;

/** MR of the brain, five axial sequences of one head in one frame of reference. */
export function planMrBrain(options: {
  readonly patientSeed: number;
  readonly seed: number;
  readonly lesions: readonly HeadLesion[];
}): StudyPlan {
  return SEQUENCES.map((sequence, index) => planSequence(sequence, index, options));
}

function planSequence(
  sequence: Sequence,
  index: number,
  options: { readonly patientSeed: number; readonly seed: number; readonly lesions: readonly HeadLesion[] },
): SeriesPlan {
  const { columns } = sequence;
  const pixelMm = FIELD_OF_VIEW_MM / columns;
  const half = ((columns - 1) / 2) * pixelMm;
  const head = once(() =>
    createHead({
      seed: options.patientSeed,
      palette: MR_HEAD[sequence.weighting],
      atrophy: 1.15,
      lesions: options.lesions,
    }),
  );
  const grain = once(() => createGrain(seedFrom(options.seed, 'mr', index), 1));
  const shading = once(() => createValueNoise(seedFrom(options.seed, 'coil')));
  const coding: PixelCoding = sequence.weighting === 'T2' ? 'jpeg-2000' : 'native';
  return {
    number: index + 3,
    description: sequence.description,
    modality: 'MR',
    sopClassUid: SOP_CLASS.mr,
    coding,
    count: SLICES,
    attributes: {
      ...sequence.attributes,
      MRAcquisitionType: '2D',
      BodyPartExamined: 'BRAIN',
      ProtocolName: sequence.description,
      PatientPosition: 'HFS',
      SliceThickness: 5,
      SpacingBetweenSlices: SPACING_MM,
      NumberOfAverages: 1,
      EchoNumbers: 1,
      PixelBandwidth: 190,
      ImagingFrequency: 63.87,
      ReceiveCoilName: 'HEAD 20',
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PositionReferenceIndicator: '',
      PixelSpacing: [pixelMm, pixelMm],
      PhotometricInterpretation: 'MONOCHROME2',
      WindowCenter: sequence.window[0],
      WindowWidth: sequence.window[1],
      WindowCenterWidthExplanation: 'NORMAL',
    },
    image(slice) {
      const z = FIRST_Z_MM + slice * SPACING_MM;
      const grid = head().slice(z, columns, pixelMm);
      const { values } = grid;
      blur(values, columns, columns, sequence.smoothing);
      if (sequence.weighting !== 'ADC') {
        const coil = smoothNoise(grid, shading(), z, 130, 2);
        for (let at = 0; at < values.length; at += 1) values[at] = values[at]! * (1 + 0.14 * coil[at]!);
      }
      // Rician: noise in both channels, then the magnitude; the background stays dark but never black.
      const quadrature = new Float32Array(values.length);
      grain().add(values, columns, columns, sequence.noise, slice * 2);
      grain().add(quadrature, columns, columns, sequence.noise, slice * 2 + 1);
      const stored = new Uint16Array(values.length);
      for (let at = 0; at < values.length; at += 1) {
        const magnitude = sequence.weighting === 'ADC' ? values[at]! : Math.hypot(values[at]!, quadrature[at]!);
        stored[at] = Math.min(4095, Math.max(0, Math.round(magnitude)));
      }
      return {
        attributes: {
          ImageType: sequence.imageType,
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
            bytes: new Uint8Array(stored.buffer),
          },
        ],
      };
    },
  };
}
