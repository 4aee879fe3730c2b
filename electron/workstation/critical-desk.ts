import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readOpenCriticals } from '#shared/fhir/critical-on-hub.ts';

import type { Claims } from './claims.ts';
import { createCritical, type Critical } from './critical.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventBus } from './event-bus.ts';
import { createInboxLinks, type InboxLinks } from './inbox-links.ts';
import type { WorkstationPorts } from './ports.ts';
import { createQuestions, type Questions } from './questions.ts';
import type { Readings } from './readings.ts';
import { createSupport, type Support } from './support.ts';

/** What must be heard by someone at a site, and who sees to it. */
export interface CriticalDesk {
  readonly critical: Critical;
  readonly questions: Questions;
  readonly support: Support;
  readonly inboxLinks: InboxLinks;
  readonly events: EventBus;
  /** Looks at the hub and tells the screen when an open result changed. */
  look(): Promise<void>;
}

type Ports = WorkstationPorts & {
  readonly readings: Readings;
  readonly claims: Claims;
  readonly deliveries: Deliveries;
  readonly rowFor: (task: ReadingTask) => WorklistRow;
  readonly events: EventBus;
};

export function createCriticalDesk(ports: Ports): CriticalDesk {
  const { fhir, events } = ports;
  const critical = createCritical(ports);
  const questions = createQuestions(ports);
  const inboxLinks = createInboxLinks(ports);
  const support = createSupport({ ...ports, critical, questions, inboxLinks });
  let seen = '';
  let isStale = false;
  let running: Promise<void> | undefined;

  async function lookOnce(): Promise<void> {
    const open = await readOpenCriticals(fhir).catch(() => undefined);
    if (open === undefined) return;
    const signature = open.map(({ id, version }) => `${id}/${version}`).join();
    if (signature !== seen) events.emit({ type: 'critical-changed' });
    seen = signature;
  }

  /** Changes that come while the hub is being asked are asked for once more. */
  async function lookWhileStale(): Promise<void> {
    while (isStale) {
      isStale = false;
      await lookOnce();
    }
  }

  return {
    critical,
    questions,
    support,
    inboxLinks,
    events,
    async look() {
      isStale = true;
      running ??= lookWhileStale().finally(() => {
        running = undefined;
      });
      await running;
    },
  };
}
