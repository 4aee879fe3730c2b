import type { Task } from 'fhir/r4';

import { confirm, type CriticalResult } from '#shared/domain/critical-result.ts';
import { changeCritical } from '#shared/fhir/critical-on-hub.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { criticalForSite, siteAnswer } from '#shared/fhir/critical-for-site.ts';
import { ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { Audit } from '#electron/ports/audit.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/**
 * The result at the site's own FHIR server, as a Task of theirs: created once under our identifier, looked at ever after. They confirm by setting it
 * `accepted` or `completed`. A server that is away or takes no Tasks holds up nothing. Throws FhirError only for the hub.
 */
export async function askSite(
  result: CriticalResult,
  siteFhir: FhirClient,
  {
    fhir,
    clock,
    log,
    audit,
  }: { readonly fhir: FhirClient; readonly clock: Clock; readonly log: Log; readonly audit: Audit },
): Promise<boolean> {
  let task: Task;
  try {
    task = await siteFhir.create<Task>(criticalForSite(result), ifNoneExist(SYSTEM.critical, result.uuid));
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    log.warn('critical.site-not-asked', { siteId: result.siteId, code: error.refusal.code });
    return false;
  }
  const answer = siteAnswer(task, clock.now());
  if (answer === undefined) return false;
  const by = { id: `site:${result.siteId}`, name: answer.by };
  await changeCritical(fhir, result.id, (now) => confirm(now, answer), {
    act: 'critical.acknowledged',
    at: clock.now(),
    by,
  });
  log.info('critical.acknowledged', { siteId: result.siteId, taskId: result.taskId, channel: 'fhir' });
  audit.record({
    act: 'critical.acknowledged',
    actor: by.id,
    siteId: result.siteId,
    taskId: result.taskId,
    channel: 'fhir',
  });
  return true;
}
