import type { Observation } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import type { ReportState } from '../reporting/report-state.ts';
import { entriesOf, entryTitle, ownFields } from '../reporting/entries.ts';
import { fieldValue, knownCodes, type CodingScheme } from '../reporting/field-value.ts';
import type { FieldCode, ReportField, ScoreInput } from '../reporting/report.ts';
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
 * One Observation for every filled field of the report (a number with its unit, a date, a code, else the words), one for every entry of a group with
 * its fields as components, and one for every score, with what was answered as its components. Their ids follow from the report's.
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
  const observations = signed.body.sections.flatMap((section) => [
    ...ownFields(section)
      .filter(isSaid)
      .map((field): Omit<Observation, 'id'> => ({
        ...observed(signed, subject, `${section.id}/${field.id}`),
        code: { ...codingOf(field.codes), text: field.label.trim() },
        ...valueOf(field),
      })),
    ...entriesOf(section).flatMap((entry): Omit<Observation, 'id'>[] => {
      const said = entry.fields.filter(isSaid);
      if (said.length === 0) return [];
      return [
        {
          ...observed(signed, subject, `${section.id}/${entry.groupId}/${entry.key}`),
          code: { text: entryTitle(entry) },
          component: said.map((field) => ({
            code: { ...codingOf(field.codes), text: field.label.trim() },
            ...valueOf(field),
          })),
        },
      ];
    }),
  ]);
  return observations.map((resource, index) => ({
    fullUrl: `urn:uuid:${relatedUuid(signed.reportUuid, index + 1)}`,
    resource,
  }));
}

const isSaid = ({ value, label }: ReportField): boolean =>
  fhirString(value) !== undefined && fhirString(label) !== undefined;

const SYSTEM_OF_SCHEME: Readonly<Record<CodingScheme, string>> = {
  RADLEX: 'http://radlex.org',
  SCT: 'http://snomed.info/sct',
  LN: SYSTEM.loinc,
  DCM: SYSTEM.dcm,
  RADELEMENT: 'http://radelement.org',
};

function codingOf(codes: readonly FieldCode[] = []): Pick<Observation['code'], 'coding'> {
  const coding = knownCodes(codes).flatMap(({ value, scheme, meaning }) => {
    const [code, display] = [fhirCode(value), fhirString(meaning)];
    if (code === undefined) return [];
    return [{ system: SYSTEM_OF_SCHEME[scheme], code, ...(display === undefined ? {} : { display }) }];
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

type ObservationValue = Pick<Observation, 'valueQuantity' | 'valueString' | 'valueDateTime' | 'valueCodeableConcept'>;

function valueOf(field: ReportField): ObservationValue {
  const said = fieldValue(field);
  switch (said?.kind) {
    case 'quantity':
      return { valueQuantity: { value: Number(said.value), unit: said.unit } };
    case 'date':
      return { valueDateTime: said.date };
    case 'coded':
      return { valueCodeableConcept: { ...codingOf(said.codes), text: said.text } };
    default:
      return { valueString: fhirString(field.value) ?? '' };
  }
}

export const observationIfNoneExist = ({ identifier }: Observation): string =>
  `identifier=${encodeURIComponent(`${identifier?.[0]?.system ?? ''}|${identifier?.[0]?.value ?? ''}`)}`;
