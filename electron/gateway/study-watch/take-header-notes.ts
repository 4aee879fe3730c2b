import type { BundleEntry, Observation, Task } from 'fhir/r4';

import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { noteToFhir, type NoteResource } from '#shared/fhir/notes-to-fhir.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import { noteEntry } from '../intake/order-on-hub.ts';
import { notesFromHeaders } from './header-facts.ts';

/**
 * What the images of an ordered study say beside the order: protocol, contrast, dose, the technologist's words. Told again it changes nothing; what later
 * images say otherwise (a dose report that came last) takes the place of what was told under the same heading.
 */
export async function takeHeaderNotes(
  taskId: string,
  studies: readonly StudySummary[],
  { archive, fhir, site }: { readonly archive: SiteArchive; readonly fhir: FhirClient; readonly site: Site },
): Promise<void> {
  const held = readingTaskFromFhir(await fhir.read<Task>('Task', taskId));
  if (!held.ok || held.value.patient.id === '') return;
  const reading = held.value;
  const facts = (await headersOf(studies, archive)).flatMap(notesFromHeaders).filter((fact) => isNews(fact, reading));
  const patient = `Patient/${reading.patient.id}`;
  const order = reading.serviceRequestId;
  const context = {
    siteId: site.id,
    patient,
    owner: { order: `study ${reading.studyInstanceUids.join(' ')}`, patient: reading.patient.mrn },
    ...(order === undefined ? {} : { order: `ServiceRequest/${order}` }),
  };
  const told = facts.flatMap((fact) => noteToFhir(fact, context) ?? []);
  const known = (await fhir.search<Observation>('Observation', { subject: patient })).filter(
    (each) => each.status === 'final' && isOf(each, order),
  );
  const outdated = known.filter(
    (each) =>
      each.performer?.[0]?.display === SOURCE &&
      told.some((note) => isSameHeading(note, each)) &&
      !told.some((note) => isSameFact(note, each)),
  );
  const entry: BundleEntry[] = [
    ...told
      .filter((note) => !known.some((each) => isSameFact(note, each)))
      .map((note) => noteEntry(note, site.id, patient, false)),
    ...outdated.map((note) => ({
      resource: { ...note, status: 'entered-in-error' as const },
      request: {
        method: 'PUT' as const,
        url: `Observation/${note.id ?? ''}`,
        ifMatch: `W/"${note.meta?.versionId ?? ''}"`,
      },
    })),
  ];
  if (entry.length > 0) await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry });
}

const SOURCE = 'DICOM header';

/** Images repeat the order's own words: only others are worth a reader's time, and then they stand beside them. */
function isNews({ kind, text }: NoteFact, { reason, exam }: ReadingTask): boolean {
  const own = kind === 'reason' ? reason : kind === 'protocol' ? exam.text : undefined;
  return own === undefined || own.trim().toLowerCase() !== text.trim().toLowerCase();
}

const isOf = ({ basedOn = [] }: Observation, order: string | undefined): boolean =>
  order === undefined ? basedOn.length === 0 : basedOn.some(({ reference }) => reference === `ServiceRequest/${order}`);

const kindOf = (note: NoteResource): string | undefined =>
  note.meta?.tag?.find(({ system }) => system === SYSTEM.note)?.code;
const isSameHeading = (one: NoteResource, other: NoteResource): boolean =>
  kindOf(one) === kindOf(other) && one.code?.text === other.code?.text;

const isSameFact = (one: NoteResource, other: Observation): boolean =>
  one.resourceType === 'Observation' &&
  isSameHeading(one, other) &&
  one.valueString === other.valueString &&
  documentOf(one) === documentOf(other);

/** Two letters of one study may have one title. */
const documentOf = ({ derivedFrom = [] }: Observation): string | undefined => derivedFrom[0]?.identifier?.value;

/** A site that does not give its headers has told nothing. */
async function headersOf(studies: readonly StudySummary[], archive: SiteArchive): Promise<DicomJson[][]> {
  const found: DicomJson[][] = [];
  for (const { studyInstanceUid } of studies) {
    try {
      found.push(await archive.studyMetadata(studyInstanceUid));
    } catch (thrown) {
      if (!(thrown instanceof ArchiveError)) throw thrown;
    }
  }
  return found;
}
