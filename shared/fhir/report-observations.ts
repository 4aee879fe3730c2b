import type { Observation } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import type { ReportState } from '../reporting/report-state.ts';
import type { FieldCode, ScoreInput } from '../reporting/report.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { relatedUuid } from '../reporting/stable-ids.ts';
import { fhirCode, fhirString } from './fhir-text.ts';
import { readerReference } from './report-provenance.ts';
import { SYSTEM } from './systems.ts';

const STATUS: Readonly<Record<ReportState, Observation['status']>> = {
  preliminary: 'preliminary',
  final: 'final',
  corrected: 'corrected',
  appended: 'amended',
  cancelled: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

export interface ReportObservation {
  readonly fullUrl: string;
  readonly resource: Observation;
}

/**
 * One Observation for every filled field of the report (a number with its unit, else the words) and one for every score, with what was answered as its
 * components. Their ids follow from the report's.
 */
export function reportObservations(signed: SignedReport, subject: Observation['subject']): ReportObservation[] {
  const fields = fieldObservations(signed, subject);
  const scores = (signed.body.scores ?? []).map((score, index): ReportObservation => ({
    fullUrl: `urn:uuid:${relatedUuid(signed.reportUuid, fields.length + index + 1)}`,
    resource: {
      ...observed(signed, subject, `score/${index + 1}/${score.system}`),
      code: { text: score.title },
      method: { text: `${score.title} ${score.version}, ${score.source}` },
      valueCodeableConcept: { text: score.category },
      note: [{ text: score.sentence }],
      ...(score.inputs.length === 0 ? {} : { component: score.inputs.map(componentOf) }),
    },
  }));
  return [...fields, ...scores];
}

/** What was chosen of several, or a number with its unit. */
function componentOf({ label, number, unit, choices = [] }: ScoreInput): NonNullable<Observation['component']>[number] {
  const code = { text: label };
  if (number === undefined)
    return { code, valueCodeableConcept: { text: choices.map((each) => each.label).join('; ') } };
  const named = fhirString(unit);
  return { code, valueQuantity: { value: number, ...(named === undefined ? {} : { unit: named }) } };
}

function fieldObservations(signed: SignedReport, subject: Observation['subject']): ReportObservation[] {
  const fields = signed.body.sections.flatMap((section) =>
    section.fields
      .filter((field) => fhirString(field.value) !== undefined && fhirString(field.label) !== undefined)
      .map((field) => ({ section, field })),
  );
  return fields.map(({ section, field }, index) => ({
    fullUrl: `urn:uuid:${relatedUuid(signed.reportUuid, index + 1)}`,
    resource: {
      ...observed(signed, subject, `${section.id}/${field.id}`),
      code: { ...codingOf(field.codes), text: field.label.trim() },
      ...valueOf(field.value, field.unit),
    },
  }));
}

/** Schemes as templates write them, by letters alone. */
const SYSTEM_OF_SCHEME: Readonly<Record<string, string>> = {
  RADLEX: 'http://radlex.org',
  SNOMEDCT: 'http://snomed.info/sct',
  SCT: 'http://snomed.info/sct',
  LOINC: SYSTEM.loinc,
  LN: SYSTEM.loinc,
  DCM: SYSTEM.dcm,
  RADELEMENT: 'http://radelement.org',
};

function codingOf(codes: readonly FieldCode[] = []): Pick<Observation['code'], 'coding'> {
  const coding = codes.flatMap(({ value, scheme, meaning }) => {
    const system = SYSTEM_OF_SCHEME[scheme.toUpperCase().replace(/[^A-Z]/g, '')];
    const [code, display] = [fhirCode(value), fhirString(meaning)];
    if (system === undefined || code === undefined) return [];
    return [{ system, code, ...(display === undefined ? {} : { display }) }];
  });
  return coding.length === 0 ? {} : { coding };
}

const observed = (signed: SignedReport, subject: Observation['subject'], part: string): Omit<Observation, 'code'> => ({
  resourceType: 'Observation',
  identifier: [{ system: SYSTEM.observation, value: `${signed.reportUuid}/${part}`.replace(/\s+/g, '-') }],
  status: STATUS[signed.state],
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'imaging' }],
    },
  ],
  ...(subject === undefined ? {} : { subject }),
  effectiveDateTime: toIso(signed.signedAt),
  issued: toIso(signed.signedAt),
  performer: [readerReference(signed.signedBy)],
});

function valueOf(text: string, unit: string | undefined): Pick<Observation, 'valueQuantity' | 'valueString'> {
  const number = Number(text.trim().replace(',', '.'));
  const named = fhirString(unit);
  if (named !== undefined && text.trim() !== '' && Number.isFinite(number)) {
    return { valueQuantity: { value: number, unit: named } };
  }
  return { valueString: fhirString(text) ?? '' };
}

export const observationIfNoneExist = ({ identifier }: Observation): string =>
  `identifier=${encodeURIComponent(`${identifier?.[0]?.system ?? ''}|${identifier?.[0]?.value ?? ''}`)}`;
