import type { Task } from 'fhir/r4';

import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import { fromIso, HOUR_MS, MINUTE_MS, SECOND_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

const OPEN_STATUSES = 'draft,requested,received,accepted,ready,in-progress,on-hold';
/** Completed readings stay at the end of the list for one shift. */
const COMPLETED_FOR_MS = 12 * HOUR_MS;
const MAX_READINGS = 5000;
/** In between only what changed is asked for; everything again so often, for what a hub's index told late or not at all. */
const WHOLE_EVERY_MS = MINUTE_MS;
/** A hub may show a write to searches a little after later ones. */
const OVERLAP_MS = 10 * SECOND_MS;

interface SeenReadings {
  readonly tasks: readonly ReadingTask[];
  /** When the hub last answered. */
  readonly at: EpochMs;
  readonly hubReachable: boolean;
  /** Grows whenever any of it changes but `at`. */
  readonly revision: number;
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
  let tasks: readonly ReadingTask[] = [];
  let at = clock.now();
  let hubReachable = true;
  let revision = 0;
  let askedWholeAt: EpochMs | undefined;
  /** By the hub's clock. */
  let newestWrite: EpochMs | undefined;
  let running: Promise<SeenReadings> | undefined;
  let queued: Promise<SeenReadings> | undefined;
  /** Written by us while an answer was under way that may not know of it yet. */
  let notedMeanwhile: ReadingTask[] = [];

  const seen = (): SeenReadings => ({ tasks, at, hubReachable, revision });
  const code = `${READING_CODE.system}|${READING_CODE.code}`;

  function keep(next: Map<TaskId, ReadingTask>): void {
    if (next.size === byId.size && [...next].every(([id, task]) => byId.get(id) === task)) return;
    byId = next;
    tasks = [...next.values()];
    revision += 1;
  }

  /** The very same object where nothing changed, so that what is made of it need not be made again. */
  const known = (task: ReadingTask): ReadingTask => {
    const before = byId.get(task.id);
    if (before === undefined || before.version === '') return task;
    // A search may know less than the answer to our own write: of versions that are numbers the higher one stands.
    return before.version === task.version || Number(before.version) > Number(task.version) ? before : task;
  };

  function add(resources: readonly Task[], to: Map<TaskId, ReadingTask>): void {
    let unreadable = 0;
    for (const resource of resources) {
      const reading = readingTaskFromFhir(resource);
      if (reading.ok && reading.value.id !== '') to.set(reading.value.id, known(reading.value));
      else unreadable += 1;
      const written = fromIso(resource.meta?.lastUpdated);
      if (written !== undefined && written > (newestWrite ?? 0)) newestWrite = written;
    }
    if (unreadable > 0) log.warn('readings.unreadable', { count: unreadable });
  }

  async function askWhole(asked: EpochMs): Promise<Map<TaskId, ReadingTask>> {
    const since = toIso((asked - COMPLETED_FOR_MS) as EpochMs);
    const [open, completed] = await Promise.all([
      fhir.search<Task>('Task', { code, status: OPEN_STATUSES }, MAX_READINGS),
      fhir.search<Task>('Task', { code, status: 'completed', _lastUpdated: `ge${since}` }, MAX_READINGS),
    ]);
    const next = new Map<TaskId, ReadingTask>();
    add([...open, ...completed], next);
    askedWholeAt = asked;
    return next;
  }

  async function askChanged(since: EpochMs): Promise<Map<TaskId, ReadingTask>> {
    const changed = await fhir.search<Task>('Task', { code, _lastUpdated: `ge${toIso(since)}` }, MAX_READINGS);
    const next = new Map(byId);
    add(changed, next);
    for (const [id, task] of next) if (task.state === 'cancelled') next.delete(id);
    return next;
  }

  async function ask(): Promise<SeenReadings> {
    notedMeanwhile = [];
    const asked = clock.now();
    const isWholeDue = askedWholeAt === undefined || asked - askedWholeAt >= WHOLE_EVERY_MS;
    try {
      const next =
        isWholeDue || newestWrite === undefined
          ? await askWhole(asked)
          : await askChanged((newestWrite - OVERLAP_MS) as EpochMs);
      for (const task of notedMeanwhile) next.set(task.id, task);
      keep(next);
      at = asked;
      if (!hubReachable) revision += 1;
      hubReachable = true;
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      if (hubReachable) {
        log.warn('hub.not-answering', { code: error.refusal.code });
        revision += 1;
      }
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
      notedMeanwhile.push(task);
      if (byId.get(task.id)?.version === task.version) return;
      keep(new Map(byId).set(task.id, task));
    },
  };
}
