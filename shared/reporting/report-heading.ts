import { assertNever } from '../kernel/assert-never.ts';
import { displayPersonName } from '../dicom/person-name.ts';
import { allWritings, signatureName } from './printed-name.ts';
import { printedTime } from './report-sections.ts';
import { REPORT_STATE_FACTS } from './report-state.ts';
import type { SignedReport } from './signed-report.ts';

/** The lines above and below the text that every rendering shows alike. */
export interface ReportHeading {
  readonly siteName: string;
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Above the text: which version it is, where that matters. */
  readonly notices: readonly string[];
  readonly signature: readonly string[];
}

const SEX_WORDS = { M: 'male', F: 'female', O: 'other', unknown: 'not stated' } as const;

/** What must be read before the text: which version this is, what it replaces, and why. */
function noticesOf({ state, version, predecessor, reason }: SignedReport): string[] {
  const facts = REPORT_STATE_FACTS[state];
  const follows =
    predecessor === undefined
      ? ''
      : ` Follows version ${predecessor.version} (${REPORT_STATE_FACTS[predecessor.state].words.toLowerCase()}), signed ${printedTime(predecessor.signedAt)} by ${signatureName(predecessor.signedBy.name)}.`;
  const why = reason === undefined || reason.trim() === '' ? '' : ` Reason: ${reason.trim()}`;
  switch (state) {
    case 'final':
      return predecessor === undefined ? [] : [`${facts.words}, version ${version}.${follows}${why}`];
    case 'preliminary':
      return [`${facts.words}: not yet confirmed by a second reader.${follows}${why}`];
    case 'corrected':
      return [`${facts.words}, version ${version}: replaces the version before it.${follows}${why}`];
    case 'appended':
    case 'cancelled':
    case 'entered-in-error':
      return [`${facts.words}, version ${version}.${follows}${why}`];
    default:
      return assertNever(state);
  }
}

export function reportHeading(signed: SignedReport): ReportHeading {
  const { task } = signed;
  const facts = [
    { label: 'Patient', value: allWritings(task.patient.name) },
    { label: 'Patient ID', value: task.patient.mrn },
    { label: 'Born', value: task.patient.birthDate ?? '' },
    { label: 'Sex', value: SEX_WORDS[task.patient.sex] },
    { label: 'Accession', value: task.accessionNumber ?? '' },
    { label: 'Exam', value: task.exam.text },
    { label: 'Ordered by', value: task.orderedBy === undefined ? '' : displayPersonName(task.orderedBy) },
    { label: 'Reason', value: task.reason ?? '' },
  ];
  return {
    siteName: task.siteName,
    title: signed.body.title,
    facts: facts.filter((fact) => fact.value.trim() !== ''),
    notices: noticesOf(signed),
    signature: [
      `${REPORT_STATE_FACTS[signed.state].words}, version ${signed.version}`,
      `Signed electronically by ${signatureName(signed.signedBy.name)} on ${printedTime(signed.signedAt)}`,
      `Report ${signed.reportUuid}`,
    ],
  };
}
