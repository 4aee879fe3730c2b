import type { AllergyIntolerance, DiagnosticReport, Observation } from 'fhir/r4';

import { NOTE_KINDS, type NoteFact } from '../domain/notes.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { PictureType } from '../documents/read-document.ts';
import { attachedPicture } from './attachments.ts';
import { idInReference } from './fhir-text.ts';
import type { FhirClient } from './fhir-client.ts';
import { noteFromFhir } from './notes-from-fhir.ts';
import { isOfOneExam } from './notes-to-fhir.ts';
import { linkedPatients } from './patient-link.ts';
import { readPatient } from './person-on-hub.ts';

/** More facts than a person reads; a patient with more has the newest of the server's order. */
const LIMIT = 500;

/**
 * The notes of one reading: what holds for the patient, and what was said of this exam. What was said of another exam of the patient is left
 * out, and so is this reading's own report. Grouped by kind, newest first.
 */
export const readNotes = (fhir: FhirClient, task: NotedTask): Promise<NoteFact[]> => readFacts(fhir, task, false);

/** What was said of other exams of the patient: outside the order, and read only for a reason (break-glass). */
export const readNotesOutsideOrder = (fhir: FhirClient, task: NotedTask): Promise<NoteFact[]> =>
  readFacts(fhir, task, true);

/** The picture or PDF of one note of this reading, and of no other. */
export async function readNoteDocument(
  fhir: FhirClient,
  task: NotedTask,
  of: string,
): Promise<{ readonly contentType: PictureType; readonly data: string } | undefined> {
  const facts = await readNotes(fhir, task);
  if (!facts.some(({ picture }) => picture?.of === of)) return undefined;
  const report = await fhir.read<DiagnosticReport>('DiagnosticReport', of.split('/')[1] ?? '');
  return attachedPicture(report.presentedForm ?? []);
}

/** Every report of these patients; what of it may be read is a matter of its notes. Throws FhirError. */
export const readReportsOf = (fhir: FhirClient, patientIds: readonly string[]): Promise<DiagnosticReport[]> =>
  fhir.search<DiagnosticReport>(
    'DiagnosticReport',
    { subject: patientIds.map((id) => `Patient/${id}`).join(',') },
    LIMIT,
  );

type NotedTask = Pick<ReadingTask, 'serviceRequestId' | 'reportId'> & {
  readonly patient: Pick<ReadingTask['patient'], 'id'>;
};

async function readFacts(fhir: FhirClient, task: NotedTask, isOutside: boolean): Promise<NoteFact[]> {
  if (task.patient.id === '') return [];
  const patient = (await allOfPerson(fhir, task.patient.id)).map((id) => `Patient/${id}`).join(',');
  const [allergies, observations, reports] = await Promise.all([
    fhir.search<AllergyIntolerance>('AllergyIntolerance', { patient }, LIMIT),
    fhir.search<Observation>('Observation', { subject: patient }, LIMIT),
    fhir.search<DiagnosticReport>('DiagnosticReport', { subject: patient }, LIMIT),
  ]);
  const facts: NoteFact[] = [];
  for (const resource of [...allergies, ...observations, ...reports]) {
    if (resource.resourceType === 'DiagnosticReport' && resource.id === task.reportId) continue;
    const fact = noteFromFhir(resource, 'Hub');
    if (fact === undefined) continue;
    if ((isOfOneExam(fact.kind) && isOfAnotherExam(resource, task.serviceRequestId)) !== isOutside) continue;
    facts.push(fact);
  }
  return facts.sort(
    (a, b) =>
      NOTE_KINDS.indexOf(a.kind) - NOTE_KINDS.indexOf(b.kind) ||
      (b.at ?? 0) - (a.at ?? 0) ||
      a.label.localeCompare(b.label) ||
      a.text.localeCompare(b.text),
  );
}

/** The patient, and whom the site has merged with them. */
async function allOfPerson(fhir: FhirClient, id: string): Promise<readonly string[]> {
  const patient = await readPatient(fhir, id);
  return patient === undefined ? [id] : [id, ...linkedPatients(patient)];
}

function isOfAnotherExam(
  resource: AllergyIntolerance | Observation | DiagnosticReport,
  serviceRequestId: string | undefined,
): boolean {
  if (resource.resourceType === 'AllergyIntolerance') return false;
  const orders = (resource.basedOn ?? []).map((reference) => idInReference(reference, 'ServiceRequest'));
  return orders.length > 0 && !orders.includes(serviceRequestId);
}
