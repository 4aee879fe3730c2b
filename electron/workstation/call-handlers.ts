import type { CallResponse } from '#shared/contract/calls.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';
import { nextReading } from '#shared/domain/worklist.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import { CallFailure } from './call-failure.ts';
import type { Cases } from './cases.ts';
import type { Deliveries } from './deliveries.ts';
import type { CallHandlers } from './door/api.ts';
import type { EventBus } from './event-bus.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';
import type { Session } from './session.ts';
import type { SignReport } from './sign-report.ts';
import type { Watch } from './watch.ts';
import type { Worklist } from './worklist.ts';

type Ports = WorkstationPorts & {
  readonly session: Session;
  readonly readings: Readings;
  readonly worklist: Worklist;
  readonly cases: Cases;
  readonly sign: SignReport;
  readonly check: (task: ReadingTask, body: ReportBody) => Promise<readonly Complaint[]>;
  readonly deliveries: Deliveries;
  readonly events: EventBus;
  readonly watch: Watch;
};

/** Every call of the contract, to the use case that answers it. */
export function createCallHandlers(ports: Ports): CallHandlers {
  const { session, readings, worklist, cases, sign, deliveries, events, watch } = ports;

  /** The most urgent this reader may have; one that went to someone else in the meantime is passed over. */
  async function readNext(): Promise<CallResponse<'readNext'>> {
    const passed = new Set<string>();
    await readings.refresh();
    if (!readings.seen().hubReachable) return { status: 'hub-unreachable' };
    for (;;) {
      const free: WorklistEntry | undefined = nextReading(
        worklist.entries().filter((entry) => !passed.has(entry.task.id)),
      );
      if (free === undefined) return { status: 'empty' };
      const opened = await cases.open(free.task.id, false);
      if (opened.status === 'opened' || opened.status === 'hub-unreachable') return opened;
      passed.add(free.task.id);
    }
  }

  const caseChanged = () => {
    events.emit({ type: 'case-changed' });
  };

  return {
    session: async () => ({
      readerId: ports.reader.id,
      readerName: ports.reader.name,
      hasPin: ports.secrets.hasPin(),
      locked: session.isLocked(),
      isProtected: ports.secrets.isProtected(),
      version: ports.version,
      host: ports.host,
      demo: ports.demo,
      sites: ports.sites().map(({ id, name }) => ({ id, name })),
      hub: ports.hub,
    }),
    setPin: async ({ currentPin, pin }) => ({ status: await session.setPin(currentPin, pin) }),
    lock: async () => {
      session.lock();
      return {};
    },
    unlock: async ({ pin }) => {
      const status = await session.unlock(pin);
      if (status === 'unlocked') caseChanged();
      return { status };
    },
    worklist: async () => {
      const { at, hubReachable } = await readings.refresh();
      const nextTaskId = nextReading(worklist.entries())?.task.id;
      return {
        at,
        rows: worklist.rows(),
        nextTaskId,
        hubReachable,
        siteTroubles: ports.siteTroubles().map(({ siteName, code }) => ({ siteName, code })),
      };
    },
    readNext: async () => {
      const answer = await readNext();
      if (answer.status === 'opened') {
        watch.worklistChanged();
        caseChanged();
      }
      return answer;
    },
    openCase: async ({ taskId, readOnly }) => {
      const answer = await cases.open(taskId, readOnly);
      if (answer.status === 'opened') {
        if (!readOnly) watch.worklistChanged();
        caseChanged();
      }
      return answer;
    },
    openCaseNow: async () => ({ case: await cases.current() }),
    closeCase: async ({ taskId }) => {
      cases.leaveScreen(taskId);
      caseChanged();
      return {};
    },
    renewClaim: async ({ taskId }) => {
      const answer = await cases.renew(taskId);
      if (answer.status === 'held-by-another' || answer.status === 'order-closed')
        events.emit({ type: 'claim-lost', taskId });
      return answer;
    },
    returnToList: async ({ taskId }) => {
      const answer = await cases.returnToList(taskId);
      caseChanged();
      if (answer.status === 'returned') watch.worklistChanged();
      return answer;
    },
    saveDraft: (request) => cases.saveDraft(request),
    templates: async () => ({ templates: ports.templates as CallResponse<'templates'>['templates'] }),
    checkReport: async ({ taskId, body }) => {
      const task = cases.held(taskId)?.task ?? readings.find(taskId);
      if (task === undefined) throw new CallFailure('not-found', 'There is no such reading.');
      return { complaints: [...(await ports.check(task, body as ReportBody))] };
    },
    signReport: async (request) => {
      const answer = await sign.sign(request);
      if (answer.status === 'signed' || answer.status === 'signed-here') {
        caseChanged();
        await readings.refresh();
        watch.worklistChanged();
        events.emit({ type: 'deliveries-changed' });
      }
      return answer;
    },
    deliveries: async () => ({
      at: ports.clock.now(),
      deliveries: await deliveries.list(),
      waitingForHub: ports.signing.waitingForHub(),
    }),
    retryDelivery: async ({ deliveryId }) => {
      const answer = await deliveries.retry(deliveryId);
      if (answer.status === 'queued') events.emit({ type: 'deliveries-changed' });
      return answer;
    },
    importFolder: async ({ path }) => {
      const answer = await ports.folders.importFolder(path, ({ files, done }) => {
        events.emit({ type: 'import-progress', files, done });
      });
      if (answer.status === 'imported') watch.worklistChanged();
      return answer;
    },
    importDropped: async ({ batchId, name }) => {
      const path = await ports.dropped.gather(batchId, name);
      if (path === undefined) return { status: 'refused', reason: 'No file of this folder has arrived.' };
      const answer = await ports.folders.importFolder(path, ({ files, done }) => {
        events.emit({ type: 'import-progress', files, done });
      });
      if (answer.status === 'imported') watch.worklistChanged();
      return answer;
    },
    importedFolders: async () => ({ folders: [...(await ports.folders.importedFolders())] }),
  };
}
