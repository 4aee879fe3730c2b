import type { BundleEntry, DiagnosticReport } from 'fhir/r4';

import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { noteToFhir, type NoteResource } from '#shared/fhir/notes-to-fhir.ts';
import { patientToFhir } from '#shared/fhir/patient-to-fhir.ts';
import { siteSystem, SYSTEM } from '#shared/fhir/systems.ts';
import type { SiteResult } from '#shared/hl7/result-from-hl7.ts';
import { findHolder, noteEntry, patientCondition } from './order-on-hub.ts';
import { changeReading, searchReadings } from './open-readings.ts';
import { priorsFrom, withReport } from '#shared/fhir/prior-list.ts';

const PATIENT = 'urn:uuid:00000000-0000-4000-8000-000000000001';

/**
 * A prior report or labs that a site sent of its own accord: facts of the patient on the hub, whether an order for them is here already or
 * comes later. Told again it changes nothing. Throws FhirError when the hub does not take it.
 */
export async function takeResult(result: SiteResult, site: Site, fhir: FhirClient): Promise<void> {
  const { mrn } = result.patient;
  const { patient: known, isNumberShared } = await findHolder(fhir, site.id, result.patient);
  const condition = patientCondition(site.id, result.patient);
  const patient = known?.id === undefined ? PATIENT : `Patient/${known.id}`;
  const entries: BundleEntry[] = [];
  if (known === undefined)
    entries.push({
      fullUrl: PATIENT,
      resource: patientToFhir(result.patient, site.id, site.name),
      request: { method: 'POST', url: 'Patient', ...(condition === undefined ? {} : { ifNoneExist: condition }) },
    });
  const notes = result.facts
    .map((fact) => noteToFhir(fact, { siteId: site.id, patient, owner: { order: '', patient: mrn } }))
    .filter((note) => note !== undefined)
    .map((note) => withOrigin(note, result, site.id));
  for (const note of notes) entries.push(noteEntry(note, site.id, patient, isNumberShared));
  await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry: entries });
  if (result.kind === 'prior-report' && known?.id !== undefined) await tellReadings(notes, known.id, site, fhir);
}

/** The accession number ties a report to its study; the PDF stays beside the text. */
function withOrigin(note: NoteResource, result: SiteResult, siteId: string): NoteResource {
  if (note.resourceType !== 'DiagnosticReport') return note;
  const accession =
    result.accessionNumber === undefined
      ? []
      : [
          {
            type: { coding: [{ system: SYSTEM.identifierType, code: 'ACSN' }] },
            system: siteSystem(siteId, 'accession'),
            value: result.accessionNumber,
          },
        ];
  return {
    ...note,
    identifier: [...(note.identifier ?? []), ...accession],
    ...(result.pdf === undefined ? {} : { presentedForm: [{ contentType: 'application/pdf', data: result.pdf }] }),
  };
}

/** Readings of this patient that nobody holds yet learn of the report at once. */
async function tellReadings(
  notes: readonly NoteResource[],
  patientId: string,
  site: Site,
  fhir: FhirClient,
): Promise<void> {
  const reports = notes.filter((note): note is DiagnosticReport => note.resourceType === 'DiagnosticReport');
  const [prior] = priorsFrom([], reports, site.id);
  if (prior === undefined) return;
  const waiting = await searchReadings(fhir, { patient: `Patient/${patientId}`, status: 'requested,ready' });
  for (const { reading } of waiting)
    await changeReading(fhir, reading.id, (now) =>
      now.state === 'ordered' || now.state === 'ready' ? { ...now, priors: withReport(now.priors, prior) } : undefined,
    );
}
