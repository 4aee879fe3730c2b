import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';

export type Place = readonly [x: number, y: number, z: number];

/** A ball in the patient: +x left, +y back, +z head (PS3.3 C.7.6.1.1.1). */
export interface Ball {
  readonly at: Place;
  readonly radiusMm: number;
  readonly hu: number;
}

/** Left, in front, towards the head. */
export const LANDMARK: Ball = { at: [30, -20, 24], radiusMm: 5, hu: 1000 };
/** Right, behind, towards the feet: no mirror image of the other. */
export const LESSER: Ball = { at: [-24, 14, -16], radiusMm: 5, hu: 400 };

/** How a scanner sampled it. */
export interface Acquisition {
  readonly row: Place;
  readonly column: Place;
  /** Of the centre of the first pixel of the first image. */
  readonly first: Place;
  /** From image to image. */
  readonly step: Place;
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly columnMm: number;
  readonly rowMm: number;
}

/** Columns 1 mm, rows 1.5 mm, slices 2 mm apart: no two axes are alike. From the feet up. */
export const AXIAL: Acquisition = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  first: [-47.5, -47.25, -40],
  step: [0, 0, 2],
  columns: 96,
  rows: 64,
  count: 41,
  columnMm: 1,
  rowMm: 1.5,
};
/** The scanner counted from the head down. */
export const REVERSED: Acquisition = { ...AXIAL, first: [-47.5, -47.25, 40], step: [0, 0, -2] };
/** The patient lay on the belly, feet first: rows run to the right, columns to the front. */
export const PRONE: Acquisition = { ...AXIAL, row: [-1, 0, 0], column: [0, -1, 0], first: [47.5, 47.25, -40] };
export const SAGITTAL: Acquisition = {
  row: [0, 1, 0],
  column: [0, 0, -1],
  first: [-48, -47.5, 39.25],
  step: [2, 0, 0],
  columns: 96,
  rows: 54,
  count: 49,
  columnMm: 1,
  rowMm: 1.5,
};
const [COS_20, SIN_20] = [Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)];
/** Slices along the skull base, 20 degrees off axial, stacked along their own normal: upright boxes, no axis of which is the patient's. */
export const ANGLED: Acquisition = {
  ...AXIAL,
  column: [0, COS_20, SIN_20],
  first: [-47.5, -47.25 * COS_20 + 40 * SIN_20, -47.25 * SIN_20 - 40 * COS_20],
  step: [0, -2 * SIN_20, 2 * COS_20],
};
/** The same counted from the head down. */
export const ANGLED_REVERSED: Acquisition = {
  ...ANGLED,
  first: [-47.5, -47.25 * COS_20 - 40 * SIN_20, -47.25 * SIN_20 + 40 * COS_20],
  step: [0, 2 * SIN_20, -2 * COS_20],
};
/** From the back to the front. */
export const CORONAL: Acquisition = {
  row: [1, 0, 0],
  column: [0, 0, -1],
  first: [-47.5, 48, 39.75],
  step: [0, -2, 0],
  columns: 96,
  rows: 54,
  count: 49,
  columnMm: 1,
  rowMm: 1.5,
};
/** Tilted by 15 degrees: each slice lies a little further back than the last. */
export const TILTED: Acquisition = { ...AXIAL, step: [0, 2 * Math.tan(Math.PI / 12), 2] };

const huAt = (balls: readonly Ball[], background: number, [x, y, z]: Place): number =>
  balls.find(({ at, radiusMm }) => Math.hypot(x - at[0], y - at[1], z - at[2]) <= radiusMm)?.hu ?? background;

export interface WrittenVolume {
  readonly study: string;
  readonly n?: number;
  readonly acquisition: Acquisition;
  readonly balls?: readonly Ball[];
  /** Around the balls. */
  readonly background?: number;
  readonly facts?: DataSet;
  readonly each?: (index: number) => DataSet;
  /** Keeps files of several volumes of one series apart. */
  readonly file?: number;
}

/** Writes the balls as the scanner saw them, in Hounsfield units plus 1024; returns the folder. */
export function writeVolume(folder: string, written: WrittenVolume): string {
  const { study, n = 1, acquisition, balls = [LANDMARK, LESSER], background = 0, facts, each, file = 0 } = written;
  const { row, column, first, step, columns, rows, count, columnMm, rowMm } = acquisition;
  const path = join(folder, study);
  mkdirSync(path, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const corner: Place = [first[0] + step[0] * index, first[1] + step[1] * index, first[2] + step[2] * index];
    const pixels = new Uint16Array(rows * columns).map((_, at) => {
      const [across, down] = [(at % columns) * columnMm, Math.floor(at / columns) * rowMm];
      const along = (axis: 0 | 1 | 2) => corner[axis] + row[axis] * across + column[axis] * down;
      return 1024 + huAt(balls, background, [along(0), along(1), along(2)]);
    });
    const dataSet: DataSet = {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      SOPInstanceUID: `${study}.${n}.${index + 1}`,
      StudyInstanceUID: study,
      SeriesInstanceUID: `${study}.${n}`,
      SeriesNumber: n,
      InstanceNumber: index + 1,
      Modality: 'CT',
      FrameOfReferenceUID: `${study}.9`,
      ImageOrientationPatient: [...row, ...column],
      ImagePositionPatient: [...corner],
      PixelSpacing: [rowMm, columnMm],
      SliceThickness: Math.hypot(...step),
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: rows,
      Columns: columns,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      RescaleSlope: 1,
      RescaleIntercept: -1024,
      WindowCenter: 500,
      WindowWidth: 1000,
      ...facts,
      ...each?.(index),
    };
    const bytes = new Uint8Array(pixels.buffer);
    writeFileSync(
      join(path, `${n}-${file === 0 ? '' : `${file}-`}${index + 1}.dcm`),
      writePart10(dataSet, { kind: 'native', bytes, vr: 'OW' }),
    );
  }
  return path;
}
