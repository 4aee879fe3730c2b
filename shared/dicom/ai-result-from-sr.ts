import type { AiResult } from '../domain/urgency.ts';
import { textAt, valuesAt, type DicomJson } from './dicom-json.ts';

/** PS3.3 C.17.3: content items are sequences in sequences; a document made to hurt is cut off. */
const DEEPEST = 16;
const MOST_ITEMS = 5000;

interface ContentItem {
  readonly conceptCode: string;
  readonly conceptMeaning: string;
  readonly text: string | undefined;
  readonly number: number | undefined;
  readonly children: readonly ContentItem[];
}

/** A decimal string is a number or a text in DICOM JSON (PS3.18 F.2.3.1). */
function numberAt(item: unknown, tag: string): number | undefined {
  const [value] = valuesAt(item, tag);
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Code Value and Code Meaning of the first item of a code sequence (PS3.3 8.8). */
function codeAt(item: unknown, tag: string): { readonly code: string; readonly meaning: string } {
  const [coded] = valuesAt(item, tag);
  return { code: textAt(coded, '00080100') ?? '', meaning: textAt(coded, '00080104') ?? '' };
}

function itemsOf(parent: unknown, depth: number, budget: { left: number }): readonly ContentItem[] {
  if (depth > DEEPEST) return [];
  return valuesAt(parent, '0040A730').flatMap((item) => {
    budget.left -= 1;
    if (budget.left < 0) return [];
    const concept = codeAt(item, '0040A043');
    const [measured] = valuesAt(item, '0040A300');
    const isPercent = codeAt(measured, '004008EA').code === '%';
    const value = numberAt(measured, '0040A30A');
    const coded = codeAt(item, '0040A168').meaning;
    return [
      {
        conceptCode: concept.code,
        conceptMeaning: concept.meaning,
        text: textAt(item, '0040A160') ?? (coded === '' ? undefined : coded),
        number: value === undefined ? undefined : value / (isPercent ? 100 : 1),
        children: itemsOf(item, depth + 1, budget),
      },
    ];
  });
}

/** DCM 121071 Finding; DCM 111001 Algorithm Name; DCM 111012 Certainty of Finding, 111047 Probability of cancer, and what says so in words. */
const FINDING = '121071';
const ALGORITHM = '111001';
const isProbability = ({ conceptCode, conceptMeaning }: ContentItem): boolean =>
  conceptCode === '111012' ||
  conceptCode === '111047' ||
  /probab|confidence|likelihood|certainty|score/i.test(conceptMeaning);

const all = (items: readonly ContentItem[]): readonly ContentItem[] =>
  items.flatMap((item) => [item, ...all(item.children)]);

/**
 * Findings of an algorithm in a structured report (TID 1500, TID 4100 and what vendors make of them): each with the probability that stands under
 * it or beside it. A report that names no algorithm is a person's and gives nothing.
 */
export function aiResultsFromSr(instance: DicomJson): readonly AiResult[] {
  const roots = itemsOf(instance, 0, { left: MOST_ITEMS });
  const algorithm = all(roots).find(({ conceptCode, text }) => conceptCode === ALGORITHM && text !== undefined)?.text;
  if (algorithm === undefined) return [];
  return findingsAmong(roots).map(({ finding, probability }) => ({
    finding,
    ...(probability === undefined ? {} : { probability: Math.min(1, Math.max(0, probability)) }),
    algorithm,
  }));
}

interface Found {
  readonly finding: string;
  readonly probability: number | undefined;
}

function findingsAmong(items: readonly ContentItem[]): readonly Found[] {
  const beside = items.find((item) => item.number !== undefined && isProbability(item))?.number;
  return items.flatMap((item) => {
    const deeper = findingsAmong(item.children);
    if (item.conceptCode !== FINDING || item.text === undefined) return deeper;
    const under = item.children.find((child) => child.number !== undefined && isProbability(child))?.number;
    return [{ finding: item.text, probability: under ?? beside }, ...deeper];
  });
}
