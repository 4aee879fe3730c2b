import type { Patient } from 'fhir/r4';

import type { Person } from '../domain/identity.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import { personFromFhir } from './patient-to-fhir.ts';
import { siteSystem } from './systems.ts';

/** Whose notes stand beside the images: the patient they hang on. Undefined where there is none. Throws FhirError. */
export async function readPersonOfNotes(
  fhir: FhirClient,
  { patient, siteId }: Pick<ReadingTask, 'patient' | 'siteId'>,
): Promise<Person | undefined> {
  if (patient.id === '') return undefined;
  try {
    return personFromFhir(await fhir.read<Patient>('Patient', patient.id), siteSystem(siteId, 'mrn'));
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
}
