import type { OpenedType } from '../documents/read-document.ts';
import type { EpochMs } from '../kernel/clock.ts';

/** Kinds of clinical facts, in the order the notes panel groups them (DOMAIN 1). */
export const NOTE_KINDS = [
  'reason',
  'history',
  'allergy',
  'contrast-reaction',
  'lab',
  'pregnancy',
  'implant',
  'medication',
  'technologist-note',
  'protocol',
  'dose',
  'procedure',
  'prior-report',
  'document',
  'other',
] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** `data` (base64) on its way to the hub; `of` where it lies there, `Type/id`, or in the study itself. */
export interface NotePicture {
  readonly contentType: OpenedType;
  readonly data?: string;
  readonly of?: string;
}

const IN_STUDY = 'dicom/';
/** Names a document that is an instance of the study, in `NotePicture.of`. */
export const documentInStudy = (sopInstanceUid: string): string => `${IN_STUDY}${sopInstanceUid}`;
/** The SOP Instance UID that such a name tells; undefined for what lies on the hub. */
export const instanceOfDocument = (of: string | undefined): string | undefined =>
  of?.startsWith(IN_STUDY) === true ? of.slice(IN_STUDY.length) : undefined;

/** One fact about the patient or the exam, with where it came from. */
export interface NoteFact {
  readonly kind: NoteKind;
  /** Short label, e.g. `Creatinine`, `Penicillin`; for a prior report its title. */
  readonly label: string;
  /** The fact in words, e.g. `1.4 mg/dL`, `rash`; for a prior report its whole text. */
  readonly text: string;
  readonly code?: string;
  /** The sender marked it abnormal (HL7 OBX-8, FHIR interpretation). */
  readonly abnormal?: boolean;
  readonly at?: EpochMs;
  /** In words for the reader: `HL7 order`, `Site FHIR`, `DICOM header`. */
  readonly source: string;
  /** A letter or report that is opened by itself: a picture or PDF, which is drawn, or words that lie in the study. */
  readonly picture?: NotePicture;
  /** A prior report's study, when known. */
  readonly studyInstanceUid?: string;
}

/** A fact as a screen holds it: moments are plain numbers there. */
export type ToldFact = Omit<NoteFact, 'at'> & { readonly at?: number };

/** Everything the panel shows, plus what a reader would expect and nobody sent. */
export interface ClinicalNotes {
  readonly facts: readonly NoteFact[];
  /** Kinds looked for and not found: shown as "not given", never silently absent. */
  readonly missing: readonly NoteKind[];
}

/** What every order should bring; anything of these without a fact is said to be missing. */
const EXPECTED_NOTE_KINDS: readonly NoteKind[] = [
  'reason',
  'history',
  'allergy',
  'lab',
  'technologist-note',
  'prior-report',
];

export function notesFromFacts(facts: readonly NoteFact[]): ClinicalNotes {
  const present = new Set(facts.map((fact) => fact.kind));
  return { facts, missing: EXPECTED_NOTE_KINDS.filter((kind) => !present.has(kind)) };
}
