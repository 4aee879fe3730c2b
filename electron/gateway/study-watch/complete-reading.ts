import type { DiagnosticReport } from 'fhir/r4';

import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { Prior, ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { dueAtFor } from '../due-time.ts';
import { changeReading } from '../intake/open-readings.ts';
import { mainModality, priorsFrom } from '../intake/prior-list.ts';

const PRIOR_LIMIT = 100;

/** Earlier studies of the patient at the site and earlier reports on the hub. Later studies are no priors. */
export async function findPriors(
  reading: ReadingTask,
  current: readonly StudySummary[],
  { archive, fhir }: { readonly archive: SiteArchive; readonly fhir: FhirClient },
): Promise<Prior[]> {
  const patientId = current[0]?.patientId ?? reading.patient.mrn;
  const own = new Set<string>([...reading.studyInstanceUids, ...current.map((study) => study.studyInstanceUid)]);
  const found = patientId === '' ? [] : await archive.searchStudies({ patientId, limit: PRIOR_LIMIT });
  const day =
    current
      .map((study) => study.studyDate ?? '')
      .sort()
      .at(-1) ?? '';
  const earlier = found.filter(
    (study) =>
      study.patientId === patientId &&
      !own.has(study.studyInstanceUid) &&
      (day === '' || (study.studyDate ?? '') <= day),
  );
  const reports =
    reading.patient.id === ''
      ? []
      : await fhir.search<DiagnosticReport>(
          'DiagnosticReport',
          { subject: `Patient/${reading.patient.id}` },
          PRIOR_LIMIT,
        );
  const others = reports.filter((report) => report.id !== reading.reportId);
  return priorsFrom(earlier, others, reading.siteId);
}

/** The images are there: the reading becomes ready and its clock starts. Late images only raise the count of one that still waits. */
export async function completeReading(
  id: string,
  studies: readonly StudySummary[],
  instanceCount: number,
  priors: readonly Prior[],
  { fhir, site, now }: { readonly fhir: FhirClient; readonly site: Site; readonly now: EpochMs },
): Promise<boolean> {
  const modality = mainModality(studies.flatMap((study) => study.modalities));
  return changeReading(fhir, id, (held) => {
    if (held.state !== 'ordered' && held.state !== 'ready') return undefined;
    const imagesCompleteAt = held.imagesCompleteAt ?? now;
    const others = held.state === 'ready' ? held.studyInstanceUids : [];
    return {
      ...held,
      state: 'ready',
      studyInstanceUids: [...new Set([...others, ...studies.map((study) => study.studyInstanceUid)])],
      instanceCount,
      imagesCompleteAt,
      dueAt: dueAtFor(site, held.priority, imagesCompleteAt),
      exam: { ...held.exam, ...(held.exam.modality === undefined && modality !== undefined ? { modality } : {}) },
      priors,
    };
  });
}
