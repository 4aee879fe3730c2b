import type { ImageEncoders, RawFrame } from '#electron/ports/image-encoders.ts';
import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10, type PixelPayload } from '#electron/demo-site/studies/dicom/part10.ts';
import { uidFrom } from '#electron/demo-site/studies/dicom/uid.ts';

export type BenchCoding = 'native' | 'jpeg-ls';

/** One study of one CT series. */
export interface BenchStudy {
  /** Also the patient's given name and the accession number. */
  readonly key: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUids: readonly string[];
}

const SEED = 7;
const SIZE = 512;
const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80';
/** Stored value of air: Rescale Intercept is its negative. */
const WATER = 1024;
/** Uniform noise of a thin-slice body CT, HU each way; it decides how far JPEG-LS gets. */
const NOISE_HU = 24;
const NOISE_PERIOD = 65_537;

/** A body with lungs and spine under noise; every slice another one. */
function slice(index: number, count: number): RawFrame {
  const samples = new Uint16Array(SIZE * SIZE);
  const along = index / Math.max(1, count - 1);
  const lung = 0.35 + 0.35 * Math.sin(Math.PI * along);
  const noise = noiseTable();
  let at = (index * 7919) % NOISE_PERIOD;
  for (let row = 0; row < SIZE; row += 1) {
    const y = (row - SIZE / 2) / (SIZE * 0.36);
    for (let column = 0; column < SIZE; column += 1) {
      const x = (column - SIZE / 2) / (SIZE * 0.45);
      const side = Math.abs(x) - 0.45;
      let hu = -1000;
      if (x * x + y * y < 1) hu = 40 + 12 * Math.sin(9 * x + 5 * along) * Math.cos(7 * y);
      if (side * side * 6 + y * y < lung * lung) hu = -850;
      if (x * x + (y - 0.62) * (y - 0.62) < 0.02) hu = 500;
      samples[row * SIZE + column] = Math.max(0, hu + WATER + (noise[at] ?? 0));
      at = at + 1 === NOISE_PERIOD ? 0 : at + 1;
    }
  }
  return {
    columns: SIZE,
    rows: SIZE,
    bitsAllocated: 16,
    bitsStored: 12,
    signed: false,
    samplesPerPixel: 1,
    bytes: new Uint8Array(samples.buffer),
  };
}

let noiseOnce: Int16Array | undefined;
/** The same noise each time (xorshift32). */
function noiseTable(): Int16Array {
  let state = 2_463_534_242;
  noiseOnce ??= Int16Array.from({ length: NOISE_PERIOD }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) / 2 ** 32 - 0.5) * 2 * NOISE_HU;
  });
  return noiseOnce;
}

/** The pixels of `count` slices as a file holds them. All studies of one benchmark share them. */
export async function encodeSlices(
  count: number,
  coding: BenchCoding,
  encoders: ImageEncoders,
): Promise<readonly PixelPayload[]> {
  const slices: PixelPayload[] = [];
  for (let index = 0; index < count; index += 1) {
    const raw = slice(index, count);
    slices.push(
      coding === 'native'
        ? { kind: 'native', bytes: raw.bytes, vr: 'OW' }
        : {
            kind: 'encapsulated',
            frames: [await encoders.encode(coding, raw)],
            transferSyntaxUid: JPEG_LS_LOSSLESS,
          },
    );
  }
  return slices;
}

export function benchStudy(key: string, slices: number): BenchStudy {
  return {
    key,
    studyInstanceUid: uidFrom(SEED, key, 'study'),
    seriesInstanceUid: uidFrom(SEED, key, 'series'),
    sopInstanceUids: Array.from({ length: slices }, (_, index) => uidFrom(SEED, key, 'instance', index)),
  };
}

/** The files of a study, one by one. `date` is a DICOM DA. */
export function* filesOf(study: BenchStudy, slices: readonly PixelPayload[], date: string): Generator<Uint8Array> {
  for (const [index, pixels] of slices.entries()) {
    const dataSet: DataSet = {
      SpecificCharacterSet: 'ISO_IR 192',
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      SOPClassUID: CT_IMAGE,
      SOPInstanceUID: study.sopInstanceUids[index] ?? '',
      StudyDate: date,
      StudyTime: '020000',
      AccessionNumber: study.key,
      Modality: 'CT',
      StudyDescription: 'CT chest',
      SeriesDescription: 'Thin',
      PatientName: `BENCH^${study.key}`,
      PatientID: study.key,
      PatientBirthDate: '19500101',
      PatientSex: 'O',
      SliceThickness: 1,
      StudyInstanceUID: study.studyInstanceUid,
      SeriesInstanceUID: study.seriesInstanceUid,
      StudyID: '1',
      SeriesNumber: 1,
      InstanceNumber: index + 1,
      ImagePositionPatient: [-180, -180, index],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      FrameOfReferenceUID: uidFrom(SEED, study.key, 'frame'),
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIZE,
      Columns: SIZE,
      PixelSpacing: [0.7, 0.7],
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      WindowCenter: 40,
      WindowWidth: 400,
      RescaleIntercept: -WATER,
      RescaleSlope: 1,
    };
    yield writePart10(dataSet, pixels);
  }
}
