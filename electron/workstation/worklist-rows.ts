import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';

/** What the screen shows of one entry. A claim that has run out is not shown: the reading is ready again. */
export function rowOf(entry: WorklistEntry, opens: WorklistRow['opens']): WorklistRow {
  const { task, claim, mine, ineligible, why } = entry;
  return {
    taskId: task.id,
    state: task.state === 'claimed' && claim === undefined ? 'ready' : task.state,
    siteId: task.siteId,
    siteName: task.siteName,
    accessionNumber: task.accessionNumber,
    patient: { ...task.patient },
    exam: { ...task.exam },
    priority: task.priority,
    patientClass: task.patientClass,
    location: task.location,
    reason: task.reason,
    priorCount: task.priors.length,
    instanceCount: task.instanceCount,
    authoredOn: task.authoredOn,
    dueAt: task.dueAt,
    claim: claim === undefined ? undefined : { ...claim },
    mine,
    ineligible: [...ineligible],
    why: [...why],
    opens,
  };
}
