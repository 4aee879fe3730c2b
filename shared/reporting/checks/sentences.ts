import { plainSections } from '../plain-sections.ts';
import type { ReportBody, SectionRole } from '../report.ts';

/** One statement of the report, with the section it stands in. */
export interface Sentence {
  readonly section: string;
  readonly role: SectionRole;
  readonly text: string;
}

/** Abbreviations whose full stop ends no sentence. */
const ABBREVIATION = /\b(?:dr|mr|mrs|ms|vs|approx|no|fig|e\.g|i\.e|st|cm|mm)\.$/i;

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
  for (const piece of line.split(/(?<=[.;!?])\s+/)) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (ABBREVIATION.test(open)) continue;
    parts.push(open.trim());
    open = '';
  }
  return [...parts, open.trim()].filter((part) => part !== '');
}

/** Words before a finding that say it is absent; the nearest clause counts. */
const NEGATION =
  /\b(?:no|not|without|negative for|absence of|absent|free of|ruled out|rules out|denies|neither|nor|never)\b/i;
/** Behind the finding: "pneumothorax is not seen", "fracture: none". */
const NEGATION_AFTER =
  /^\W*(?:is|are|was|were|has been|have been)?\s*(?:not|none|no\b|absent|excluded|ruled out|negative|unremarkable)/i;
/** Words that end the reach of a negation. */
const TURN = /\b(?:but|however|although|except|with|apart from|other than|aside from)\b|[;:]/gi;

export function isNegated(text: string, at: number, length: number): boolean {
  const before = text.slice(0, at);
  const turns = [...before.matchAll(TURN)];
  const last = turns.at(-1);
  const clause = last === undefined ? before : before.slice(last.index + last[0].length);
  if (NEGATION.test(clause)) return true;
  return NEGATION_AFTER.test(text.slice(at + length).replace(/^\s*:/, ''));
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
