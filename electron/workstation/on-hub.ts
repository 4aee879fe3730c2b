import { FhirError } from '#shared/fhir/fhir-client.ts';

import { hubUnreachable } from './call-failure.ts';

/** Work on the hub as a call sees it: what the hub refuses or does not answer is a CallFailure, nothing was done. */
export async function onHub<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FhirError ? hubUnreachable() : error;
  }
}
