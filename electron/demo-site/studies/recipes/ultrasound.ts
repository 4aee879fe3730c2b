import type { DataSet } from '../dicom/elements.ts';
import { createUltrasound, MM_PER_PIXEL, SCREEN, type UltrasoundScene } from '../phantoms/ultrasound.ts';
import { once, type SeriesPlan, type StudyPlan } from '../study-plan.ts';
import { SOP_CLASS } from './sop-classes.ts';

const FRAMES = 36;
const FRAME_TIME_MS = 50;

/** Stills in grey and a colour Doppler cine, as a machine sends them: lossy JPEG (PS3.3 A.6, A.7). */
export function planUltrasound(options: { readonly seed: number }): StudyPlan {
  const still = (number: number, description: string, scene: UltrasoundScene): SeriesPlan => ({
    number,
    description,
    modality: 'US',
    sopClassUid: SOP_CLASS.us,
    coding: 'jpeg-baseline',
    count: 1,
    attributes: { ...COMMON, ImageType: ['ORIGINAL', 'PRIMARY', '', '0001'], SequenceOfUltrasoundRegions: [region(1)] },
    image: () => ({ attributes: {}, frames: [frameOf(createUltrasound(scene, options.seed).frame(0))] }),
  });
  const cine: SeriesPlan = {
    ...still(3, 'Portal vein colour Doppler cine', 'portal-doppler'),
    sopClassUid: SOP_CLASS.usMultiFrame,
    attributes: {
      ...COMMON,
      ImageType: ['ORIGINAL', 'PRIMARY', '', '0011'],
      SequenceOfUltrasoundRegions: [region(2)],
      FrameTime: FRAME_TIME_MS,
      CineRate: Math.round(1000 / FRAME_TIME_MS),
      FrameIncrementPointer: '00181063',
    },
    image() {
      const machine = once(() => createUltrasound('portal-doppler', options.seed));
      return {
        attributes: {},
        frames: Array.from({ length: FRAMES }, (_, index) => frameOf(machine().frame((index * FRAME_TIME_MS) / 1000))),
      };
    },
  };
  return [still(1, 'Gallbladder long axis', 'gallbladder'), still(2, 'Right kidney long axis', 'kidney'), cine];
}

const COMMON: DataSet = {
  BodyPartExamined: 'ABDOMEN',
  PatientOrientation: '',
  TransducerType: 'CURVED LINEAR',
  ProtocolName: 'Abdomen',
};

const frameOf = (bytes: Uint8Array) =>
  ({
    columns: SCREEN.columns,
    rows: SCREEN.rows,
    bitsAllocated: 8,
    bitsStored: 8,
    signed: false,
    samplesPerPixel: 3,
    bytes,
  }) as const;

/** PS3.3 C.8.5.5: the sector, in centimetres a pixel; data type 1 tissue, 2 colour flow. */
const region = (dataType: 1 | 2): DataSet => ({
  RegionSpatialFormat: 1,
  RegionDataType: dataType,
  RegionFlags: 0,
  RegionLocationMinX0: 60,
  RegionLocationMinY0: 0,
  RegionLocationMaxX1: 760,
  RegionLocationMaxY1: SCREEN.rows - 1,
  PhysicalUnitsXDirection: 3,
  PhysicalUnitsYDirection: 3,
  PhysicalDeltaX: MM_PER_PIXEL / 10,
  PhysicalDeltaY: MM_PER_PIXEL / 10,
  TransducerFrequency: 3500,
});
