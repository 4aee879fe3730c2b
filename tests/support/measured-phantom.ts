import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';

/** Columns 20 to 29, rows 10 to 19 of 64 × 64: a block whose pixels are 1000, 1001 … 1099 row by row; all else is 0. */
export const BLOCK = { left: 20, top: 10, side: 10 } as const;
const SIDE = 64;

/** Writes one study of `count` slices, all alike; returns its folder's files. */
export function writePhantom(folder: string, study: string, facts: DataSet, count = 1): string[] {
  return Array.from({ length: count }, (_, index) => {
    const pixels = new Uint16Array(SIDE * SIDE);
    for (let at = 0; at < BLOCK.side ** 2; at += 1)
      pixels[(BLOCK.top + Math.floor(at / BLOCK.side)) * SIDE + BLOCK.left + (at % BLOCK.side)] = 1000 + at;
    const dataSet: DataSet = {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      SOPInstanceUID: `${study}.4.${index + 1}`,
      StudyInstanceUID: study,
      SeriesInstanceUID: `${study}.4`,
      SeriesNumber: 4,
      InstanceNumber: 51 + index,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIDE,
      Columns: SIDE,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      WindowCenter: 500,
      WindowWidth: 100,
      ...facts,
    };
    const path = join(folder, `${study}-${index}.dcm`);
    writeFileSync(path, writePart10(dataSet, { kind: 'native', bytes: new Uint8Array(pixels.buffer), vr: 'OW' }));
    return path;
  });
}

/** A CT whose pixels are not square: rows 0.5 mm apart, columns 0.8 mm; HU is the stored value less 1024. */
export const OBLONG_CT: DataSet = {
  Modality: 'CT',
  PixelSpacing: [0.5, 0.8],
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
  ImagePositionPatient: [-20, 30, 40],
  FrameOfReferenceUID: '2.25.77.1',
  RescaleSlope: 1,
  RescaleIntercept: -1024,
  WindowCenter: -500,
  WindowWidth: 100,
};

/** A radiograph that knows distances only at its detector: 0.2 mm a pixel. */
export const RADIOGRAPH: DataSet = {
  Modality: 'DX',
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
  ImagerPixelSpacing: [0.2, 0.2],
};
