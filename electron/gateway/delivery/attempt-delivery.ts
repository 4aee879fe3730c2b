import type { DiagnosticReport, Task } from 'fhir/r4';

import type { AttemptOutcome, Delivery } from '#shared/domain/delivery.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import { nextStep, type NextStep } from './next-step.ts';
import type { Channels, RenderPdf } from './ports.ts';
import { readReport } from './read-report.ts';

export interface AttemptPorts {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly channels: Channels;
  readonly renderPdf: RenderPdf;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an attempt may take before someone else may try the same delivery. */
  readonly inFlightMs: number;
}

/** A delivery with the Task it was read from. */
export interface DueDelivery {
  readonly delivery: Delivery;
  readonly task: Task;
}

/** `moved-on`: this one is done with for now. `stuck`: the site does not take anything at the moment. `taken`: another gateway has it. */
export type AttemptResult = 'moved-on' | 'stuck' | 'taken';

/** The problem of a delivery that was sent and never answered, as far as the hub knows. */
const UNANSWERED = 'unanswered';

/**
 * One attempt. The hub is told of it *before* anything leaves: a gateway killed at any moment leaves a Task that says an attempt may have reached the
 * site, and whoever comes next repeats it under the same ids. The write is conditional, so that of two gateways only one sends.
 * Throws FhirError when the hub cannot be reached.
 */
export async function attemptDelivery(due: DueDelivery, ports: AttemptPorts): Promise<AttemptResult> {
  const { delivery } = due;
  const prepared = await prepare(delivery, ports);
  if ('problem' in prepared) {
    await write(due, withPerson(delivery, prepared.problem), ports);
    ports.log.warn('delivery.unsendable', { deliveryId: delivery.id, siteId: delivery.siteId, code: prepared.problem });
    return 'moved-on';
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
  const step = nextStep(outcome, announced.attempts, ports.clock.now());
  ports.log.info('delivery.attempted', {
    deliveryId: delivery.id,
    siteId: delivery.siteId,
    channel: delivery.channel,
    attempt: announced.attempts,
    code: outcome.kind === 'accepted' ? 'accepted' : outcome.code,
    durationMs: ports.clock.now() - now,
  });
  await write({ delivery: announced, task: written }, after(announced, step, ports.clock.now()), ports);
  return step.step === 'retry' ? 'stuck' : 'moved-on';
}

type Prepared = { readonly send: () => Promise<AttemptOutcome> } | { readonly problem: string };

async function prepare(delivery: Delivery, { fhir, sites, channels, renderPdf }: AttemptPorts): Promise<Prepared> {
  const site = sites().find((candidate) => candidate.id === delivery.siteId);
  if (site === undefined) return { problem: 'site-not-configured' };
  const channel = site.returns[delivery.channelIndex];
  if (channel === undefined || channel.kind !== delivery.channel) return { problem: 'channel-not-configured' };
  const resource = await readOrNothing(fhir, delivery.reportId);
  if (resource === undefined) return { problem: 'report-not-found' };
  const read = readReport(resource, attachText);
  if (!read.ok) return { problem: read.error.code };
  const { signed, canonical, signature } = read.value;
  let pdf: Promise<Uint8Array> | undefined;
  return {
    send: () =>
      channels[channel.kind].deliver({
        signed,
        canonical,
        signature,
        site,
        channel,
        channelIndex: delivery.channelIndex,
        pdf: () => (pdf ??= renderPdf({ signed, canonical, signature, site })),
      }),
  };
}

async function readOrNothing(fhir: FhirClient, reportId: string): Promise<DiagnosticReport | undefined> {
  try {
    return await fhir.read<DiagnosticReport>('DiagnosticReport', reportId);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
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
 * Writes what became of an attempt. Someone else may have written in between (a person pressed "retry"): what the site answered is then put on top,
 * unless the delivery has ended. When the hub is gone the attempt stays "unanswered" there and is repeated under the same ids.
 */
async function write(due: DueDelivery, next: Delivery, { fhir, log }: AttemptPorts): Promise<void> {
  let held = { ...due, delivery: { ...due.delivery, version: due.task.meta?.versionId ?? due.delivery.version } };
  for (let count = 0; count < MAX_WRITES; count += 1) {
    const wanted = { ...next, version: held.delivery.version };
    if ((await writeUnlessConflict(held, wanted, fhir)) !== undefined) return;
    const task = await fhir.read<Task>('Task', due.delivery.id);
    const now = deliveryFromFhir(task);
    if (!now.ok || now.value.state === 'accepted') return;
    held = { delivery: now.value, task };
  }
  log.warn('delivery.contended', { deliveryId: due.delivery.id });
}
