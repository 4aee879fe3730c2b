import type { Brand } from '../kernel/brand.ts';
import type { ReadingTask } from './reading-task.ts';

/** Names the one case a panel is showing. Viewer, notes and report each carry it; signing demands all three alike. */
export type ContextKey = Brand<string, 'ContextKey'>;

/** Deterministic: task, patient and studies. A panel left on another patient, order or study has another key. */
export function contextKeyOf(task: Pick<ReadingTask, 'id' | 'patient' | 'studyInstanceUids'>): ContextKey {
  return [task.id, task.patient.id, ...[...task.studyInstanceUids].sort()].join('|') as ContextKey;
}
