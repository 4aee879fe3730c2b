import type { Patient } from 'fhir/r4';

import type { Person } from '../domain/identity.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import { linkedPatients } from './patient-link.ts';
import { personFromFhir } from './patient-to-fhir.ts';
import { siteSystem } from './systems.ts';

/** Undefined where there is none. Throws FhirError. */
export async function readPatient(fhir: FhirClient, id: string): Promise<Patient | undefined> {
  try {
    return await fhir.read<Patient>('Patient', id);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
}

/**
 * Whose notes stand beside the images: the patient they hang on, with the numbers and names of whom the site has merged with them.
 * Undefined where there is none. Throws FhirError.
 */
export async function readPersonOfNotes(
  fhir: FhirClient,
  { patient: { id }, siteId }: Pick<ReadingTask, 'patient' | 'siteId'>,
): Promise<Person | undefined> {
  const patient = id === '' ? undefined : await readPatient(fhir, id);
  if (patient === undefined) return undefined;
  const system = siteSystem(siteId, 'mrn');
  const person = personFromFhir(patient, system);
  const merged = await Promise.all(linkedPatients(patient).map((other) => readPatient(fhir, other)));
  const others = merged.flatMap((other) => (other === undefined ? [] : [personFromFhir(other, system)]));
  if (others.length === 0) return person;
  const otherNames = [...(person.otherNames ?? []), ...others.map(({ name }) => name)].filter((name) => name !== '');
  return {
    ...person,
    ...(otherNames.length === 0 ? {} : { otherNames }),
    otherNumbers: others.map(({ mrn }) => ({ mrn })).filter(({ mrn }) => mrn !== ''),
  };
}
