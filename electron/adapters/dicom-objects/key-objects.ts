import type { KeyImage } from '#shared/reporting/report.ts';
import { containerItem, imageItem, textItem } from './content-items.ts';
import {
  ENGLISH,
  evidence,
  keyImagesOf,
  observer,
  requestElement,
  writeDocument,
  type DicomObject,
  type StructuredReportInput,
} from './report-documents.ts';

/** PS3.4 B.5. */
const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

/**
 * The images that show it, as Key Object Selection (PS3.3 A.35.4, TID 2010). A selection has one description: images the reader wrote the same note
 * on stand together, those without one first.
 */
export function keyObjectSelections(input: StructuredReportInput): DicomObject[] {
  const { signed, studyInstanceUid } = input;
  const byNote = new Map<string, KeyImage[]>();
  for (const image of keyImagesOf(signed, studyInstanceUid)) {
    const note = image.note?.trim() ?? '';
    byNote.set(note, [...(byNote.get(note) ?? []), image]);
  }
  return [...byNote]
    .toSorted(([one], [other]) => Number(one !== '') - Number(other !== ''))
    .map(([note, images], number) => selection(input, note, images, number));
}

function selection(
  input: StructuredReportInput,
  note: string,
  images: readonly KeyImage[],
  number: number,
): DicomObject {
  const { signed, studyInstanceUid } = input;
  const description = note === '' ? `Key images of the report ${signed.reportUuid}` : note;
  const root = containerItem(
    ['113000', 'DCM', 'Of Interest'],
    [
      ENGLISH,
      ...observer(signed),
      ['CONTAINS', textItem(['113012', 'DCM', 'Key Object Description'], description)],
      ...images.map((image) => ['CONTAINS', imageItem(image)] as const),
    ],
  );
  return writeDocument(input, {
    part: 'key-images',
    series: 'key-image-series',
    sopClassUid: KEY_OBJECT_SELECTION,
    modality: 'KO',
    instanceNumber: number + 1,
    number,
    content: { templateId: '2010', root },
    elements: [requestElement(input), ...evidence(images, studyInstanceUid)],
  });
}
