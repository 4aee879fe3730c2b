import type { Task } from 'fhir/r4';

import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';

export type RetryOutcome = 'queued' | 'not-found' | 'already-accepted';

const MAX_WRITES = 5;

/** A person wants a delivery tried again now, whatever state it is in. Throws FhirError when the hub cannot be reached. */
export async function retryDelivery(
  deliveryId: string,
  { fhir, clock }: { readonly fhir: FhirClient; readonly clock: Clock },
): Promise<RetryOutcome> {
  for (let count = 0; count < MAX_WRITES; count += 1) {
    const task = await readOrNothing(fhir, deliveryId);
    const read = task === undefined ? undefined : deliveryFromFhir(task);
    if (task === undefined || read === undefined || !read.ok) return 'not-found';
    if (read.value.state === 'accepted') return 'already-accepted';
    const waiting = { ...read.value, state: 'waiting', notBefore: clock.now() } as const;
    try {
      await fhir.update<Task>(deliveryToFhir(waiting, undefined, task), read.value.version);
      return 'queued';
    } catch (error) {
      if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
    }
  }
  return 'queued';
}

async function readOrNothing(fhir: FhirClient, id: string): Promise<Task | undefined> {
  try {
    return await fhir.read<Task>('Task', id);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
}
