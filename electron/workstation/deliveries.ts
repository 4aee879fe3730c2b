import type { Task } from 'fhir/r4';

import type { CallResponse } from '#shared/contract/calls.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { DELIVERY_CODE } from '#shared/fhir/systems.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { hubUnreachable } from './call-failure.ts';

/** Accepted deliveries are shown for so long; open ones until they are accepted. */
const SHOWN_FOR_MS = 7 * DAY_MS;
const NOT_ACCEPTED = 'draft,requested,received,accepted,ready,in-progress,on-hold,failed,rejected';
const MAX_DELIVERIES = 2000;
const MAX_CONFLICTS = 5;

export interface Deliveries {
  /** Newest first. Throws CallFailure while the hub is away. */
  list(): Promise<Delivery[]>;
  /** Puts a delivery that waits or is with a person back in line, due now. */
  retry(deliveryId: string): Promise<CallResponse<'retryDelivery'>>;
}

export function createDeliveries({
  fhir,
  clock,
  log,
}: {
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
}): Deliveries {
  const asCall = (error: unknown): unknown => (error instanceof FhirError ? hubUnreachable() : error);

  async function search(): Promise<Task[]> {
    const code = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;
    const since = toIso((clock.now() - SHOWN_FOR_MS) as EpochMs);
    const answers = await Promise.all([
      fhir.search<Task>('Task', { code, status: NOT_ACCEPTED }, MAX_DELIVERIES),
      fhir.search<Task>('Task', { code, status: 'completed', _lastUpdated: `ge${since}` }, MAX_DELIVERIES),
    ]);
    return answers.flat();
  }

  /** Undefined: another write came in between. */
  async function retryOnce(deliveryId: string): Promise<CallResponse<'retryDelivery'> | undefined> {
    try {
      const resource = await fhir.read<Task>('Task', deliveryId);
      const delivery = deliveryFromFhir(resource);
      if (!delivery.ok) return { status: 'not-found' };
      if (delivery.value.state === 'accepted') return { status: 'already-accepted' };
      const queued: Delivery = { ...delivery.value, state: 'waiting', notBefore: clock.now() };
      await fhir.update<Task>(deliveryToFhir(queued, undefined, resource), delivery.value.version);
      log.info('delivery.queued-again', { deliveryId });
      return { status: 'queued' };
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'conflict') return undefined;
      if (error instanceof FhirError && error.refusal.code === 'not-found') return { status: 'not-found' };
      throw asCall(error);
    }
  }

  return {
    async list() {
      let resources: Task[];
      try {
        resources = await search();
      } catch (error) {
        throw asCall(error);
      }
      const byId = new Map<string, Delivery>();
      let unreadable = 0;
      for (const resource of resources) {
        const delivery = deliveryFromFhir(resource);
        if (delivery.ok) byId.set(delivery.value.id, delivery.value);
        else unreadable += 1;
      }
      if (unreadable > 0) log.warn('deliveries.unreadable', { count: unreadable });
      return [...byId.values()].toSorted(
        (one, other) => other.signedAt - one.signedAt || (one.id < other.id ? -1 : Number(one.id > other.id)),
      );
    },
    async retry(deliveryId) {
      for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
        const answer = await retryOnce(deliveryId);
        if (answer !== undefined) return answer;
      }
      throw hubUnreachable();
    },
  };
}
