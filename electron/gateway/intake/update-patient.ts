import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { patientToFhir, personFromFhir } from '#shared/fhir/patient-to-fhir.ts';
import { siteSystem } from '#shared/fhir/systems.ts';
import type { PersonFacts } from '#shared/hl7/person-from-hl7.ts';
import { findPatient } from './order-on-hub.ts';
import { changeReading, searchReadings } from './open-readings.ts';
import { sameResource } from './same-resource.ts';

/** Admissions and updates that carry demographics (2.5.1, 3.3). */
export const DEMOGRAPHIC_EVENTS: ReadonlySet<string> = new Set(['ADT^A01', 'ADT^A04', 'ADT^A05', 'ADT^A08', 'ADT^A31']);

/**
 * New demographics of a patient we hold; of others nothing is kept. Readings that wait take them on; one being read or signed stays as its
 * reader saw it. Throws FhirError when the hub does not take it.
 */
export async function updatePatient(
  person: PersonFacts,
  site: Site,
  fhir: FhirClient,
): Promise<'updated' | 'not-ours'> {
  const known = await findPatient(fhir, site.id, person);
  if (known?.id === undefined) return 'not-ours';
  const before = personFromFhir(known, siteSystem(site.id, 'mrn'));
  const birthDate = person.birthDate ?? before.birthDate;
  const otherNames = person.otherNames ?? before.otherNames;
  const now: PersonFacts = {
    mrn: before.mrn,
    name: person.name === '' ? before.name : person.name,
    sex: person.sex === 'unknown' ? before.sex : person.sex,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(person.issuer === undefined ? {} : { issuer: person.issuer }),
    ...(otherNames === undefined ? {} : { otherNames }),
  };
  const { traits } = person;
  const next = patientToFhir({ ...now, ...(traits === undefined ? {} : { traits }) }, site.id, site.name, known);
  if (!sameResource(next, known)) await fhir.update(next, known.meta?.versionId);
  const waiting = await searchReadings(fhir, { patient: `Patient/${known.id}`, status: 'requested,ready' });
  for (const { reading } of waiting)
    await changeReading(fhir, reading.id, (held) =>
      held.state === 'ordered' || held.state === 'ready'
        ? { ...held, patient: { ...held.patient, ...now } }
        : undefined,
    );
  return 'updated';
}
