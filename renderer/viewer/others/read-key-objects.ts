import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, text } from '../model/attributes.ts';
import type { ImageIndex } from './image-index.ts';
import { contentItems, imagesOfItem } from './content-tree.ts';
import { originOf } from './origin.ts';
import { gatherMarks, type OthersWork } from './work.ts';

const DESCRIPTION = '113012';
const TITLE = '0040A043';

/** Key Object Selection (PS3.3 A.35.4): its images are key images of its author. */
export function readKeyObjects(data: DicomJson, index: ImageIndex): Omit<OthersWork, 'id' | 'colour'>[] {
  const content = contentItems(data);
  const purpose = items(data, TITLE).map((code) => text(code, '00080104'))[0] ?? 'Key images';
  const description = content.find(({ concept }) => concept.code === DESCRIPTION)?.text ?? '';
  const observer = content.find(({ concept }) => concept.code === '121008')?.text;
  const marks = gatherMarks();
  const pointed = content.filter(({ type }) => type === 'IMAGE');
  const origin = originOf(data);
  const source = observer === undefined ? origin.source : `${observer} · ${origin.source}`;
  for (const item of pointed)
    for (const facts of imagesOfItem(item, index))
      marks.add(facts.imageId, {
        kind: 'line',
        lines: [],
        text: `Key image of ${source}${description === '' ? '' : `: ${description}`}`,
      });
  const found = marks.imageIds().length;
  return [
    {
      ...origin,
      source,
      what: 'Key images',
      title: description === '' ? purpose : `${purpose}: ${description}`,
      imageIds: marks.imageIds(),
      marksOn: marks.marksOn,
      reason: pointed.length === 0 ? 'it names no image' : found === 0 ? 'its images are not in this case' : undefined,
    },
  ];
}
