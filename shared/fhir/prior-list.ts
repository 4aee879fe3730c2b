import type { DiagnosticReport } from 'fhir/r4';

import type { StudyInstanceUid } from '../domain/identifiers.ts';
import type { Prior } from '../domain/reading-task.ts';
import type { StudySummary } from '../domain/study.ts';
import { identifierValue } from './identifier-search.ts';
import { noteFromFhir } from './notes-from-fhir.ts';
import { siteSystem } from './systems.ts';
import { examFactsFromText } from '../domain/exam-facts.ts';

/** Series that are not images to compare with. */
const NOT_IMAGES = new Set(['SR', 'KO', 'PR', 'DOC', 'SEG', 'RTSTRUCT', 'REG']);
export const mainModality = (modalities: readonly string[]): string | undefined =>
  modalities.find((each) => !NOT_IMAGES.has(each)) ?? modalities[0];

/** DICOM DA to ISO date; undefined for anything else. */
const isoFromDa = (da: string | undefined): string | undefined => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(da ?? '');
  return match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`;
};

/** A report says which study it is of by its UID or its accession number. */
function isReportOf(report: DiagnosticReport, study: StudySummary, siteId: string): boolean {
  const fact = noteFromFhir(report, '');
  if (fact?.studyInstanceUid !== undefined) return fact.studyInstanceUid === study.studyInstanceUid;
  const accession = identifierValue(report, siteSystem(siteId, 'accession'));
  return accession !== undefined && accession === study.accessionNumber;
}

/** Earlier studies and reports of one patient, newest first; a report stands with its study where the two name each other. */
export function priorsFrom(
  studies: readonly StudySummary[],
  reports: readonly DiagnosticReport[],
  siteId: string,
): Prior[] {
  const used = new Set<DiagnosticReport>();
  const withImages = studies.map((study): Prior => {
    const own = reports.filter((report) => isReportOf(report, study, siteId));
    own.forEach((report) => used.add(report));
    const modality = mainModality(study.modalities);
    const date = isoFromDa(study.studyDate);
    return {
      studyInstanceUid: study.studyInstanceUid,
      description: study.description,
      ...(modality === undefined ? {} : { modality }),
      ...(date === undefined ? {} : { date }),
      hasReport: own.length > 0,
    };
  });
  const reportsOnly = reports
    .filter((report) => !used.has(report))
    .map((report): Prior | undefined => {
      const fact = noteFromFhir(report, '');
      if (fact?.kind !== 'prior-report') return undefined;
      const { modality } = examFactsFromText(fact.label);
      return {
        ...(fact.studyInstanceUid === undefined ? {} : { studyInstanceUid: fact.studyInstanceUid as StudyInstanceUid }),
        description: fact.label,
        ...(modality === undefined ? {} : { modality }),
        ...(fact.at === undefined ? {} : { date: new Date(fact.at).toISOString().slice(0, 10) }),
        hasReport: true,
      };
    })
    .filter((prior) => prior !== undefined);
  return [...withImages, ...reportsOnly].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}

/** Priors known before, with one more report: either its study gets the mark, or it stands for itself. */
export function withReport(priors: readonly Prior[], report: Prior): Prior[] {
  const same = (prior: Prior) =>
    prior.studyInstanceUid !== undefined && report.studyInstanceUid !== undefined
      ? prior.studyInstanceUid === report.studyInstanceUid
      : prior.description === report.description && prior.date === report.date;
  if (priors.some(same)) return priors.map((prior) => (same(prior) ? { ...prior, hasReport: true } : prior));
  return [...priors, report].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}
