import type { DiagnosticReport } from 'fhir/r4';

import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import { aiResultsFromSc } from '#shared/dicom/ai-result-from-sc.ts';
import { aiResultsFromSr } from '#shared/dicom/ai-result-from-sr.ts';
import { identityConflicts, type Person } from '#shared/domain/identity.ts';
import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';
import type { Prior, ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import type { AiResult } from '#shared/domain/urgency.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { dueAtFor } from '../due-time.ts';
import { changeReading } from '../intake/open-readings.ts';
import { mainModality, priorsFrom } from '#shared/fhir/prior-list.ts';
import { takeResult } from '../intake/take-result.ts';
import { askForMentioned } from './ask-mentioned.ts';
import { personOfStudy } from './match-study.ts';

const PRIOR_LIMIT = 100;

/**
 * Earlier studies of the patient at the site and earlier reports on the hub; what only a text speaks of is asked for by its date. Later studies are no
 * priors.
 */
export async function findPriors(
  reading: ReadingTask,
  current: readonly StudySummary[],
  {
    archive,
    fhir,
    site,
    siteFhir,
  }: {
    readonly archive: SiteArchive;
    readonly fhir: FhirClient;
    readonly site: Site;
    readonly siteFhir?: FhirClient | undefined;
  },
): Promise<Prior[]> {
  const { otherNumbers = [] } = reading.patient;
  const patientIds = new Set([
    ...current.map((study) => study.patientId),
    // By merges the order's own numbers are the same patient's; without, the images' number alone is asked for.
    ...(current.length === 0 || otherNumbers.length > 0 ? [reading.patient.mrn] : []),
    ...otherNumbers.map(({ mrn }) => mrn),
  ]);
  const own = new Set<string>([...reading.studyInstanceUids, ...current.map((study) => study.studyInstanceUid)]);
  const found: StudySummary[] = [];
  for (const patientId of patientIds)
    if (patientId !== '') found.push(...(await archive.searchStudies({ patientId, limit: PRIOR_LIMIT })));
  const day =
    current
      .map((study) => study.studyDate ?? '')
      .sort()
      .at(-1) ?? '';
  const isEarlier = (study: StudySummary) =>
    patientIds.has(study.patientId) &&
    !own.has(study.studyInstanceUid) &&
    (day === '' || (study.studyDate ?? '') <= day);
  const earlier = found.filter(isEarlier);
  const known = priorsFrom(earlier, await reportsOf(reading, fhir), reading.siteId);
  const mentions = mentionedPriors(reading.reason, await readNotes(fhir, reading), known);
  if (mentions.length === 0) return known;
  const asked = await askForMentioned(mentions, reading, [...patientIds], { archive, siteFhir });
  const held = new Set(earlier.map((study) => study.studyInstanceUid));
  const more = asked.studies.filter((study) => isEarlier(study) && !held.has(study.studyInstanceUid));
  if (asked.reports.length > 0)
    await takeResult({ kind: 'prior-report', patient: reading.patient, facts: asked.reports }, site, fhir);
  const all = new Map([...earlier, ...more].map((study) => [study.studyInstanceUid, study]));
  return priorsFrom([...all.values()], await reportsOf(reading, fhir), reading.siteId);
}

async function reportsOf({ patient, reportId }: ReadingTask, fhir: FhirClient): Promise<DiagnosticReport[]> {
  if (patient.id === '') return [];
  const subject = `Patient/${patient.id}`;
  const reports = await fhir.search<DiagnosticReport>('DiagnosticReport', { subject }, PRIOR_LIMIT);
  return reports.filter((report) => report.id !== reportId);
}

/** What algorithms' objects call themselves in the study's list of modalities: structured reports, and captures that are of no modality. */
const MAY_BE_OF_ALGORITHMS: readonly string[] = ['SR', 'SC', 'OT'];

/** What algorithms left in the study as structured reports and secondary captures. A site that does not give their content has told nothing. */
export async function findAiResults(
  studies: readonly StudySummary[],
  archive: SiteArchive,
): Promise<readonly AiResult[]> {
  const found: AiResult[] = [];
  for (const study of studies) {
    if (!study.modalities.some((modality) => MAY_BE_OF_ALGORITHMS.includes(modality))) continue;
    try {
      const metadata = await archive.studyMetadata(study.studyInstanceUid);
      found.push(...metadata.flatMap((each) => [...aiResultsFromSr(each), ...aiResultsFromSc(each)]));
    } catch (thrown) {
      if (!(thrown instanceof ArchiveError)) throw thrown;
    }
  }
  return found;
}

/** The images are there: the reading becomes ready and its clock starts. Late images only raise the count of one that still waits. */
export async function completeReading(
  id: string,
  studies: readonly StudySummary[],
  instanceCount: number,
  { priors, aiResults }: { readonly priors: readonly Prior[]; readonly aiResults: readonly AiResult[] },
  { fhir, site, now }: { readonly fhir: FhirClient; readonly site: Site; readonly now: EpochMs },
): Promise<boolean> {
  const modality = mainModality(studies.flatMap((study) => study.modalities));
  return changeReading(fhir, id, (held) => {
    if (held.state !== 'ordered' && held.state !== 'ready') return undefined;
    const imagesCompleteAt = held.imagesCompleteAt ?? now;
    const persons = contradicting(held, studies);
    const { imagedPersons: _before, ...kept } = held;
    const others = held.state === 'ready' ? held.studyInstanceUids : [];
    return {
      ...kept,
      state: 'ready',
      ...(persons.length === 0 ? {} : { imagedPersons: persons }),
      studyInstanceUids: [...new Set([...others, ...studies.map((study) => study.studyInstanceUid)])],
      instanceCount,
      imagesCompleteAt,
      dueAt: dueAtFor(site, held.priority, imagesCompleteAt),
      exam: { ...held.exam, ...(held.exam.modality === undefined && modality !== undefined ? { modality } : {}) },
      priors,
      priorsAskedAt: now,
      ...(aiResults.length === 0 ? {} : { aiResults: withResults(held.aiResults, aiResults) }),
    };
  });
}

/** Whom the archive names where the order names somebody else: kept, so that the list and whoever opens it know. */
function contradicting({ patient }: ReadingTask, studies: readonly StudySummary[]): readonly Person[] {
  const persons = studies.map(personOfStudy).map((person) => ({ source: 'images', person }) as const);
  const order = { source: 'order', person: patient } as const;
  return identityConflicts([order, ...persons]).length === 0 ? [] : persons.map(({ person }) => person);
}

/** Told again, a result is the same result. */
function withResults(held: readonly AiResult[] = [], found: readonly AiResult[]): readonly AiResult[] {
  const results = [...held];
  for (const result of found)
    if (!results.some(({ finding, algorithm }) => finding === result.finding && algorithm === result.algorithm))
      results.push(result);
  return results;
}
