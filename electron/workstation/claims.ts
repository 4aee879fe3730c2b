import type { Task } from 'fhir/r4';

import { isClaimRunning, LEASE_TTL_MS, type ClaimRefusal } from '#shared/domain/claim.ts';
import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import { withAct, type ReadingAct } from '#shared/domain/reading-act.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { MINUTE_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import type { ClaimNext } from './ports.ts';
import type { Readings } from './readings.ts';

/** Someone else wrote in between: read again and decide again, so often and no more. */
const MAX_CONFLICTS = 5;
/** How long a hand-over waits for its receiver before the reading stands on everyone's list again. */
export const HAND_OVER_LEASE_MS = 10 * MINUTE_MS;

export interface Claims {
  /** Grants, renews one's own, or takes over a claim whose lease has run out. `pickReason`: why it was taken out of turn. */
  claim(taskId: TaskId, pickReason?: string): Promise<Result<ReadingTask, ClaimRefusal>>;
  /** The first of these that is still free, in one step of the hub; `not-offered` by hubs that have no such step. */
  claimFirst(
    candidates: readonly ReadingTask[],
  ): Promise<ReadingTask | 'none-free' | 'not-offered' | 'hub-unreachable'>;
  /** Renews a claim one holds, also one that has just run out if nobody took it. */
  renew(taskId: TaskId): Promise<Result<ReadingTask, ClaimRefusal>>;
  returnToList(taskId: TaskId): Promise<GiveBack>;
  /** To one named reader: theirs under a lease of its own, so that nobody else takes it before they can. */
  handOver(taskId: TaskId, to: Pick<Radiologist, 'id' | 'name'>, reason: string): Promise<GiveBack>;
  /** Not for this reader, for a reason; also one that is not held. It stands on the list for the others. */
  decline(taskId: TaskId, reason: string): Promise<GiveBack>;
  /** Changes the facts of a reading that nobody's claim depends on. */
  amend(
    taskId: TaskId,
    change: (task: ReadingTask, now: EpochMs) => ReadingTask | undefined,
  ): Promise<'written' | 'not-changed' | 'hub-unreachable'>;
  /** The reading as the hub holds it now. */
  read(taskId: TaskId): Promise<Result<ReadingTask, 'not-found' | 'hub-unreachable'>>;
}

export type GiveBack = 'done' | 'not-held' | 'hub-unreachable';

export function createClaims(ports: {
  readonly fhir: FhirClient;
  readonly claimNext?: ClaimNext;
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
      return readBack(await fhir.update<Task>(resource, version));
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'conflict') return 'conflict';
      throw error;
    }
  }

  const act = (kind: ReadingAct['kind'], at: EpochMs, rest: Partial<ReadingAct> = {}): ReadingAct => ({
    ...rest,
    kind,
    by: reader.id,
    byName: reader.name,
    at,
  });

  function grant(task: ReadingTask, now: EpochMs, pickReason?: string): Result<ReadingTask, ClaimRefusal> {
    if (isClosed(task)) return err({ code: 'order-closed' });
    const { refusals } = eligibilityOf(reader, task, { region: regionOf(task.siteId), now });
    if (refusals.length > 0) return err({ code: 'not-eligible', reason: refusals.join('; ') });
    const running = isClaimRunning(task.claim, now) ? task.claim : undefined;
    if (running !== undefined && running.radiologistId !== reader.id) return err(heldBy(running));
    if (task.state === 'ordered') return err({ code: 'not-eligible', reason: 'images have not all arrived' });
    // One's own claim goes on; what was handed over is taken up, which is an act of its own.
    const goesOn = running !== undefined && task.acts?.at(-1)?.kind !== 'handed-over';
    if (goesOn) return ok(leased(task, running.since, now));
    const taken = act('claimed', now);
    const acts = pickReason === undefined ? [taken] : [act('picked', now, { reason: pickReason }), taken];
    return ok({ ...leased(task, now, now), acts: acts.reduce(withAct, task.acts ?? []) });
  }

  function prolong(task: ReadingTask, now: EpochMs): Result<ReadingTask, ClaimRefusal> {
    if (isClosed(task)) return err({ code: 'order-closed' });
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

  const isHeldHere = (task: ReadingTask) => task.state === 'claimed' && task.claim?.radiologistId === reader.id;

  /** Ends one's own claim in one of its ways. */
  async function giveBack(
    taskId: TaskId,
    change: (task: ReadingTask, now: EpochMs) => ReadingTask | undefined,
  ): Promise<GiveBack> {
    const outcome = await rewrite(taskId, (task, now) => {
      const changed = change(task, now);
      return changed === undefined ? err({ code: 'order-closed' }) : ok(changed);
    });
    if (outcome.ok) return 'done';
    return outcome.error.code === 'order-closed' ? 'not-held' : 'hub-unreachable';
  }

  return {
    claim: (taskId, pickReason) => rewrite(taskId, (task, now) => grant(task, now, pickReason)),
    async claimFirst(candidates) {
      if (ports.claimNext === undefined) return 'not-offered';
      const now = clock.now();
      const { claim } = leased({} as ReadingTask, now, now);
      try {
        const answer = await ports.claimNext({
          candidates: candidates.map(({ id, version }) => ({ taskId: id, version })),
          claim: claim!,
        });
        if (answer.status !== 'claimed') return answer.status;
        const task = readBack(answer.task);
        readings.note(task);
        return task;
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        log.warn('claim.not-written', { code: error.refusal.code });
        return 'hub-unreachable';
      }
    },
    renew: (taskId) => rewrite(taskId, prolong),
    returnToList: (taskId) =>
      giveBack(taskId, (task, now) => (isHeldHere(task) ? released(task, act('returned', now)) : undefined)),
    handOver: (taskId, to, reason) =>
      giveBack(taskId, (task, now) => {
        if (!isHeldHere(task)) return undefined;
        const why = reason === '' ? {} : { reason };
        return {
          ...task,
          claim: {
            radiologistId: to.id,
            radiologistName: to.name,
            since: now,
            leaseUntil: (now + HAND_OVER_LEASE_MS) as EpochMs,
          },
          acts: withAct(task.acts, act('handed-over', now, { ...why, to: to.id, toName: to.name })),
        };
      }),
    decline: (taskId, reason) =>
      giveBack(taskId, (task, now) => {
        if (isClosed(task)) return undefined;
        const declined = act('declined', now, { reason });
        return isHeldHere(task) ? released(task, declined) : { ...task, acts: withAct(task.acts, declined) };
      }),
    async amend(taskId, change) {
      const outcome = await giveBack(taskId, (task, now) => (isClosed(task) ? undefined : change(task, now)));
      return outcome === 'done' ? 'written' : outcome === 'not-held' ? 'not-changed' : 'hub-unreachable';
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
}

const isClosed = ({ state }: ReadingTask): boolean => state === 'completed' || state === 'cancelled';

function released(task: ReadingTask, why: ReadingAct): ReadingTask {
  const { claim: _claim, ...rest } = task;
  return { ...rest, state: 'ready', acts: withAct(task.acts, why) };
}

function readBack(resource: Task): ReadingTask {
  const written = readingTaskFromFhir(resource);
  if (!written.ok) throw new Error(`hub answered with another resource: ${written.error.code}`);
  return written.value;
}

const heldBy = (claim: { readonly radiologistName: string; readonly leaseUntil: EpochMs }): ClaimRefusal => ({
  code: 'held-by-another',
  holder: claim.radiologistName,
  until: claim.leaseUntil,
});
