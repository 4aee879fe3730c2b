import type { Task } from 'fhir/r4';

import type { Audit } from '#electron/ports/audit.ts';
import { confirm, type CriticalResult } from '#shared/domain/critical-result.ts';
import { criticalForSite, siteAnswer } from '#shared/fhir/critical-for-site.ts';
import { changeCritical } from '#shared/fhir/critical-on-hub.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import { SECOND_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/** Resolves to true when the site has confirmed. Throws FhirError only for the hub. */
export type AskSite = (result: CriticalResult, siteFhir: FhirClient) => Promise<boolean>;

interface Asked {
  /** Of the Task at the site, once it is there. */
  readonly taskId?: string;
  readonly at: EpochMs;
  /** Why it could not be asked the last time. */
  readonly code?: string;
}

/** A site's server is not asked about one result more often. */
const ASK_EVERY_MS = 15 * SECOND_MS;

/**
 * The result at the site's own FHIR server, as a Task of theirs: created once under our identifier, looked at ever after. They confirm by setting it
 * `accepted` or `completed`. A server that is away or takes no Tasks holds up nothing, and is told of in the log once.
 */
export function createAskSite(ports: {
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
}): AskSite {
  const { fhir, clock, log, audit } = ports;
  const asked = new Map<string, Asked>();

  const taskOf = (result: CriticalResult, taskId: string | undefined, siteFhir: FhirClient): Promise<Task> =>
    taskId === undefined
      ? siteFhir.create<Task>(criticalForSite(result), ifNoneExist(SYSTEM.critical, result.uuid))
      : siteFhir.read<Task>('Task', taskId);

  return async (result, siteFhir) => {
    const { uuid, siteId } = result;
    const before = asked.get(uuid);
    const at = clock.now();
    if (before !== undefined && at - before.at < ASK_EVERY_MS) return false;
    let task: Task;
    try {
      task = await taskOf(result, before?.taskId, siteFhir);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      const { code } = error.refusal;
      if (before?.code !== code) log.warn('critical.site-not-asked', { siteId, code });
      // A Task that is gone there is made anew.
      const kept = before?.taskId === undefined || code === 'not-found' ? {} : { taskId: before.taskId };
      asked.set(uuid, { at, code, ...kept });
      return false;
    }
    asked.set(uuid, { at, ...(task.id === undefined ? {} : { taskId: task.id }) });
    const answer = siteAnswer(task, at);
    if (answer === undefined) return false;
    const by = { id: `site:${siteId}`, name: answer.by };
    await changeCritical(fhir, result.id, (now) => confirm(now, answer), { act: 'critical.acknowledged', at, by });
    asked.delete(uuid);
    log.info('critical.acknowledged', { siteId, taskId: result.taskId, channel: 'fhir' });
    audit.record({ act: 'critical.acknowledged', actor: by.id, siteId, taskId: result.taskId, channel: 'fhir' });
    return true;
  };
}
