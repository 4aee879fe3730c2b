import type { OpenCase } from '../bridge/index.ts';
import type { NoteKind } from '#shared/domain/notes.ts';

export type Fact = OpenCase['notes']['facts'][number];

export interface NoteGroup {
  readonly kind: NoteKind;
  readonly title: string;
  readonly isDanger: boolean;
  /** Empty: asked for and not given. */
  readonly facts: readonly Fact[];
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
    isDanger: DANGERS.has(kind) && facts.some((fact) => fact.kind === kind),
    facts: facts.filter((fact) => fact.kind === kind).sort((a, b) => (b.at ?? 0) - (a.at ?? 0)),
  })).filter(({ kind, facts: ofKind }) => ofKind.length > 0 || missing.includes(kind));
}
