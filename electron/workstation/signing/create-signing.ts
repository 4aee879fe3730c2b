import type { SignInput, SignOutcome, Signing, WaitingSignature } from '#electron/workstation/ports.ts';
import type { SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { leavesAt } from '#shared/fhir/signing-transaction.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SigningKey, SignQueue, UndoWindow, WaitingReport } from './ports.ts';
import { sendReport, type SendOutcome } from './send-report.ts';
import { signedReportOf } from './signed-report-of.ts';
import { undoReport } from './undo-report.ts';

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

/**
 * Signs, keeps and sends. A signature is on this disk before the hub hears of it: whatever dies in between, the report goes out once, under the ids that
 * were given when it was signed.
 */
export function createSigning({ fhir, sites, queue, key, clock, log, newUuid }: SigningPorts): SigningWithQueue {
  const siteOf = (siteId: SiteId): Site | undefined => sites().find((site) => site.id === siteId);
  const send = (report: WaitingReport): Promise<SendOutcome> =>
    sendReport(report, { fhir, site: siteOf(report.task.siteId) });
  /** On their way to the hub at this moment. */
  const underWay = new Set<string>();

  const isKept = async (report: WaitingReport): Promise<boolean> => {
    try {
      await queue.put(report, leavesAt(report.signed, siteOf(report.task.siteId)));
      return true;
    } catch {
      log.error('report.not-kept', { taskId: report.task.id });
      return false;
    }
  };

  async function sign(input: SignInput): Promise<SignOutcome> {
    if (queue.list().some((entry) => entry.taskId === input.task.id)) return { status: 'signed-here' };
    const signed = signedReportOf(input, newUuid(), clock.now());
    const signature = await key.sign(canonicalize(signed));
    const report: WaitingReport = {
      signed,
      signature,
      task: input.task,
      key: await key.publicKey(),
      ...(input.facts?.thenReadAgain === true ? { thenReadAgain: true } : {}),
      ...(input.facts?.firstDraft === undefined ? {} : { firstDraft: input.facts.firstDraft }),
    };
    underWay.add(signed.reportUuid);
    try {
      const kept = await isKept(report);
      const outcome = await send(report);
      log.info('report.signed', { taskId: input.task.id, siteId: input.task.siteId, code: outcome.status });
      return answer(report, outcome, kept);
    } finally {
      underWay.delete(signed.reportUuid);
    }
  }

  function answer(report: WaitingReport, outcome: SendOutcome, kept: boolean): SignOutcome {
    const { signed } = report;
    const undoUntil = leavesAt(signed, siteOf(signed.task.siteId));
    // What this disk did not take is not at hand to be taken back.
    const isUndoable = kept && undoUntil > clock.now();
    switch (outcome.status) {
      case 'signed':
        queue.sent(signed.reportUuid);
        return { ...outcome, reportUuid: signed.reportUuid, ...(isUndoable ? { undoUntil } : {}) };
      case 'unreachable':
      case 'rejected':
        if (!kept) return { status: 'not-kept' };
        if (outcome.status === 'rejected') queue.setAside(signed.reportUuid, outcome.problem);
        return { status: 'signed-here', reportUuid: signed.reportUuid, ...(isUndoable ? { undoUntil } : {}) };
      case 'claim-lost':
      case 'already-signed':
      case 'superseded':
        // The signer is told now, and their text is still theirs: nothing waits for anybody.
        queue.remove(signed.reportUuid);
        return outcome;
      default:
        return outcome satisfies never;
    }
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
        queue.sent(reportUuid);
        return true;
      case 'unreachable':
        return false;
      case 'claim-lost':
      case 'already-signed':
      case 'superseded':
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
    queue.forgetLeft(clock.now());
    for (const entry of queue.list()) {
      if (entry.state !== 'waiting' || underWay.has(entry.reportUuid)) continue;
      underWay.add(entry.reportUuid);
      try {
        if (!(await flushOne(entry.reportUuid))) return;
      } finally {
        underWay.delete(entry.reportUuid);
      }
    }
  }

  const waiting = () => queue.list().filter(({ reportUuid }) => !underWay.has(reportUuid));

  async function waitingList(): Promise<WaitingSignature[]> {
    const entries = await Promise.all(
      waiting().map(async ({ reportUuid, taskId, state, problem }) => {
        const report = await queue.get(reportUuid);
        return {
          reportUuid,
          taskId,
          state,
          ...(problem === undefined ? {} : { problem }),
          ...(report === undefined ? {} : { signed: report.signed }),
        };
      }),
    );
    return entries;
  }

  function undoable(): UndoWindow[] {
    const windows = queue.undoable(clock.now()).filter(({ reportUuid }) => !underWay.has(reportUuid));
    return [...new Map(windows.map((window) => [window.taskId, window])).values()];
  }

  let flushing: Promise<void> | undefined;
  const signing = new Map<TaskId, Promise<SignOutcome>>();
  return {
    /** A second press while the first is under way gets the first one's answer. */
    sign(input) {
      const before = signing.get(input.task.id);
      if (before !== undefined) return before;
      const started = sign(input).finally(() => signing.delete(input.task.id));
      signing.set(input.task.id, started);
      return started;
    },
    async undo(taskId) {
      const last = undoable().find((window) => window.taskId === taskId);
      const report = last === undefined ? undefined : await queue.get(last.reportUuid);
      if (report === undefined) return 'too-late';
      const { signed, task: before } = report;
      const isQueued = queue.list().some(({ reportUuid }) => reportUuid === signed.reportUuid);
      const channels = siteOf(signed.task.siteId)?.returns.length ?? 0;
      const outcome = isQueued ? 'undone' : await undoReport(signed, { fhir, before, channels, now: clock.now() });
      if (outcome === 'undone') queue.remove(signed.reportUuid);
      log.info('report.undo', { taskId, code: outcome });
      return outcome;
    },
    undoable,
    flush() {
      flushing ??= flushAll().finally(() => {
        flushing = undefined;
      });
      return flushing;
    },
    waitingForHub: () => waiting().length,
    isWaiting: (taskId) => queue.list().some((entry) => entry.taskId === taskId),
    waitingList,
    sendAgain(reportUuid) {
      queue.putBack(reportUuid);
    },
    discard(reportUuid) {
      queue.remove(reportUuid);
    },
    publicKey: () => key.publicKey(),
  };
}
