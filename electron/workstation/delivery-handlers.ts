import type { Clock } from '#shared/kernel/clock.ts';

import type { Deliveries } from './deliveries.ts';
import type { DeliveryActs } from './delivery-acts.ts';
import type { CallHandlers } from './door/api.ts';
import type { EventBus } from './event-bus.ts';

type DeliveryCalls = 'deliveries' | 'retryDelivery' | 'rerouteDelivery' | 'settleDelivery' | 'deliveryText';

/** Calls of the delivery board, to the use cases that answer them. */
export function createDeliveryHandlers(ports: {
  readonly deliveries: Deliveries;
  readonly deliveryActs: DeliveryActs;
  readonly signing: { waitingForHub(): number };
  readonly clock: Clock;
  readonly events: EventBus;
}): Pick<CallHandlers, DeliveryCalls> {
  const { deliveries, deliveryActs, signing, clock, events } = ports;
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const done = await answer;
    events.emit({ type: 'deliveries-changed' });
    return done;
  };
  return {
    deliveries: async () => ({
      at: clock.now(),
      deliveries: await deliveries.board(),
      waitingForHub: signing.waitingForHub(),
    }),
    retryDelivery: ({ deliveryId, again }) => told(deliveryActs.resend(deliveryId, again === true)),
    rerouteDelivery: ({ deliveryId, channelIndex }) => told(deliveryActs.reroute(deliveryId, channelIndex)),
    settleDelivery: ({ deliveryId }) => told(deliveryActs.settle(deliveryId)),
    deliveryText: ({ deliveryId }) => deliveryActs.text(deliveryId),
  };
}
