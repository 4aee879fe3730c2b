import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { declinedBy, handedOverTo } from '#shared/domain/reading-act.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';
import { clipText, isTooLong } from '#shared/domain/words.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';

/** What the screen shows of one entry. A claim that has run out is not shown: the reading is ready again. */
export function rowOf(entry: WorklistEntry, opens: WorklistRow['opens'], reader: RadiologistId): WorklistRow {
  const { task, claim, mine, ineligible, placement } = entry;
  return {
    taskId: task.id,
    state: task.state === 'claimed' && claim === undefined ? 'ready' : task.state,
    siteId: task.siteId,
    siteName: task.siteName,
    accessionNumber: task.accessionNumber,
    patient: isTooLong(task.patient.name) ? { ...task.patient, name: clipText(task.patient.name) } : task.patient,
    exam: isTooLong(task.exam.text) ? { ...task.exam, text: clipText(task.exam.text) } : task.exam,
    priority: task.priority,
    patientClass: task.patientClass,
    location: clipped(task.location),
    reason: clipped(task.reason),
    priorCount: task.priors.length,
    instanceCount: task.instanceCount,
    authoredOn: task.authoredOn,
    dueAt: dueOf(entry),
    claim,
    mine,
    ineligible: [...ineligible],
    warnings: [...entry.warnings],
    isPatientWaiting: task.patientWaiting === true,
    isEscalated: task.escalation !== undefined,
    standsAs: placement.standsAs === task.priority ? undefined : placement.standsAs,
    waiting: waitingOf(task.pauses),
    isHeldBack: entry.heldBack.length > 0,
    declined: declinedBy(task.acts, reader)?.reason,
    handedOverBy: mine ? handedOverTo(task.acts, reader)?.byName : undefined,
    opens,
  };
}

/** A pause that has not ended. */
function waitingOf(pauses: ReadingTask['pauses']): WorklistRow['waiting'] {
  const open = pauses?.find(({ until }) => until === undefined);
  return open === undefined ? undefined : { since: open.from, reason: open.reason };
}

const clipped = (text: string | undefined) => (text === undefined ? undefined : clipText(text));

/** With the pauses of the fair clock; to the minute while one runs, or every look would draw the row again. */
function dueOf({ task, placement }: WorklistEntry): number | undefined {
  if (task.state === 'completed' || placement.dueAt === task.dueAt) return task.dueAt;
  return Math.floor(placement.dueAt / MINUTE_MS) * MINUTE_MS;
}

/** Whether a screen that shows the one need not draw the other. */
export function isSameRow(one: WorklistRow, other: WorklistRow): boolean {
  return (Object.keys({ ...one, ...other }) as (keyof WorklistRow)[]).every((key) => isSame(one[key], other[key]));
}

const isSame = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) ||
  (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));
