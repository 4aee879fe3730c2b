import { plainSections } from '../plain-sections.ts';
import type { ReportBody, SectionRole } from '../report.ts';

/** One statement of the report, with the section it stands in. */
export interface Sentence {
  readonly section: string;
  readonly role: SectionRole;
  readonly text: string;
}

/** Abbreviations whose full stop ends no sentence. */
const ABBREVIATION = /\b(?:dr|mr|mrs|ms|vs|approx|fig|e\.g|i\.e)\.$/i;
/** These may end one: not before a small letter or a number. */
const PERHAPS = /\b(?:no|st|cm|mm|ca|max|min)\.$/i;
const GOES_ON = /^[\p{Ll}\d]/u;
/** The number of a listed point stands for itself: `1.`, `2)`. */
const LIST_NUMBER = /^\s*(?:\d{1,2}[.)]|[-•*–])\s+(?=\S)/;

/** Cuts at full stops and line ends; decimals (`3.5 mm`) stay whole. */
export function sentencesOf(body: ReportBody, roles: readonly SectionRole[]): Sentence[] {
  return plainSections(body)
    .filter(({ role }) => roles.includes(role))
    .flatMap(({ title, role, lines }) =>
      lines.flatMap(splitLine).map((text): Sentence => ({ section: title, role, text })),
    );
}

function splitLine(line: string): string[] {
  const parts: string[] = [];
  let open = '';
  const pieces = line.replace(LIST_NUMBER, '').split(/(?<=[.;!?])\s+/);
  for (const [place, piece] of pieces.entries()) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (ABBREVIATION.test(open) || (PERHAPS.test(open) && GOES_ON.test(pieces[place + 1] ?? ''))) continue;
    parts.push(open.trim());
    open = '';
  }
  return [...parts, open.trim()].filter((part) => part !== '');
}

export type Side = 'left' | 'right';
/** Not the side of a hand used: `right-handed`, `left hand dominant`. */
const SIDE_WORD = /\b(left|right|lt|rt)\b(?![- ](?:handed|hand[- ]dominan))/gi;

export function sidesIn(text: string): Set<Side> {
  const sides = new Set<Side>();
  for (const match of text.matchAll(SIDE_WORD))
    sides.add((match[1] ?? '').toLowerCase().startsWith('l') ? 'left' : 'right');
  return sides;
}
