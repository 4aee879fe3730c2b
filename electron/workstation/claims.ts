import type { Task } from 'fhir/r4';

import { isClaimRunning, LEASE_TTL_MS, type ClaimRefusal } from '#shared/domain/claim.ts';
import { ineligibleReasons } from '#shared/domain/eligibility.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import type { Readings } from './readings.ts';

/** Someone else wrote in between: read again and decide again, so often and no more. */
const MAX_CONFLICTS = 5;

export interface Claims {
  /** Grants, renews one's own, or takes over a claim whose lease has run out. */
  claim(taskId: TaskId): Promise<Result<ReadingTask, ClaimRefusal>>;
  /** Renews a claim one holds, also one that has just run out if nobody took it. */
  renew(taskId: TaskId): Promise<Result<ReadingTask, ClaimRefusal>>;
  returnToList(taskId: TaskId): Promise<'returned' | 'not-held' | 'hub-unreachable'>;
  /** The reading as the hub holds it now. */
  read(taskId: TaskId): Promise<Result<ReadingTask, 'not-found' | 'hub-unreachable'>>;
}

export function createClaims(ports: {
  readonly fhir: FhirClient;
  readonly readings: Readings;
  readonly reader: Radiologist;
  readonly regionOf: (siteId: ReadingTask['siteId']) => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}): Claims {
  const { fhir, readings, reader, regionOf, clock, log } = ports;

  async function readResource(taskId: TaskId): Promise<{ resource: Task; task: ReadingTask } | 'not-found'> {
    try {
      const resource = await fhir.read<Task>('Task', taskId);
      const reading = readingTaskFromFhir(resource);
      return reading.ok ? { resource, task: reading.value } : 'not-found';
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'not-found') return 'not-found';
      throw error;
    }
  }

  /** Reads, decides, writes with If-Match; after a conflict all over again. */
  async function rewrite(
    taskId: TaskId,
    decide: (task: ReadingTask, now: EpochMs) => Result<ReadingTask, ClaimRefusal>,
  ): Promise<Result<ReadingTask, ClaimRefusal>> {
    try {
      for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
        const read = await readResource(taskId);
        if (read === 'not-found') return err({ code: 'order-closed' });
        const decision = decide(read.task, clock.now());
        if (!decision.ok) {
          readings.note(read.task);
          return decision;
        }
        const written = await write(readingTaskToFhir(decision.value, read.resource), read.task.version);
        if (written === 'conflict') continue;
        readings.note(written);
        return ok(written);
      }
      log.warn('claim.conflicts-without-end', { taskId, attempt: MAX_CONFLICTS });
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      log.warn('claim.not-written', { taskId, code: error.refusal.code });
    }
    return err({ code: 'hub-unreachable' });
  }

  async function write(resource: Task, version: string): Promise<ReadingTask | 'conflict'> {
    try {
      const written = readingTaskFromFhir(await fhir.update<Task>(resource, version));
      if (!written.ok) throw new Error(`hub answered with another resource: ${written.error.code}`);
      return written.value;
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'conflict') return 'conflict';
      throw error;
    }
  }

  function grant(task: ReadingTask, now: EpochMs): Result<ReadingTask, ClaimRefusal> {
    if (task.state === 'completed' || task.state === 'cancelled') return err({ code: 'order-closed' });
    const reasons = ineligibleReasons(reader, regionOf(task.siteId), now);
    if (reasons.length > 0) return err({ code: 'not-eligible', reason: reasons.join('; ') });
    const running = isClaimRunning(task.claim, now) ? task.claim : undefined;
    if (running !== undefined && running.radiologistId !== reader.id) return err(heldBy(running));
    if (task.state === 'ordered') return err({ code: 'not-eligible', reason: 'images have not all arrived' });
    return ok(leased(task, running?.since ?? now, now));
  }

  function prolong(task: ReadingTask, now: EpochMs): Result<ReadingTask, ClaimRefusal> {
    if (task.state === 'completed' || task.state === 'cancelled') return err({ code: 'order-closed' });
    if (task.claim === undefined) return grant(task, now);
    if (task.claim.radiologistId === reader.id) return ok(leased(task, task.claim.since, now));
    return isClaimRunning(task.claim, now) ? err(heldBy(task.claim)) : grant(task, now);
  }

  const leased = (task: ReadingTask, since: EpochMs, now: EpochMs): ReadingTask => ({
    ...task,
    state: 'claimed',
    claim: {
      radiologistId: reader.id,
      radiologistName: reader.name,
      since,
      leaseUntil: (now + LEASE_TTL_MS) as EpochMs,
    },
  });

  const claims: Claims = {
    claim: (taskId) => rewrite(taskId, grant),
    renew: (taskId) => rewrite(taskId, prolong),
    async returnToList(taskId) {
      let held = true;
      const outcome = await rewrite(taskId, (task) => {
        held = task.state === 'claimed' && task.claim?.radiologistId === reader.id;
        const { claim: _claim, ...rest } = task;
        return held ? ok({ ...rest, state: 'ready' }) : err({ code: 'order-closed' });
      });
      if (outcome.ok) return 'returned';
      return outcome.error.code === 'order-closed' ? 'not-held' : 'hub-unreachable';
    },
    async read(taskId) {
      try {
        const read = await readResource(taskId);
        return read === 'not-found' ? err('not-found') : ok(read.task);
      } catch (error) {
        if (error instanceof FhirError) return err('hub-unreachable');
        throw error;
      }
    },
  };
  return claims;
}

const heldBy = (claim: { readonly radiologistName: string; readonly leaseUntil: EpochMs }): ClaimRefusal => ({
  code: 'held-by-another',
  holder: claim.radiologistName,
  until: claim.leaseUntil,
});
