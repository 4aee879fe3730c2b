import type { SignInput, SignOutcome, Signing } from '#electron/workstation/ports.ts';
import type { SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { SigningKey, SignQueue, WaitingReport } from './ports.ts';
import { sendReport, type SendOutcome } from './send-report.ts';

export interface SigningPorts {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly queue: SignQueue;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly log: Log;
  readonly newUuid: () => string;
}

export interface SigningWithQueue extends Signing {
  isWaiting(taskId: TaskId): boolean;
  /** Sends what waits, oldest first, until the hub stops answering. Call at start and whenever the hub answers again. */
  flush(): Promise<void>;
}

export function createSigning({ fhir, sites, queue, key, clock, log, newUuid }: SigningPorts): SigningWithQueue {
  const siteOf = (siteId: SiteId): Site | undefined => sites().find((site) => site.id === siteId);
  const send = (report: WaitingReport): Promise<SendOutcome> =>
    sendReport(report, { fhir, site: siteOf(report.task.siteId) });

  async function sign(input: SignInput): Promise<SignOutcome> {
    const queued = queue.list().find((entry) => entry.taskId === input.task.id);
    if (queued !== undefined) return { status: 'signed-here' };
    const signed = signedReport(input, newUuid(), clock);
    const report = { signed, signature: await key.sign(canonicalize(signed)), task: input.task };
    const outcome = await send(report);
    log.info('report.signed', { taskId: input.task.id, siteId: input.task.siteId, code: outcome.status });
    if (outcome.status === 'unreachable' || outcome.status === 'rejected') {
      await queue.put(report);
      if (outcome.status === 'rejected') queue.setAside(signed.reportUuid, outcome.problem);
      return { status: 'signed-here' };
    }
    return outcome;
  }

  /** False when the hub did not answer, so that trying the next one is useless. */
  async function flushOne(reportUuid: string): Promise<boolean> {
    const report = await queue.get(reportUuid);
    if (report === undefined) {
      log.warn('queue.unreadable');
      return true;
    }
    const outcome = await send(report);
    log.info('report.flushed', { taskId: report.task.id, code: outcome.status });
    switch (outcome.status) {
      case 'signed':
        queue.remove(reportUuid);
        return true;
      case 'unreachable':
        return false;
      case 'claim-lost':
      case 'already-signed':
        queue.setAside(reportUuid, outcome.status);
        return true;
      case 'rejected':
        queue.setAside(reportUuid, outcome.problem);
        return true;
      default:
        return outcome satisfies never;
    }
  }

  async function flushAll(): Promise<void> {
    for (const entry of queue.list()) {
      if (entry.state === 'waiting' && !(await flushOne(entry.reportUuid))) return;
    }
  }

  let flushing: Promise<void> | undefined;
  const signing = new Map<TaskId, Promise<SignOutcome>>();
  return {
    /** A second press while the first is under way gets the first one's answer. */
    sign(input) {
      const underWay = signing.get(input.task.id);
      if (underWay !== undefined) return underWay;
      const started = sign(input).finally(() => signing.delete(input.task.id));
      signing.set(input.task.id, started);
      return started;
    },
    flush() {
      flushing ??= flushAll().finally(() => {
        flushing = undefined;
      });
      return flushing;
    },
    waitingForHub: () => queue.list().length,
    isWaiting: (taskId) => queue.list().some((entry) => entry.taskId === taskId),
  };
}

const signedReport = (
  { task, contextKey, body, reader }: SignInput,
  reportUuid: string,
  clock: Clock,
): SignedReport => ({
  reportUuid,
  version: 1,
  state: 'final',
  taskId: task.id,
  contextKey,
  task: {
    siteId: task.siteId,
    siteName: task.siteName,
    patient: task.patient,
    exam: task.exam,
    ...(task.accessionNumber === undefined ? {} : { accessionNumber: task.accessionNumber }),
    ...(task.orderedBy === undefined ? {} : { orderedBy: task.orderedBy }),
    ...(task.reason === undefined ? {} : { reason: task.reason }),
  },
  studyInstanceUids: task.studyInstanceUids,
  body,
  signedBy: { id: reader.id, name: reader.name },
  signedAt: clock.now(),
});
