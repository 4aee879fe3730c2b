import openjphFactory from '@cornerstonejs/codec-openjph/wasmjs';

import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';

interface Encoder {
  getDecodedBuffer(frame: object): Uint8Array;
  setQuality(isLossless: boolean, quantization: number): void;
  setProgressionOrder(order: number): void;
  setDecompositions(count: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

export const HTJ2K_RPCL = '1.2.840.10008.1.2.4.202';
export const ROWS = 900;
export const COLUMNS = 700;

/** A chest-like picture of twelve bits: brighter to the right, darker below, with noise that makes its details costly. */
export function slowPixels(): Uint16Array {
  let seed = 7;
  return Uint16Array.from({ length: ROWS * COLUMNS }, (_, at) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return 400 + Math.round((at % COLUMNS) * 3.5) + Math.round(Math.floor(at / COLUMNS) * 0.8) + ((seed >> 16) % 64);
  });
}

/** Encoded by OpenJPH, smallest resolution first (RPCL, the order 2 of T.800 table A.16) unless told otherwise. */
export async function slowCodestream(order = 2): Promise<Uint8Array> {
  const codec = (await openjphFactory({ print: () => undefined, printErr: () => undefined })) as {
    readonly HTJ2KEncoder: new () => Encoder;
  };
  const encoder = new codec.HTJ2KEncoder();
  const frame = { width: COLUMNS, height: ROWS, bitsPerSample: 12, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer({ ...frame, isUsingColorTransform: false }).set(new Uint8Array(slowPixels().buffer));
  encoder.setQuality(true, 0);
  encoder.setProgressionOrder(order);
  encoder.setDecompositions(5);
  encoder.encode();
  const encoded = new Uint8Array(encoder.getEncodedBuffer());
  encoder.delete();
  return encoded;
}

/** One radiograph as a real Part 10 file, and what a site's metadata says of it. */
export function slowRadiograph(
  uids: { readonly study: string; readonly series: string; readonly sop: string },
  codestream: Uint8Array,
  facts: DataSet = {},
) {
  const dataSet: DataSet = {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
    SOPInstanceUID: uids.sop,
    Modality: 'DX',
    StudyInstanceUID: uids.study,
    SeriesInstanceUID: uids.series,
    InstanceNumber: 1,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: ROWS,
    Columns: COLUMNS,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    ...facts,
  };
  return writePart10(dataSet, { kind: 'encapsulated', frames: [codestream], transferSyntaxUid: HTJ2K_RPCL });
}
