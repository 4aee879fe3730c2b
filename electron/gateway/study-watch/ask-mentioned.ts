import type { DiagnosticReport, ImagingStudy, Patient } from 'fhir/r4';

import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { MentionedPrior } from '#shared/domain/mentioned-priors.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { noteFromFhir } from '#shared/fhir/notes-from-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import { shapedResource } from '#shared/fhir/well-shaped.ts';

/** A text that names more exams than this is no letter about one patient. */
const MOST_MENTIONS = 6;
const LIMIT = 20;

/** What a site has of exams that only a text spoke of. */
export interface FoundMentioned {
  readonly studies: readonly StudySummary[];
  readonly reports: readonly NoteFact[];
}

const lastDay = (year: number, month: number): string =>
  `${new Date(Date.UTC(year, month, 0)).getUTCDate()}`.padStart(2, '0');

/** `2024`, `2024-03` or a day, as a DICOM date range (PS3.4 C.2.2.2.5.1). */
function dateRange(meaning: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(meaning) ?? [];
  if (year === undefined) return undefined;
  if (day !== undefined) return `${year}${month ?? ''}${day}`;
  if (month !== undefined) return `${year}${month}01-${year}${month}${lastDay(Number(year), Number(month))}`;
  return `${year}0101-${year}1231`;
}

/** Asks the site for each exam mentioned, by its date: the archive by QIDO-RS under every number of the patient, and its FHIR server. */
export async function askForMentioned(
  mentions: readonly MentionedPrior[],
  { patient }: Pick<ReadingTask, 'patient'>,
  patientIds: readonly string[],
  { archive, siteFhir }: { readonly archive: SiteArchive; readonly siteFhir: FhirClient | undefined },
): Promise<FoundMentioned> {
  const meanings = [...new Set(mentions.slice(0, MOST_MENTIONS).flatMap((mention) => mention.meanings))];
  const studies: StudySummary[] = [];
  for (const studyDate of meanings.map(dateRange).filter((range) => range !== undefined))
    for (const patientId of patientIds.filter((id) => id !== ''))
      studies.push(...(await archive.searchStudies({ patientId, studyDate, limit: LIMIT })));
  const own = studies.filter((study) => patientIds.includes(study.patientId));
  if (siteFhir === undefined) return { studies: own, reports: [] };
  const told = await askFhir(meanings, patient.mrn, siteFhir);
  return { studies: [...own, ...told.studies], reports: told.reports };
}

/** A FHIR server that is away or does not search so has answered nothing: the archive's answer stands alone. */
async function askFhir(meanings: readonly string[], mrn: string, siteFhir: FhirClient): Promise<FoundMentioned> {
  const studies: StudySummary[] = [];
  const reports: NoteFact[] = [];
  try {
    const [found, ...others] = await siteFhir.search<Patient>('Patient', { identifier: mrn }, 2);
    // Two patients with one number: none of them is known to be this one.
    if (mrn === '' || found?.id === undefined || others.length > 0) return { studies, reports };
    const patient = `Patient/${found.id}`;
    for (const date of meanings) {
      for (const raw of await siteFhir.search<ImagingStudy>('ImagingStudy', { patient, started: date }, LIMIT)) {
        const study = summaryOf(shapedResource<ImagingStudy>(raw).resource, mrn);
        if (study !== undefined) studies.push(study);
      }
      for (const raw of await siteFhir.search<DiagnosticReport>('DiagnosticReport', { patient, date }, LIMIT)) {
        const { resource } = shapedResource<DiagnosticReport>(raw);
        const fact = resource === undefined ? undefined : noteFromFhir(resource, 'Site FHIR');
        if (fact?.kind === 'prior-report') reports.push(fact);
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof FhirError)) throw thrown;
  }
  return { studies, reports };
}

function summaryOf(study: ImagingStudy | undefined, mrn: string): StudySummary | undefined {
  const uid = study?.identifier?.find(({ system }) => system === SYSTEM.dicomUid)?.value?.replace(/^urn:oid:/, '');
  if (study === undefined || uid === undefined || !/^[0-9]+(\.[0-9]+)+$/.test(uid)) return undefined;
  return {
    studyInstanceUid: uid as StudyInstanceUid,
    patientId: mrn,
    patientName: '',
    sex: 'unknown',
    ...(study.started === undefined ? {} : { studyDate: study.started.slice(0, 10).replaceAll('-', '') }),
    description: study.description ?? 'Imaging study',
    modalities: (study.modality ?? []).flatMap(({ code }) => code ?? []),
  };
}
