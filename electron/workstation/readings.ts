import type { Task } from 'fhir/r4';

import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import { HOUR_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

const OPEN_STATUSES = 'draft,requested,received,accepted,ready,in-progress,on-hold';
/** Completed readings stay at the end of the list for one shift. */
const COMPLETED_FOR_MS = 12 * HOUR_MS;
const MAX_READINGS = 5000;

interface SeenReadings {
  readonly tasks: readonly ReadingTask[];
  /** When the hub last answered. */
  readonly at: EpochMs;
  readonly hubReachable: boolean;
}

/** The reading tasks as the hub holds them: the last answer is kept for when it does not answer. */
export interface Readings {
  seen(): SeenReadings;
  find(taskId: string): ReadingTask | undefined;
  /** Asks the hub. Calls that come while it is being asked share one further asking. Never throws for a hub that is away. */
  refresh(): Promise<SeenReadings>;
  /** What our own write came to: stands until the hub is next asked. */
  note(task: ReadingTask): void;
}

export function createReadings({
  fhir,
  clock,
  log,
}: {
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
}): Readings {
  let byId = new Map<TaskId, ReadingTask>();
  let at = clock.now();
  let hubReachable = true;
  let running: Promise<SeenReadings> | undefined;
  let queued: Promise<SeenReadings> | undefined;
  /** Written by us while an answer was under way that may not know of it yet. */
  let notedMeanwhile: ReadingTask[] = [];

  const seen = (): SeenReadings => ({ tasks: [...byId.values()], at, hubReachable });

  async function ask(): Promise<SeenReadings> {
    notedMeanwhile = [];
    const asked = clock.now();
    const code = `${READING_CODE.system}|${READING_CODE.code}`;
    const since = toIso((asked - COMPLETED_FOR_MS) as EpochMs);
    try {
      const [open, completed] = await Promise.all([
        fhir.search<Task>('Task', { code, status: OPEN_STATUSES }, MAX_READINGS),
        fhir.search<Task>('Task', { code, status: 'completed', _lastUpdated: `ge${since}` }, MAX_READINGS),
      ]);
      const next = new Map<TaskId, ReadingTask>();
      let unreadable = 0;
      for (const resource of [...open, ...completed]) {
        const reading = readingTaskFromFhir(resource);
        if (reading.ok && reading.value.id !== '') next.set(reading.value.id, reading.value);
        else unreadable += 1;
      }
      for (const task of notedMeanwhile) next.set(task.id, task);
      if (unreadable > 0) log.warn('readings.unreadable', { count: unreadable });
      byId = next;
      at = asked;
      hubReachable = true;
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      if (hubReachable) log.warn('hub.not-answering', { code: error.refusal.code });
      hubReachable = false;
    }
    return seen();
  }

  function refresh(): Promise<SeenReadings> {
    if (running === undefined) {
      running = ask().finally(() => {
        running = undefined;
      });
      return running;
    }
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return refresh();
      });
    return queued;
  }

  return {
    seen,
    find: (taskId) => byId.get(taskId as TaskId),
    refresh,
    note(task) {
      byId.set(task.id, task);
      notedMeanwhile.push(task);
    },
  };
}
