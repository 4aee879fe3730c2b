import type { Task } from 'fhir/r4';

import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { identifierToken } from '#shared/fhir/identifier-search.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import { sameResource } from './same-resource.ts';

export interface HeldReading {
  readonly resource: Task;
  readonly reading: ReadingTask;
}

export async function searchReadings(
  fhir: FhirClient,
  params: Readonly<Record<string, string>>,
): Promise<HeldReading[]> {
  const code = identifierToken(READING_CODE.system, READING_CODE.code);
  const found = await fhir.search<Task>('Task', { code, ...params });
  return found.flatMap((resource) => {
    const reading = readingTaskFromFhir(resource);
    return reading.ok ? [{ resource, reading: reading.value }] : [];
  });
}

const ATTEMPTS = 5;

/**
 * Changes a reading as it stands now, fenced by its version; looks again when someone wrote in between. `change` gives undefined when, as it
 * stands, there is nothing to do. True when it was written. Throws FhirError `conflict` when others write all the time.
 */
export async function changeReading(
  fhir: FhirClient,
  id: string,
  change: (reading: ReadingTask) => ReadingTask | undefined,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const resource = await fhir.read<Task>('Task', id);
    const held = readingTaskFromFhir(resource);
    const next = held.ok ? change(held.value) : undefined;
    if (next === undefined) return false;
    const task = readingTaskToFhir(next, resource);
    if (sameResource(task, resource)) return false;
    try {
      await fhir.update(task, resource.meta?.versionId);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof FhirError) || thrown.refusal.code !== 'conflict') throw thrown;
    }
  }
  throw new FhirError({ code: 'conflict' });
}
