import type { Task } from 'fhir/r4';

import {
  MAX_ANSWER_CHARACTERS,
  MAX_TRIES,
  UNANSWERED,
  isOpenDelivery,
  type AttemptOutcome,
  type Delivery,
} from '#shared/domain/delivery.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { fingerprint } from '#shared/fhir/fingerprint.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { nextStep, type NextStep, type Pace } from './next-step.ts';
import type { Channels } from './ports.ts';
import type { ReportShelf } from './report-shelf.ts';

export interface AttemptPorts {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly channels: Channels;
  readonly shelf: ReportShelf;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an attempt may take before someone else may try the same delivery. */
  readonly inFlightMs: number;
  readonly pace?: Pace;
  /** Outcomes that the hub could not be told of yet, by delivery: known to this process, so nothing is sent again for them. */
  readonly untold: Map<string, { readonly delivery: Delivery; readonly outcome: AttemptOutcome['kind'] }>;
}

/** A delivery with the Task it was read from. */
export interface DueDelivery {
  readonly delivery: Delivery;
  readonly task: Task;
}

/** What became of an attempt. `taken`: another gateway has it. `unsendable`: nothing left us, a person must look. */
export type AttemptResult = AttemptOutcome['kind'] | 'unsendable' | 'taken';

/**
 * One attempt. The hub is told of it *before* anything leaves: a gateway killed at any moment leaves a Task that says an attempt may have reached the
 * site, and whoever comes next repeats it under the same ids. The write is conditional, so that of two gateways only one sends.
 * Throws FhirError when the hub cannot be reached.
 */
export async function attemptDelivery(due: DueDelivery, ports: AttemptPorts): Promise<AttemptResult> {
  const { delivery } = due;
  const untold = ports.untold.get(delivery.id);
  if (untold !== undefined) {
    await write(due, untold.delivery, ports);
    ports.untold.delete(delivery.id);
    return untold.outcome;
  }
  const prepared = await prepare(delivery, ports);
  if ('problem' in prepared) {
    await write(due, withPerson(delivery, prepared.problem), ports);
    ports.log.warn('delivery.unsendable', { deliveryId: delivery.id, siteId: delivery.siteId, code: prepared.problem });
    return 'unsendable';
  }
  const now = ports.clock.now();
  const announced: Delivery = {
    ...delivery,
    attempts: delivery.attempts + 1,
    sentAt: now,
    problem: UNANSWERED,
    notBefore: (now + ports.inFlightMs) as EpochMs,
  };
  const written = await writeUnlessConflict(due, announced, ports.fhir);
  if (written === undefined) return 'taken';

  const outcome = await deliver(prepared.send, announced, ports);
  const ended = ports.clock.now();
  const step = nextStep(outcome, announced.attempts, ended, jitterOf(announced), ports.pace);
  ports.log.info('delivery.attempted', {
    deliveryId: delivery.id,
    siteId: delivery.siteId,
    channel: delivery.channel,
    attempt: announced.attempts,
    code: outcome.kind === 'accepted' ? 'accepted' : outcome.code,
    durationMs: ended - now,
  });
  const next = after(recorded(announced, outcome, ended), step, ended);
  try {
    await write({ delivery: announced, task: written }, next, ports);
  } catch (error) {
    if (error instanceof FhirError) ports.untold.set(delivery.id, { delivery: next, outcome: outcome.kind });
    throw error;
  }
  return outcome.kind;
}

/** Spread over 0 to 1, another at each attempt of each delivery, and always the same for one: no dice to pass in. */
const jitterOf = ({ id, attempts }: Delivery): number =>
  Number.parseInt(fingerprint(`${id}/${attempts}`).slice(0, 8), 16) / 0x1_0000_0000;

function recorded(delivery: Delivery, outcome: AttemptOutcome, at: EpochMs): Delivery {
  const code = outcome.kind === 'accepted' ? {} : { code: outcome.code };
  const answer = 'answer' in outcome ? outcome.answer?.slice(0, MAX_ANSWER_CHARACTERS) : undefined;
  return {
    ...delivery,
    tries: [...(delivery.tries ?? []), { at, outcome: outcome.kind, ...code }].slice(-MAX_TRIES),
    ...(answer === undefined ? {} : { answer }),
  };
}

type Prepared = { readonly send: () => Promise<AttemptOutcome> } | { readonly problem: string };

async function prepare(delivery: Delivery, { shelf, sites, channels }: AttemptPorts): Promise<Prepared> {
  const site = sites().find((candidate) => candidate.id === delivery.siteId);
  if (site === undefined) return { problem: 'site-not-configured' };
  const channel = site.returns[delivery.channelIndex];
  if (channel === undefined || channel.kind !== delivery.channel) return { problem: 'channel-not-configured' };
  const report = await shelf.take(delivery.reportId, site);
  if (!report.ok) return { problem: report.error.code };
  const { signed, canonical, signature, criticalLevel, pdf } = report.value;
  const isRepeat = delivery.attempts > 0;
  return {
    send: () =>
      channels[channel.kind].deliver({
        signed,
        canonical,
        signature,
        site,
        channel,
        channelIndex: delivery.channelIndex,
        isRepeat,
        ...(criticalLevel === undefined ? {} : { criticalLevel }),
        pdf,
      }),
  };
}

/** A channel that throws has a fault we did not foresee: whether the site has the report is not known, and the duty stands. */
async function deliver(
  send: () => Promise<AttemptOutcome>,
  delivery: Delivery,
  { log }: AttemptPorts,
): Promise<AttemptOutcome> {
  try {
    return await send();
  } catch {
    log.error('delivery.faulted', { deliveryId: delivery.id, channel: delivery.channel });
    return { kind: 'unknown', code: 'internal-fault' };
  }
}

function withPerson(delivery: Delivery, problem: string): Delivery {
  return { ...delivery, state: 'with-a-person', problem };
}

function after(delivery: Delivery, step: NextStep, now: EpochMs): Delivery {
  const { problem: _problem, ...unproblematic } = delivery;
  switch (step.step) {
    case 'close':
      return { ...unproblematic, state: 'accepted', acknowledgedAt: now, acknowledgement: step.ackId };
    case 'retry':
      return { ...delivery, notBefore: step.notBefore, problem: step.problem };
    case 'ask-a-person':
      return withPerson(delivery, step.problem);
    default:
      return step satisfies never;
  }
}

async function writeUnlessConflict(due: DueDelivery, next: Delivery, fhir: FhirClient): Promise<Task | undefined> {
  try {
    return await fhir.update<Task>(deliveryToFhir(next, undefined, due.task), due.delivery.version);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'conflict') return undefined;
    throw error;
  }
}

const MAX_WRITES = 5;

/**
 * Writes what became of an attempt. Someone else may have written in between (a person pressed "resend", the site opened the report): what the site
 * answered is then put on top, unless the delivery has ended.
 */
async function write(
  due: DueDelivery,
  next: Delivery,
  { fhir, log }: Pick<AttemptPorts, 'fhir' | 'log'>,
): Promise<void> {
  let held = { ...due, delivery: { ...due.delivery, version: due.task.meta?.versionId ?? due.delivery.version } };
  for (let count = 0; count < MAX_WRITES; count += 1) {
    const { version, openedAt, openedBy } = held.delivery;
    const wanted: Delivery = {
      ...next,
      version,
      ...(openedAt === undefined ? {} : { openedAt }),
      ...(openedBy === undefined ? {} : { openedBy }),
    };
    if ((await writeUnlessConflict(held, wanted, fhir)) !== undefined) return;
    const task = await fhir.read<Task>('Task', due.delivery.id);
    const now = deliveryFromFhir(task);
    if (!now.ok || !isOpenDelivery(now.value)) return;
    held = { delivery: now.value, task };
  }
  log.warn('delivery.contended', { deliveryId: due.delivery.id });
}
