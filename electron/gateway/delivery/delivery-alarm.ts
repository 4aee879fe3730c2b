import { acknowledgementDueAt, type Delivery } from '#shared/domain/delivery.ts';
import type { Site } from '#shared/domain/site.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/**
 * Says once of each delivery that its site has not acknowledged in time. Readers see the same on their board, where every workstation works it out for
 * itself: an alarm must not depend on the gateway that is late.
 */
export function createDeliveryAlarm({ sites, log }: { readonly sites: () => readonly Site[]; readonly log: Log }) {
  const raised = new Set<string>();
  return {
    look(open: readonly Delivery[], now: EpochMs): void {
      const windows = new Map(sites().map(({ id, acknowledgeWithinMinutes }) => [id, acknowledgeWithinMinutes]));
      const late = open.filter((delivery) => acknowledgementDueAt(delivery, windows.get(delivery.siteId)) <= now);
      for (const { id, siteId, channel, attempts } of late) {
        if (!raised.has(id)) {
          log.error('delivery.overdue', { deliveryId: id, siteId, channel, attempt: attempts });
        }
      }
      raised.clear();
      for (const { id } of late) raised.add(id);
    },
  };
}
