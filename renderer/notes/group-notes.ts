import type { OpenCase } from '../bridge/index.ts';
import type { NoteKind } from '#shared/domain/notes.ts';
import { pertinentNotes, type NoteTopic } from '#shared/domain/pertinent-notes.ts';
import { toldOfNone } from '#shared/domain/told-of-none.ts';

export type Fact = OpenCase['notes']['facts'][number];

export interface NoteGroup {
  readonly kind: NoteKind | NoteTopic;
  readonly title: string;
  readonly isDanger: boolean;
  /** Empty: asked for and not given. */
  readonly facts: readonly Fact[];
  /** Why it stands first for this exam. */
  readonly why?: string;
}

const TITLES: Readonly<Record<NoteKind, string>> = {
  'contrast-reaction': 'Contrast reaction',
  allergy: 'Allergies',
  pregnancy: 'Pregnancy',
  implant: 'Implants',
  reason: 'Reason for exam',
  history: 'History',
  lab: 'Laboratory',
  medication: 'Medication',
  'technologist-note': 'Technologist',
  protocol: 'Protocol',
  dose: 'Dose',
  procedure: 'Procedures',
  'prior-report': 'Prior reports',
  document: 'Documents',
  other: 'Other',
};

/** What can harm the patient stands first, then why the exam was asked for. */
const ORDER: readonly NoteKind[] = [
  'contrast-reaction',
  'allergy',
  'pregnancy',
  'implant',
  'reason',
  'history',
  'lab',
  'medication',
  'technologist-note',
  'protocol',
  'dose',
  'procedure',
  'prior-report',
  'document',
  'other',
];
const DANGERS: ReadonlySet<NoteKind> = new Set(['contrast-reaction', 'allergy', 'pregnancy', 'implant']);

/** Groups in reading order; a kind that was looked for and not found stays, empty; newest fact first within a group. */
export function groupNotes({ facts, missing }: OpenCase['notes']): readonly NoteGroup[] {
  return ORDER.map((kind) => ({
    kind,
    title: TITLES[kind],
    isDanger: DANGERS.has(kind) && facts.some((fact) => fact.kind === kind && !toldOfNone(fact)),
    facts: facts.filter((fact) => fact.kind === kind).sort((a, b) => (b.at ?? 0) - (a.at ?? 0)),
  })).filter(({ kind, facts: ofKind }) => ofKind.length > 0 || missing.includes(kind));
}

const DANGER_TOPICS: ReadonlySet<NoteTopic> = new Set([
  'contrast-reaction',
  'allergy',
  'pregnancy',
  'implant',
  'anticoagulation',
  'infection',
]);
const TOPIC_KIND: Partial<Readonly<Record<NoteTopic, NoteKind>>> = { allergy: 'allergy', 'kidney-function': 'lab' };

/** What this exam is about first, also where nobody told it; then all the rest. A fact stands once. */
export function groupsOfCase({ notes, row }: Pick<OpenCase, 'notes' | 'row'>, now: number): readonly NoteGroup[] {
  const pertinent = pertinentNotes(row, notes.facts, now);
  const shown = new Set<unknown>(pertinent.flatMap(({ facts }) => facts));
  // A kind that is said to be missing at the top is not said to be missing again.
  const said = new Set(pertinent.map(({ topic }) => TOPIC_KIND[topic]));
  const rest = {
    facts: notes.facts.filter((fact) => !shown.has(fact)),
    missing: notes.missing.filter((kind) => !said.has(kind)),
  };
  return [
    ...pertinent.map(({ topic, title, why, facts }): NoteGroup => ({
      kind: topic,
      title,
      why,
      isDanger: DANGER_TOPICS.has(topic) && facts.some((fact) => !toldOfNone(fact)),
      facts,
    })),
    ...groupNotes(rest),
  ];
}

/** What stands on the line of time, and what of the groups comes before and after it. */
export function splitAtBefore(groups: readonly NoteGroup[]): {
  readonly first: readonly NoteGroup[];
  readonly before: readonly Fact[];
  readonly last: readonly NoteGroup[];
} {
  const isBefore = ({ kind }: NoteGroup) => kind === 'procedure' || kind === 'prior-report';
  const isLast = ({ kind }: NoteGroup) => kind === 'document' || kind === 'other';
  return {
    first: groups.filter((group) => !isBefore(group) && !isLast(group)),
    before: groups.filter(isBefore).flatMap(({ facts }) => facts),
    last: groups.filter(isLast),
  };
}

/** What is asked of this exam: reason and history in the words of the order. */
export const questionOf = ({ notes, row }: Pick<OpenCase, 'notes' | 'row'>): string =>
  [
    row.reason,
    ...notes.facts.filter(({ kind }) => kind === 'reason' || kind === 'history').map(({ text }) => text),
  ].join('. ');

const numberIn = (text: string): number | undefined => {
  const found = /\d+(?:\.\d+)?/.exec(text)?.[0];
  return found === undefined ? undefined : Number(found);
};

/** Where the newest value stands against the one before it, of the same thing. */
export function trendOf(fact: Fact, facts: readonly Fact[]): string | undefined {
  const before = facts
    .filter((other) => other.label === fact.label && (other.at ?? 0) < (fact.at ?? 0))
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))[0];
  const isNewest = facts.every((other) => other.label !== fact.label || (other.at ?? 0) <= (fact.at ?? 0));
  const [value, earlier] = [numberIn(fact.text), before === undefined ? undefined : numberIn(before.text)];
  if (!isNewest || value === undefined || earlier === undefined || value === earlier) return undefined;
  return `${value > earlier ? 'up' : 'down'} from ${earlier}`;
}

/** Only the facts in which every word of the search stands, in any order and case. */
export function searchGroups(groups: readonly NoteGroup[], search: string): readonly NoteGroup[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const isFound = ({ label, text, source }: Fact): boolean => {
    const all = `${label} ${text} ${source}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return groups
    .map((group) => ({ ...group, facts: group.facts.filter(isFound) }))
    .filter(({ facts }) => facts.length > 0);
}
