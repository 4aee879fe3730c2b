import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts } from '#renderer/viewer/model/image-facts.ts';
import { readImageFacts } from '#renderer/viewer/model/read-image-facts.ts';

const VR: Readonly<Record<string, string>> = { '00100010': 'PN', '00280010': 'US', '00280011': 'US' };

/** A data set from plain values: `{'00080060': 'CT'}`. */
export const dataOf = (values: Readonly<Record<string, unknown>>): DicomJson =>
  Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [
      tag,
      { vr: VR[tag] ?? 'LO', Value: Array.isArray(value) ? value : [value] },
    ]),
  );

export const BASE = {
  '0020000D': '1.2.3',
  '0020000E': '1.2.3.4',
  '00080018': '1.2.3.4.5',
  '00080016': '1.2.840.10008.5.1.4.1.1.2',
  '00080060': 'CT',
  '00280010': 4,
  '00280011': 4,
  '00280004': 'MONOCHROME2',
};

export const imageOf = (values: Readonly<Record<string, unknown>> = {}, frame = 1): ImageFacts =>
  readImageFacts(dataOf({ ...BASE, ...values }), frame, 1, () => undefined);
