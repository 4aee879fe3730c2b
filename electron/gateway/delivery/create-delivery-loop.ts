import type { Task } from 'fhir/r4';

import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import type { Timer } from '#electron/ports/timer.ts';
import { DELIVERY_CODE } from '#shared/fhir/systems.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import { attemptDelivery, type AttemptPorts, type DueDelivery } from './attempt-delivery.ts';

export interface DeliveryLoopPorts extends Omit<AttemptPorts, 'inFlightMs'> {
  readonly timer: Timer;
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
/** Longer than any channel waits for an answer: what is still unanswered then was left by a gateway that is gone. */
const IN_FLIGHT_MS = 40 * SECOND_MS;
const MAX_WAITING = 5000;

/** Brings signed reports to their sites: whatever the hub holds as waiting, again and again until it is accepted or with a person. */
export function createDeliveryLoop(ports: DeliveryLoopPorts): DeliveryLoop {
  const { fhir, clock, log, timer, pollMs = POLL_MS, inFlightMs = IN_FLIGHT_MS } = ports;
  const attemptPorts: AttemptPorts = { ...ports, inFlightMs };
  /** Lines under way, by channel: a site sees one message at a time, in the order of signing. */
  const lines = new Map<string, Promise<void>>();
  let isRunning = false;
  let isLooking = false;
  let callOff: (() => void) | undefined;

  async function findWaiting(): Promise<Task[]> {
    isLooking = true;
    try {
      const code = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;
      return await fhir.search<Task>('Task', { code, status: 'requested' }, MAX_WAITING);
    } finally {
      isLooking = false;
    }
  }

  async function look(): Promise<void> {
    const waiting = await findWaiting();
    const readable: DueDelivery[] = [];
    for (const task of waiting) {
      const delivery = deliveryFromFhir(task);
      if (delivery.ok) readable.push({ delivery: delivery.value, task });
      else if (delivery.error.code === 'unreadable') await handToPerson(task, delivery.error.reason);
    }
    for (const [channel, line] of byChannel(readable)) {
      if (lines.has(channel)) continue;
      const walk = walkLine(line).finally(() => lines.delete(channel));
      lines.set(channel, walk);
    }
    await Promise.all(lines.values());
  }

  /** One channel's deliveries, oldest first. A later version of a report waits for the earlier one; a site that is down is left alone for now. */
  async function walkLine(line: readonly DueDelivery[]): Promise<void> {
    const held = new Set<string>();
    for (const due of line.toSorted(bySigning)) {
      const { delivery } = due;
      if (held.has(delivery.taskId)) continue;
      held.add(delivery.taskId);
      if (delivery.notBefore > clock.now()) continue;
      const result = await attemptDelivery(due, attemptPorts);
      if (result === 'moved-on') held.delete(delivery.taskId);
      if (result === 'stuck') return;
    }
  }

  /** A delivery that cannot even be read is not left waiting where nobody looks. */
  async function handToPerson(task: Task, reason: string): Promise<void> {
    log.warn('delivery.unreadable', task.id === undefined ? {} : { deliveryId: task.id });
    await fhir.update<Task>({ ...task, status: 'failed', statusReason: { text: reason } }, task.meta?.versionId);
  }

  async function kick(): Promise<void> {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      log.warn('delivery.hub-refused', { code: error.refusal.code });
    }
  }

  /** The next look does not wait for lines under way: a site that answers slowly holds up no other. */
  function schedule(): void {
    callOff = timer.after(pollMs, () => {
      schedule();
      kickInBackground();
    });
  }

  function kickInBackground(): void {
    if (isLooking) return;
    kick().catch(() => {
      log.error('delivery.loop-faulted');
    });
  }

  return {
    kick,
    start() {
      if (isRunning) return;
      isRunning = true;
      schedule();
      kickInBackground();
    },
    async stop() {
      isRunning = false;
      callOff?.();
      await Promise.allSettled(lines.values());
    },
  };
}

const channelOf = ({ delivery }: DueDelivery): string => `${delivery.siteId}/${delivery.channelIndex}`;

function byChannel(due: readonly DueDelivery[]): Map<string, DueDelivery[]> {
  const lines = new Map<string, DueDelivery[]>();
  for (const one of due) {
    const line = lines.get(channelOf(one));
    if (line === undefined) lines.set(channelOf(one), [one]);
    else line.push(one);
  }
  return lines;
}

const bySigning = (left: DueDelivery, right: DueDelivery): number =>
  left.delivery.signedAt - right.delivery.signedAt || (left.delivery.id < right.delivery.id ? -1 : 1);
