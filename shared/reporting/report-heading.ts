import { toIso, type EpochMs } from '../kernel/clock.ts';
import { assertNever } from '../kernel/assert-never.ts';
import { displayPersonName } from '../dicom/person-name.ts';
import { allWritings, signatureName } from './printed-name.ts';
import type { SignedReport } from './signed-report.ts';

/** The lines above and below the text that every rendering shows alike. */
export interface ReportHeading {
  readonly siteName: string;
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly signature: readonly string[];
}

/** `2026-11-21 22:59 UTC`: one time zone for all, said aloud. */
const printedTime = (at: EpochMs): string => `${toIso(at).slice(0, 16).replace('T', ' ')} UTC`;

const SEX_WORDS = { M: 'male', F: 'female', O: 'other', unknown: 'not stated' } as const;

function stateWord(state: SignedReport['state']): string {
  switch (state) {
    case 'preliminary':
      return 'Preliminary report';
    case 'final':
      return 'Final report';
    case 'corrected':
      return 'Corrected report';
    case 'appended':
      return 'Final report with addendum';
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
    signature: [
      `${stateWord(signed.state)}, version ${signed.version}`,
      `Signed electronically by ${signatureName(signed.signedBy.name)} on ${printedTime(signed.signedAt)}`,
      `Report ${signed.reportUuid}`,
    ],
  };
}
