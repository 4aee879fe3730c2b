import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';

export interface WrittenSeries {
  /** Series Number; the series' UID ends with it. */
  readonly n: number;
  readonly count: number;
  readonly facts: DataSet;
  /** Of image `index`. */
  readonly each?: (index: number) => DataSet;
  readonly rows?: number;
  readonly columns?: number;
}

/** Writes real Part 10 files of one study into a folder of its own and returns that; pixels are a plain wedge. */
export function writeStudy(
  folder: string,
  studyInstanceUid: string,
  common: DataSet,
  all: readonly WrittenSeries[],
): string {
  const path = join(folder, studyInstanceUid);
  mkdirSync(path, { recursive: true });
  for (const { n, count, facts, each, rows = 32, columns = 32 } of all) {
    const pixels = new Uint16Array(rows * columns).map((_, at) => (at % columns) * 8);
    for (let index = 0; index < count; index += 1) {
      const dataSet: DataSet = {
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
        SOPInstanceUID: `${studyInstanceUid}.${n}.${index + 1}`,
        StudyInstanceUID: studyInstanceUid,
        SeriesInstanceUID: `${studyInstanceUid}.${n}`,
        SeriesNumber: n,
        InstanceNumber: index + 1,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: rows,
        Columns: columns,
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        ...common,
        ...facts,
        ...each?.(index),
      };
      const bytes = new Uint8Array(pixels.buffer);
      writeFileSync(join(path, `${n}-${index + 1}.dcm`), writePart10(dataSet, { kind: 'native', bytes, vr: 'OW' }));
    }
  }
  return path;
}

/** Axial slices so far apart, from a first place along the patient's axis. */
export const axial =
  (stepMm: number, firstMm = 0) =>
  (index: number): DataSet => ({
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    ImagePositionPatient: [-16, -16, firstMm + index * stepMm],
    PixelSpacing: [1, 1],
    SliceThickness: stepMm,
  });
