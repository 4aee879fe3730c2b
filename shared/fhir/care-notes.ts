import type {
  CodeableConcept,
  Consent,
  Encounter,
  Flag,
  Immunization,
  MedicationAdministration,
  MedicationRequest,
  MedicationStatement,
  Procedure,
} from 'fhir/r4';

import { contrastAllergy } from '../domain/note-kinds.ts';
import type { NoteFact } from '../domain/notes.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { instantOf } from './fhir-text.ts';

/** The words of a concept: text, else the display of a coding, else its code. */
export const wordsOf = (concept: CodeableConcept | undefined): string | undefined =>
  concept?.text ??
  concept?.coding?.find((coding) => coding.display !== undefined)?.display ??
  concept?.coding?.find((coding) => coding.code !== undefined)?.code;

export const codeOf = (concept: CodeableConcept | undefined): string | undefined => concept?.coding?.[0]?.code;

type Told = NoteFact | undefined;
const dated = (...moments: readonly (string | undefined)[]): { readonly at?: EpochMs } => {
  const at = moments.map(instantOf).find((moment) => moment !== undefined);
  return at === undefined ? {} : { at };
};
const coded = (code: string | undefined): { readonly code?: string } => (code === undefined ? {} : { code });
const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part.trim() !== '').join(', ');

const CLASS_WORDS: Readonly<Record<string, string>> = {
  AMB: 'outpatient',
  EMER: 'emergency department',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  HH: 'home visit',
  VR: 'by phone or video',
};

export function fromEncounter(encounter: Encounter, source: string): Told {
  if (encounter.status === 'cancelled') return undefined;
  const { code = '', display } = encounter.class;
  const where = CLASS_WORDS[code] ?? display ?? code;
  const reasons = (encounter.reasonCode ?? []).map(wordsOf);
  const diagnoses = (encounter.diagnosis ?? []).map(({ condition }) => condition?.display);
  const text = joined(wordsOf(encounter.type?.[0]), where, ...reasons, ...diagnoses);
  return text === ''
    ? undefined
    : { kind: 'history', label: 'Encounter', text, ...dated(encounter.period?.start), source };
}

export function fromProcedure(procedure: Procedure, source: string): Told {
  const words = wordsOf(procedure.code);
  if (words === undefined) return undefined;
  const isDone = procedure.status === 'completed';
  const text = joined(
    words,
    ...(procedure.bodySite ?? []).map(wordsOf),
    isDone ? undefined : procedure.status,
    procedure.performedString,
    ...(procedure.note ?? []).map((note) => note.text),
  );
  const at = dated(procedure.performedDateTime, procedure.performedPeriod?.start);
  return { kind: 'procedure', label: 'Procedure', text, ...coded(codeOf(procedure.code)), ...at, source };
}

/** An active warning about the patient: isolation, a risk, what the ward must know. */
export function fromFlag(flag: Flag, source: string): Told {
  const words = wordsOf(flag.code);
  if (flag.status !== 'active' || words === undefined) return undefined;
  const about = wordsOf(flag.category?.[0]);
  const label = about === undefined ? 'Flag' : `Flag (${about})`;
  return { kind: 'other', label, text: words, abnormal: true, ...dated(flag.period?.start), source };
}

export function fromConsent(consent: Consent, source: string): Told {
  if (consent.status === 'entered-in-error' || consent.status === 'draft') return undefined;
  const what = joined(wordsOf(consent.scope), ...(consent.category ?? []).map(wordsOf));
  const isDenied = consent.provision?.type === 'deny' || consent.status === 'rejected';
  const purposes = (consent.provision?.purpose ?? []).map(({ display, code }) => display ?? code);
  const until = consent.provision?.period?.end;
  const text = joined(
    `${isDenied ? 'denied' : consent.status === 'active' ? 'given' : consent.status}: ${what === '' ? 'not stated for what' : what}`,
    ...purposes,
    until === undefined ? undefined : `until ${until}`,
  );
  const flagged = isDenied ? { abnormal: true } : {};
  return { kind: 'other', label: 'Consent', text, ...flagged, ...dated(consent.dateTime), source };
}

export function fromMedication(medication: MedicationStatement, source: string): Told {
  if (['entered-in-error', 'not-taken'].includes(medication.status)) return undefined;
  const words = wordsOf(medication.medicationCodeableConcept) ?? medication.medicationReference?.display;
  const at = dated(medication.effectiveDateTime, medication.effectivePeriod?.start, medication.dateAsserted);
  const text = medication.dosage?.[0]?.text ?? medication.status;
  return { kind: 'medication', label: words ?? 'Medication', text, ...at, source };
}

export function fromPrescription(medication: MedicationRequest, source: string): Told {
  if (['entered-in-error', 'cancelled', 'draft'].includes(medication.status)) return undefined;
  const words = wordsOf(medication.medicationCodeableConcept) ?? medication.medicationReference?.display;
  if (words === undefined) return undefined;
  const text = joined(medication.dosageInstruction?.[0]?.text, `prescribed, ${medication.status}`);
  return { kind: 'medication', label: words, text, ...dated(medication.authoredOn), source };
}

/** What was really given; a contrast medium belongs to the exam. */
export function fromAdministration(given: MedicationAdministration, source: string): Told {
  const words = wordsOf(given.medicationCodeableConcept) ?? given.medicationReference?.display;
  if (!['completed', 'in-progress'].includes(given.status) || words === undefined) return undefined;
  const dose = given.dosage?.dose;
  const amount = dose?.value === undefined ? undefined : `${dose.value} ${dose.unit ?? dose.code ?? ''}`.trim();
  const text = joined(given.dosage?.text ?? amount, 'given');
  const at = dated(given.effectiveDateTime, given.effectivePeriod?.start);
  return contrastAllergy(words)
    ? { kind: 'other', label: 'Contrast agent', text: joined(words, text), ...at, source }
    : { kind: 'medication', label: words, text, ...at, source };
}

export function fromImmunization(vaccine: Immunization, source: string): Told {
  const words = wordsOf(vaccine.vaccineCode);
  if (vaccine.status !== 'completed' || words === undefined) return undefined;
  return { kind: 'procedure', label: 'Immunization', text: words, ...dated(vaccine.occurrenceDateTime), source };
}
