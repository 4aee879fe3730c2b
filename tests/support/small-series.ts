import type { DataSet } from '#electron/demo-site/studies/dicom/elements.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

export interface SmallImage {
  readonly sop: string;
  readonly part10: Uint8Array;
  readonly metadata: DicomJson;
}

/** `count` real Part 10 files of one CT series, `side` pixels square; every one with other pixels. */
export function smallSeries(study: string, series: string, count: number, side = 4): SmallImage[] {
  return Array.from({ length: count }, (_, index) => {
    const sop = `${series}.${index + 1}`;
    const dataSet: DataSet = {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      SOPInstanceUID: sop,
      Modality: 'CT',
      StudyInstanceUID: study,
      SeriesInstanceUID: series,
      InstanceNumber: index + 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: side,
      Columns: side,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
    };
    const pixels = new Uint16Array(side * side).map((_pixel, at) => (at * 7 + index * 13) & 0xfff);
    return {
      sop,
      part10: writePart10(dataSet, { kind: 'native', bytes: new Uint8Array(pixels.buffer), vr: 'OW' }),
      metadata: {
        '00080018': { vr: 'UI', Value: [sop] },
        '00080060': { vr: 'CS', Value: ['CT'] },
        '0020000D': { vr: 'UI', Value: [study] },
        '0020000E': { vr: 'UI', Value: [series] },
        '00200013': { vr: 'IS', Value: [index + 1] },
        '00280010': { vr: 'US', Value: [side] },
        '00280011': { vr: 'US', Value: [side] },
        '00280100': { vr: 'US', Value: [16] },
      },
    };
  });
}
