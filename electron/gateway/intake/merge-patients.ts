import type { BundleEntry, Patient } from 'fhir/r4';

import type { Site } from '#shared/domain/site.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { linked, unlinked } from '#shared/fhir/patient-link.ts';
import { patientToFhir } from '#shared/fhir/patient-to-fhir.ts';
import type { PatientMerge } from '#shared/hl7/merge-from-hl7.ts';
import { changeReading, searchReadings } from './open-readings.ts';
import { findPatient, patientCondition } from './order-on-hub.ts';
import { sameResource } from './same-resource.ts';

const SURVIVING = 'urn:uuid:00000000-0000-4000-8000-000000000003';
const MERGED = 'urn:uuid:00000000-0000-4000-8000-000000000004';

/**
 * Two numbers of one person (ADT^A40, ADT^A24), or that taken back (ADT^A37): links between two patients, made or removed in one transaction.
 * Told again it changes nothing; of two patients unknown here nothing is kept. Throws FhirError when the hub does not take it.
 */
export async function mergePatients(
  { kind, surviving, merged }: PatientMerge,
  site: Site,
  fhir: FhirClient,
): Promise<'merged' | 'linked' | 'unlinked' | 'not-ours'> {
  const [one, other] = await Promise.all([findPatient(fhir, site.id, surviving), findPatient(fhir, site.id, merged)]);
  if (kind === 'unlink') {
    if (one === undefined || other === undefined) return 'not-ours';
    const apart = unlinked(one, other);
    await write(fhir, [...put(one, apart.surviving), ...put(other, apart.merged)]);
    await tellReadings(fhir, [one, other], site, (numbers, mrn) => numbers.filter((each) => each.mrn !== mrn));
    return 'unlinked';
  }
  if (one === undefined && other === undefined) return 'not-ours';
  const before = {
    surviving: one ?? patientToFhir(surviving, site.id, site.name),
    merged: other ?? patientToFhir(merged, site.id, site.name),
  };
  // A patient that is made here is known by its place in the transaction.
  const joined = linked(
    before.surviving,
    before.merged,
    { surviving: one?.id ?? '', merged: other?.id ?? '' },
    kind === 'merge',
  );
  const entries = [
    ...(one === undefined ? [post(SURVIVING, joined.surviving, patientCondition(site.id, surviving))] : []),
    ...(other === undefined ? [post(MERGED, joined.merged, patientCondition(site.id, merged))] : []),
    ...(one === undefined ? [] : put(one, withLinkTo(joined.surviving, other, MERGED))),
    ...(other === undefined ? [] : put(other, withLinkTo(joined.merged, one, SURVIVING))),
  ];
  await write(fhir, entries);
  await tellReadings(fhir, [one, other], site, (numbers, mrn) => [
    ...numbers.filter((each) => each.mrn !== mrn),
    { mrn },
  ]);
  return kind === 'merge' ? 'merged' : 'linked';

  /** Readings that wait know the person by both numbers: images may come under either. */
  async function tellReadings(
    hub: FhirClient,
    patients: readonly (Patient | undefined)[],
    { id: siteId }: Site,
    change: (numbers: Numbers, mrn: string) => Numbers,
  ): Promise<void> {
    const known = patients.flatMap((patient) => patient?.id ?? []);
    for (const id of known) {
      const waiting = await searchReadings(hub, { patient: `Patient/${id}`, status: 'requested,ready' });
      for (const { reading } of waiting.filter((each) => each.reading.siteId === siteId))
        await changeReading(hub, reading.id, (held) => {
          if (held.state !== 'ordered' && held.state !== 'ready') return undefined;
          const mrn = held.patient.mrn === merged.mrn ? surviving.mrn : merged.mrn;
          const { otherNumbers = [], ...patient } = held.patient;
          const numbers = change(otherNumbers, mrn);
          return { ...held, patient: numbers.length === 0 ? patient : { ...patient, otherNumbers: numbers } };
        });
    }
  }
}

type Numbers = NonNullable<ReadingTask['patient']['otherNumbers']>;

/** The link to a patient without an id yet names its entry. */
function withLinkTo(patient: Patient, other: Patient | undefined, entry: string): Patient {
  if (other !== undefined) return patient;
  const link = (patient.link ?? []).map((each) =>
    each.other.reference === 'Patient/' ? { ...each, other: { reference: entry } } : each,
  );
  return { ...patient, link };
}

const post = (fullUrl: string, patient: Patient, condition: string | undefined): BundleEntry => ({
  fullUrl,
  resource: patient,
  request: { method: 'POST', url: 'Patient', ...(condition === undefined ? {} : { ifNoneExist: condition }) },
});

const put = (before: Patient, after: Patient): BundleEntry[] =>
  sameResource(before, after)
    ? []
    : [
        {
          resource: after,
          request: { method: 'PUT', url: `Patient/${before.id ?? ''}`, ifMatch: `W/"${before.meta?.versionId ?? ''}"` },
        },
      ];

async function write(fhir: FhirClient, entry: BundleEntry[]): Promise<void> {
  if (entry.length > 0) await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry });
}
