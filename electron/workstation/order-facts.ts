import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import { hubUnreachable } from './call-failure.ts';
import type { Claims } from './claims.ts';
import type { Readings } from './readings.ts';

/** The reading as the hub last showed it; else as it holds it now. Throws CallFailure while the hub is away. */
export async function findReading(
  taskId: string,
  { readings, claims }: { readonly readings: Readings; readonly claims: Claims },
): Promise<ReadingTask | undefined> {
  const seen = readings.find(taskId);
  if (seen !== undefined) return seen;
  const read = await claims.read(taskId as TaskId);
  if (read.ok) return read.value;
  if (read.error === 'hub-unreachable') throw hubUnreachable();
  return undefined;
}

/** What a critical result, a recommendation or a question says of the order it belongs to. */
export const placeOfTask = (task: ReadingTask) => ({
  taskId: task.id,
  siteId: task.siteId,
  siteName: task.siteName,
  ...(task.accessionNumber === undefined ? {} : { accessionNumber: task.accessionNumber }),
  ...(task.patient.id === '' ? {} : { patientId: task.patient.id }),
  patientName: task.patient.name,
  examText: task.exam.text,
});
