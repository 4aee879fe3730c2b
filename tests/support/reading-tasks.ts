import type {
  AccessionNumber,
  PatientId,
  RadiologistId,
  SiteId,
  StudyInstanceUid,
  TaskId,
} from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';

/** 22:00 UTC on a night on call. */
export const NIGHT = Date.UTC(2026, 10, 21, 22) as EpochMs;
export const minutesFrom = (at: number, minutes: number): EpochMs => (at + minutes * MINUTE_MS) as EpochMs;

/** A reading that is here and waiting, unless told otherwise. */
export function readingTask(id: string, facts: Partial<ReadingTask> = {}): ReadingTask {
  return {
    id: id as TaskId,
    version: '1',
    state: 'ready',
    siteId: 'mercy' as SiteId,
    siteName: 'Mercy General',
    accessionNumber: `A-${id}` as AccessionNumber,
    patient: { id: `p-${id}` as PatientId, mrn: `M-${id}`, name: 'Doe^Jane', sex: 'F', birthDate: '1952-03-04' },
    exam: { text: 'CT head without contrast', modality: 'CT', bodyPart: 'HEAD', contrast: false },
    priority: 'stat',
    studyInstanceUids: [
      `1.2.${id.length}.${Array.from(id, (char) => char.charCodeAt(0)).join('')}` as StudyInstanceUid,
    ],
    instanceCount: 3,
    priors: [],
    authoredOn: minutesFrom(NIGHT, -10),
    dueAt: minutesFrom(NIGHT, 20),
    ...facts,
  };
}

export const reader = (facts: Partial<Radiologist> = {}): Radiologist => ({
  id: 'dr-lee' as RadiologistId,
  name: 'Lee^Dana',
  licences: [],
  subspecialties: [],
  ...facts,
});
