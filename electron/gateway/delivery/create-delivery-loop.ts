import type { Task } from 'fhir/r4';

import type { Delivery } from '#shared/domain/delivery.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import type { Timer } from '#electron/ports/timer.ts';
import { DELIVERY_CODE } from '#shared/fhir/systems.ts';
import { SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { attemptDelivery, type AttemptPorts, type DueDelivery } from './attempt-delivery.ts';
import { createCircuits } from './circuits.ts';
import { createDeliveryAlarm } from './delivery-alarm.ts';
import type { RenderPdf } from './ports.ts';
import { createReportShelf } from './report-shelf.ts';

export interface DeliveryLoopPorts extends Omit<AttemptPorts, 'inFlightMs' | 'shelf' | 'untold'> {
  readonly timer: Timer;
  readonly renderPdf: RenderPdf;
  readonly pollMs?: number;
  readonly inFlightMs?: number;
}

export interface DeliveryLoop {
  start(): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
  /** Looks now; resolves when everything found due has had its attempt. */
  kick(): Promise<void>;
}

const POLL_MS = 5 * SECOND_MS;
/** Longer than any channel waits for its answers: what is still unanswered then was left by a gateway that is gone. */
const IN_FLIGHT_MS = 90 * SECOND_MS;
/** Oldest first, so that a report never overtakes an earlier one of its patient; what does not fit waits for the next look. */
const MAX_WAITING = 5000;

/** Something due before the next poll is looked for earlier, but not more often than so many times a poll. */
const SOONEST_LOOK = 10;

const CODE = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;

/** Brings signed reports to their sites: whatever the hub holds as waiting, again and again until it is accepted or with a person. */
export function createDeliveryLoop(ports: DeliveryLoopPorts): DeliveryLoop {
  const { fhir, sites, clock, log, timer, pollMs = POLL_MS, inFlightMs = IN_FLIGHT_MS } = ports;
  const attemptPorts: AttemptPorts = { ...ports, inFlightMs, shelf: createReportShelf(ports), untold: new Map() };
  const circuits = createCircuits(ports.pace);
  const alarm = createDeliveryAlarm({ sites, log });
  /** Lines under way, by channel: a site sees one message at a time, in the order of signing. */
  const lines = new Map<string, Promise<void>>();
  let isRunning = false;
  let looking: Promise<void> | undefined;
  let callOff: (() => void) | undefined;
  /** When the next delivery that may not leave yet becomes due. */
  let nextDue: EpochMs | undefined;

  async function look(): Promise<void> {
    const waiting = await fhir.search<Task>(
      'Task',
      { code: CODE, status: 'requested', _sort: 'authored-on' },
      MAX_WAITING,
    );
    const readable: DueDelivery[] = [];
    for (const task of waiting) {
      const delivery = deliveryFromFhir(task);
      if (delivery.ok) readable.push({ delivery: delivery.value, task });
      else if (delivery.error.code === 'unreadable') await handToPerson(task, delivery.error.reason);
    }
    const now = clock.now();
    alarm.look(
      readable.map(({ delivery }) => delivery),
      now,
    );
    nextDue = earliestAfter(now, readable);
    for (const [channel, line] of byChannel(readable)) {
      if (lines.has(channel) || !circuits.mayTry(channel, now)) continue;
      const walk = guarded(() => walkLine(channel, line)).finally(() => lines.delete(channel));
      walk.catch(reportFault);
      lines.set(channel, walk);
    }
  }

  /**
   * One channel's deliveries, oldest first. Behind one that waits, later ones of the same patient wait too; behind one that a person must look at,
   * later versions of the same report. A site that is down is left alone for now.
   */
  async function walkLine(channel: string, line: readonly DueDelivery[]): Promise<void> {
    const held = new Set<string>();
    for (const due of line.toSorted(bySigning)) {
      const { delivery } = due;
      const patient = patientOf(delivery);
      if (held.has(patient)) continue;
      if (await isBehindEarlierVersion(delivery)) continue;
      held.add(patient);
      if (delivery.notBefore > clock.now()) continue;
      if (!circuits.mayTry(channel, clock.now())) return;
      const result = await attemptDelivery(due, attemptPorts);
      if (result === 'accepted' || result === 'unsendable' || result === 'refused') held.delete(patient);
      if (result === 'unsendable' || result === 'taken') continue;
      circuits.note(channel, result, clock.now());
      if (result === 'not-taken' || result === 'unknown') return;
    }
  }

  /** Asked anew before each: a person may have sent the earlier one again since this line was read. */
  async function isBehindEarlierVersion(delivery: Delivery): Promise<boolean> {
    if ((delivery.reportVersion ?? 1) === 1) return false;
    const open = await fhir.search<Task>('Task', {
      code: CODE,
      status: 'requested,failed',
      'based-on': `Task/${delivery.taskId}`,
    });
    return open
      .map((task) => deliveryFromFhir(task))
      .some((read) => read.ok && lineOf(read.value) === lineOf(delivery) && read.value.signedAt < delivery.signedAt);
  }

  /** A delivery that cannot even be read is not left waiting where nobody looks. */
  async function handToPerson(task: Task, reason: string): Promise<void> {
    log.warn('delivery.unreadable', task.id === undefined ? {} : { deliveryId: task.id });
    await fhir.update<Task>({ ...task, status: 'failed', statusReason: { text: reason } }, task.meta?.versionId);
  }

  /** A hub that does not answer is waited out; anything else is a bug. */
  async function guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      log.warn('delivery.hub-refused', { code: error.refusal.code });
    }
  }

  const reportFault = (): void => log.error('delivery.loop-faulted');

  /** One look at a time. Who asks while one is running wants what was written since: another follows. */
  async function lookAgain(): Promise<void> {
    await looking;
    looking ??= guarded(look).finally(() => {
      looking = undefined;
    });
    await looking;
  }

  /** The next look does not wait for lines under way: a site that answers slowly holds up no other. */
  function lookInBackground(): void {
    if (!isRunning) return;
    (looking ?? lookAgain()).catch(reportFault).finally(() => {
      if (!isRunning) return;
      const untilDue = nextDue === undefined ? pollMs : nextDue - clock.now();
      callOff = timer.after(Math.min(pollMs, Math.max(untilDue, pollMs / SOONEST_LOOK)), lookInBackground);
    });
  }

  return {
    async kick() {
      await lookAgain();
      await Promise.all(lines.values());
    },
    start() {
      if (isRunning) return;
      isRunning = true;
      lookInBackground();
    },
    async stop() {
      isRunning = false;
      callOff?.();
      await Promise.allSettled([looking, ...lines.values()]);
    },
  };
}

const lineOf = ({ siteId, channelIndex }: Delivery): string => `${siteId}/${channelIndex}`;

/** Whose reports must not overtake each other; a patient the hub has no resource of is known by the reading. */
const patientOf = ({ patientId, taskId }: Delivery): string => patientId ?? taskId;

function byChannel(due: readonly DueDelivery[]): Map<string, DueDelivery[]> {
  const lines = new Map<string, DueDelivery[]>();
  for (const one of due) {
    const line = lines.get(lineOf(one.delivery));
    if (line === undefined) lines.set(lineOf(one.delivery), [one]);
    else line.push(one);
  }
  return lines;
}

function earliestAfter(now: EpochMs, due: readonly DueDelivery[]): EpochMs | undefined {
  const later = due.map(({ delivery }) => delivery.notBefore).filter((at) => at > now);
  return later.length === 0 ? undefined : (Math.min(...later) as EpochMs);
}

const bySigning = (left: DueDelivery, right: DueDelivery): number =>
  left.delivery.signedAt - right.delivery.signedAt || (left.delivery.id < right.delivery.id ? -1 : 1);
