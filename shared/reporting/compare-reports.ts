import { plainSections } from './plain-sections.ts';
import type { ReportBody, ReportSection } from './report.ts';

/** True when a person reads the same in both: spacing and order of blank lines apart. */
export const saysTheSame = (one: ReportBody, other: ReportBody): boolean => saidIn(one) === saidIn(other);

const saidIn = (body: ReportBody): string =>
  plainSections(body)
    .map(({ title, lines }) => [title, ...lines].join('\n').replace(/\s+/g, ' ').trim())
    .join('\n');

/** A stretch of text that is in both, only in the earlier or only in the later version. */
export interface TextPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Over so many word pairs the two texts are told as one removed and one added: the table would take too long. */
const LARGEST_TABLE = 4_000_000;

/** The difference of two texts by words: the longest common subsequence stays, the rest was removed or added. */
export function compareTexts(before: string, after: string): TextPart[] {
  const old = wordsOf(before);
  const next = wordsOf(after);
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end += 1;
  const middle = compareWords(old.slice(start, old.length - end), next.slice(start, next.length - end));
  return merged([
    { kind: 'same', text: old.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: end === 0 ? '' : old.slice(-end).join('') },
  ]);
}

/** Words and the white space between them, each on its own. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

function compareWords(old: readonly string[], next: readonly string[]): TextPart[] {
  if (old.length * next.length > LARGEST_TABLE || old.length === 0 || next.length === 0) {
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: next.join('') },
    ];
  }
  const width = next.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = next.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[row] === next[column]
          ? (common[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(common[(row + 1) * width + column] ?? 0, common[row * width + column + 1] ?? 0);
    }
  }
  const parts: TextPart[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < next.length) {
    if (row < old.length && column < next.length && old[row] === next[column]) {
      parts.push({ kind: 'same', text: old[row] ?? '' });
      row += 1;
      column += 1;
    } else if (
      row < old.length &&
      (column === next.length || (common[(row + 1) * width + column] ?? 0) >= (common[row * width + column + 1] ?? 0))
    ) {
      parts.push({ kind: 'removed', text: old[row] ?? '' });
      row += 1;
    } else {
      parts.push({ kind: 'added', text: next[column] ?? '' });
      column += 1;
    }
  }
  return parts;
}

function merged(parts: readonly TextPart[]): TextPart[] {
  const joined: TextPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.text === '') continue;
    if (last?.kind === part.kind) joined[joined.length - 1] = { kind: part.kind, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

/** How much two states of a report differ, in words put in and taken out. */
export interface ChangeSize {
  readonly added: number;
  readonly removed: number;
}

export function changeSize(before: ReportBody, after: ReportBody): ChangeSize {
  const parts = compareReports(before, after).flatMap((difference) => difference.parts);
  const count = (kind: TextPart['kind']): number =>
    parts.filter((part) => part.kind === kind).reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
  return { added: count('added'), removed: count('removed') };
}

export interface SectionDifference {
  readonly title: string;
  readonly parts: readonly TextPart[];
}

/** Section by section, also those that only one version has; sections that say the same are left out. */
export function compareReports(before: ReportBody, after: ReportBody): SectionDifference[] {
  const textOf = (sections: readonly ReportSection[], id: string): string =>
    plainSections({ templateId: '', title: '', sections: sections.filter((section) => section.id === id) })
      .flatMap(({ lines }) => lines)
      .join('\n');
  const titles = new Map([...before.sections, ...after.sections].map(({ id, title }) => [id, title]));
  return [...titles]
    .map(([id, title]) => ({ title, parts: compareTexts(textOf(before.sections, id), textOf(after.sections, id)) }))
    .filter(({ parts }) => parts.some(({ kind }) => kind !== 'same'));
}
