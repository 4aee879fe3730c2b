import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import { items, number, numbers, personName, text } from '../model/attributes.ts';
import type { ImageIndex } from './image-index.ts';

/** PS3.3 C.17.3: content items are sequences in sequences; a document made to hurt is cut off. */
const DEEPEST = 24;
const MOST_ITEMS = 20_000;

export interface ContentItem {
  readonly data: DicomJson;
  readonly type: string;
  readonly concept: { readonly code: string; readonly meaning: string };
  /** Of a text, a code, a name, a UID. */
  readonly text: string | undefined;
  /** `10 mm` */
  readonly measured: string | undefined;
  readonly children: readonly ContentItem[];
  readonly parent: ContentItem | undefined;
}

const codeAt = (data: DicomJson, tag: string) => {
  const [coded] = items(data, tag);
  return { code: (coded && text(coded, '00080100')) ?? '', meaning: (coded && text(coded, '00080104')) ?? '' };
};

function measuredWords(data: DicomJson): string | undefined {
  const [measured] = items(data, '0040A300');
  const value = measured && number(measured, '0040A30A');
  if (!measured || value === undefined) return undefined;
  const unit = codeAt(measured, '004008EA').code;
  const words = unit === '1' || unit === '' ? '' : ` ${unit === "[hnsf'U]" ? 'HU' : unit}`;
  return `${Number(value.toPrecision(6))}${words}`;
}

function read(data: DicomJson, parent: ContentItem | undefined, depth: number, budget: { left: number }): ContentItem {
  const children: ContentItem[] = [];
  const coded = codeAt(data, '0040A168').meaning;
  const item: ContentItem = {
    data,
    type: text(data, '0040A040') ?? '',
    concept: codeAt(data, '0040A043'),
    text: text(data, '0040A160') ?? personName(data, '0040A123') ?? (coded === '' ? undefined : coded),
    measured: measuredWords(data),
    children,
    parent,
  };
  if (depth < DEEPEST)
    for (const child of items(data, '0040A730')) {
      budget.left -= 1;
      if (budget.left < 0) break;
      children.push(read(child, item, depth + 1, budget));
    }
  return item;
}

export const contentTree = (data: DicomJson): ContentItem => read(data, undefined, 0, { left: MOST_ITEMS });

export const withAll = (item: ContentItem): readonly ContentItem[] => [item, ...item.children.flatMap(withAll)];

/** All items under the root. */
export const contentItems = (data: DicomJson): readonly ContentItem[] => withAll(contentTree(data)).slice(1);

/** An item told by its place in the tree instead of by itself (PS3.3 C.17.3.2.5): `1.2.1` is the first child of the second of the root. */
export function itemReferredTo(item: ContentItem, root: ContentItem): ContentItem {
  const path = numbers(item.data, '0040DB73');
  if (path.length === 0) return item;
  return path.slice(1).reduce<ContentItem | undefined>((at, place) => at?.children[place - 1], root) ?? item;
}

/** The images an IMAGE item names, as far as they are in the case. */
export const imagesOfItem = (item: ContentItem, index: ImageIndex): readonly ImageFacts[] =>
  items(item.data, '00081199').flatMap((reference) =>
    index.framesOf(text(reference, '00081155') ?? '', numbers(reference, '00081160')),
  );
