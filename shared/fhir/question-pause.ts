import type { BundleEntry, Task } from 'fhir/r4';

import { WAITS_FOR_ANSWER } from '../domain/site-question.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import { withoutPause, withPause } from '../domain/urgency.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { putEntry, readOrNothing } from './critical-on-hub.ts';
import type { FhirClient } from './fhir-client.ts';
import { readingTaskFromFhir } from './reading-task-from-fhir.ts';
import { readingTaskToFhir } from './reading-task-to-fhir.ts';

/** The reading's fair clock stands still while the site owes an answer: the change of its Task, where there is one to make. */
async function changedTask(
  fhir: FhirClient,
  taskId: string,
  change: (task: ReadingTask) => ReadingTask,
): Promise<BundleEntry[]> {
  const resource = await readOrNothing<Task>(fhir, 'Task', taskId);
  const held = resource === undefined ? undefined : readingTaskFromFhir(resource);
  if (held === undefined || !held.ok || held.value.state === 'completed' || held.value.state === 'cancelled') return [];
  const next = change(held.value);
  return next === held.value ? [] : [putEntry(readingTaskToFhir(next, resource), held.value.version)];
}

export const pauseEntries = (fhir: FhirClient, taskId: string, at: EpochMs): Promise<BundleEntry[]> =>
  changedTask(fhir, taskId, (task) => withPause(task, WAITS_FOR_ANSWER, at));

export const goOnEntries = (fhir: FhirClient, taskId: string, at: EpochMs): Promise<BundleEntry[]> =>
  changedTask(fhir, taskId, (task) => withoutPause(task, WAITS_FOR_ANSWER, at));
