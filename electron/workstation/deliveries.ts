import type { Task } from 'fhir/r4';

import type { DeliveryView } from '#shared/contract/schemas.ts';
import { acknowledgementDueAt, isOpenDelivery, legsOf, type Delivery } from '#shared/domain/delivery.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { DELIVERY_CODE } from '#shared/fhir/systems.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { onHub } from './on-hub.ts';

/** Closed deliveries are shown for so long; open ones until they are closed. */
const SHOWN_FOR_MS = 7 * DAY_MS;
const OPEN = 'draft,requested,received,accepted,ready,in-progress,on-hold,failed,rejected';
const MAX_DELIVERIES = 2000;

export interface Deliveries {
  /** Newest first. Throws CallFailure while the hub is away. */
  list(): Promise<Delivery[]>;
  /** The same as the board shows them. */
  board(): Promise<DeliveryView[]>;
}

export function createDeliveries({
  fhir,
  sites,
  clock,
  log,
}: {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly clock: Clock;
  readonly log: Log;
}): Deliveries {
  async function search(): Promise<Task[]> {
    const code = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;
    const since = toIso((clock.now() - SHOWN_FOR_MS) as EpochMs);
    const answers = await Promise.all([
      fhir.search<Task>('Task', { code, status: OPEN }, MAX_DELIVERIES),
      fhir.search<Task>('Task', { code, status: 'completed', _lastUpdated: `ge${since}` }, MAX_DELIVERIES),
    ]);
    return answers.flat();
  }

  async function list(): Promise<Delivery[]> {
    const byId = new Map<string, Delivery>();
    let unreadable = 0;
    for (const resource of await onHub(search)) {
      const delivery = deliveryFromFhir(resource);
      if (delivery.ok) byId.set(delivery.value.id, delivery.value);
      else if (delivery.error.code === 'unreadable') unreadable += 1;
    }
    if (unreadable > 0) log.warn('deliveries.unreadable', { count: unreadable });
    return [...byId.values()].toSorted(
      (one, other) => other.signedAt - one.signedAt || (one.id < other.id ? -1 : Number(one.id > other.id)),
    );
  }

  return {
    list,
    async board() {
      const byId = new Map(sites().map((site) => [site.id, site]));
      const now = clock.now();
      return (await list()).map((delivery) => viewOf(delivery, byId.get(delivery.siteId), now));
    },
  };
}

function viewOf(delivery: Delivery, site: Site | undefined, now: EpochMs): DeliveryView {
  const otherChannels = (site?.returns ?? []).flatMap(({ kind }, channelIndex) =>
    channelIndex === delivery.channelIndex ? [] : [{ channelIndex, channel: kind }],
  );
  return {
    ...delivery,
    legs: legsOf(delivery, now),
    acknowledgeBy: acknowledgementDueAt(delivery, site?.acknowledgeWithinMinutes),
    ...(isOpenDelivery(delivery) && otherChannels.length > 0 ? { otherChannels } : {}),
  };
}
