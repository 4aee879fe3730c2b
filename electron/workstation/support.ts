import type { CallResponse } from '#shared/contract/calls.ts';
import type { DeliveryView, WorklistRow } from '#shared/contract/schemas.ts';
import { byTimeLeft, nextContact } from '#shared/domain/critical-result.ts';
import { acknowledgementDueAt, type Delivery } from '#shared/domain/delivery.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readOpenCriticals } from '#shared/fhir/critical-on-hub.ts';
import { readOpenRecommendations } from '#shared/fhir/recommendation-on-hub.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';

import { contactView, viewOf, type Critical } from './critical.ts';
import type { Deliveries } from './deliveries.ts';
import type { InboxLinks } from './inbox-links.ts';
import { onHub } from './on-hub.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Questions } from './questions.ts';
import type { Readings } from './readings.ts';

/** Ordered so long ago and no images yet: somebody asks the site. */
const IMAGES_LATE_MS = 15 * MINUTE_MS;
/** Due so soon and not signed: somebody looks who reads it. */
const BREACH_AHEAD_MS = 30 * MINUTE_MS;

export interface Support {
  desk(): Promise<CallResponse<'support'>>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'clock'> & {
  readonly readings: Readings;
  readonly critical: Critical;
  readonly questions: Questions;
  readonly deliveries: Deliveries;
  readonly inboxLinks: InboxLinks;
  readonly rowFor: (task: ReadingTask) => WorklistRow;
};

/** Everything that waits for a person who is not reading now. */
export function createSupport(ports: Ports): Support {
  const { fhir, clock, readings, critical, questions, deliveries, inboxLinks, rowFor } = ports;

  async function calls(now: EpochMs): Promise<CallResponse<'support'>['calls']> {
    const open = await readOpenCriticals(fhir);
    return open
      .filter(({ caller }) => caller === 'support-desk')
      .toSorted(byTimeLeft)
      .map((result) => {
        const rules = critical.rulesOf(result.siteId);
        const next = result.escalations.at(-1)?.to ?? nextContact(result, rules, now);
        return {
          result: viewOf(result),
          ...(next === undefined ? {} : { next: { ...contactView(next, rules, now), isOnCall: true } }),
        };
      });
  }

  return {
    async desk() {
      const now = clock.now();
      const { tasks } = await readings.refresh();
      return await onHub(async () => {
        const [toCall, recommendations, asked, sent, inbox] = await Promise.all([
          calls(now),
          readOpenRecommendations(fhir),
          questions.list(),
          deliveries.list(),
          inboxLinks.list(),
        ]);
        return {
          at: now,
          calls: toCall,
          recommendations: recommendations.filter(({ dueAt }) => dueAt <= now).toSorted((a, b) => a.dueAt - b.dueAt),
          questions: asked,
          missingImages: tasks
            .filter(({ state, authoredOn }) => state === 'ordered' && authoredOn + IMAGES_LATE_MS <= now)
            .toSorted((one, other) => one.authoredOn - other.authoredOn)
            .map(rowFor),
          stuckDeliveries: sent.filter((delivery) => isStuck(delivery, now)) as DeliveryView[],
          breaches: tasks
            .filter(({ state, dueAt }) => (state === 'ready' || state === 'claimed') && isSoon(dueAt, now))
            .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))
            .map(rowFor),
          inbox,
        };
      });
    },
  };
}

const isSoon = (dueAt: EpochMs | undefined, now: EpochMs): boolean =>
  dueAt !== undefined && dueAt <= now + BREACH_AHEAD_MS;

const isStuck = (delivery: Delivery, now: EpochMs): boolean =>
  delivery.state === 'with-a-person' ||
  (delivery.state === 'waiting' && acknowledgementDueAt(delivery, undefined) <= now);
