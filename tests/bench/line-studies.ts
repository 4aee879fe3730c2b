import type { ImageEncoders } from '#electron/ports/image-encoders.ts';
import { writePart10, type PixelPayload } from '#electron/demo-site/studies/dicom/part10.ts';
import { uidFrom } from '#electron/demo-site/studies/dicom/uid.ts';

import { benchStudy, encodeSlices, filesOf } from './bench-series.ts';

/** One study of one series as it lies at the archive. */
export interface LineStudy {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: 'CT' | 'DX';
  /** In display order. */
  readonly files: readonly Uint8Array[];
}

const SEED = 11;
const [ROWS, COLUMNS] = [3000, 2500];
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80';
const DIGITAL_X_RAY = '1.2.840.10008.5.1.4.1.1.1.1';

/** A chest CT of thin slices, JPEG-LS lossless. */
export async function ctStudy(key: string, slices: number, encoders: ImageEncoders): Promise<LineStudy> {
  const study = benchStudy(key, slices);
  const files = [...filesOf(study, await encodeSlices(slices, 'jpeg-ls', encoders), '20260101')];
  return { ...study, modality: 'CT', files };
}

/** One radiograph, 2500 × 3000 of 12 bits: smooth shadows under the noise of a detector. */
function radiographPixels(): Uint8Array {
  const samples = new Uint16Array(ROWS * COLUMNS);
  let state = 88_172_645;
  for (let row = 0; row < ROWS; row += 1) {
    const y = row / ROWS - 0.5;
    for (let column = 0; column < COLUMNS; column += 1) {
      const x = column / COLUMNS - 0.5;
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const shadow = 2200 - 1400 * Math.exp(-8 * (x * x + y * y)) + 150 * Math.sin(40 * y) * Math.cos(9 * x);
      samples[row * COLUMNS + column] = Math.max(0, Math.min(4095, shadow + ((state >>> 28) - 8)));
    }
  }
  return new Uint8Array(samples.buffer);
}

let pixelsOnce: Uint8Array | undefined;
let packedOnce: Uint8Array | undefined;

export async function radiograph(
  key: string,
  coding: 'native' | 'jpeg-ls',
  encoders: ImageEncoders,
): Promise<LineStudy> {
  const bytes = (pixelsOnce ??= radiographPixels());
  const frame = {
    columns: COLUMNS,
    rows: ROWS,
    bitsAllocated: 16,
    bitsStored: 12,
    signed: false,
    samplesPerPixel: 1,
    bytes,
  } as const;
  const pixels: PixelPayload =
    coding === 'native'
      ? { kind: 'native', bytes, vr: 'OW' }
      : {
          kind: 'encapsulated',
          frames: [(packedOnce ??= await encoders.encode('jpeg-ls', frame))],
          transferSyntaxUid: JPEG_LS_LOSSLESS,
        };
  const studyInstanceUid = uidFrom(SEED, key, 'study');
  const seriesInstanceUid = uidFrom(SEED, key, 'series');
  const file = writePart10(
    {
      SOPClassUID: DIGITAL_X_RAY,
      SOPInstanceUID: uidFrom(SEED, key, 'instance'),
      StudyDate: '20260101',
      Modality: 'DX',
      PatientName: `BENCH^${key}`,
      PatientID: key,
      StudyInstanceUID: studyInstanceUid,
      SeriesInstanceUID: seriesInstanceUid,
      InstanceNumber: 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: ROWS,
      Columns: COLUMNS,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
    },
    pixels,
  );
  return { studyInstanceUid, seriesInstanceUid, modality: 'DX', files: [file] };
}
