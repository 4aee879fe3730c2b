import type { StudyRef } from '#electron/workstation/ports.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

/** Where a study lies, by the readings that speak of it: the open case's site before all others. */
export interface StudyCatalogue {
  showOpenCase(studies: readonly StudyRef[]): void;
  find(studyInstanceUid: string): StudyRef | undefined;
}

/** `elsewhere`: priors that readings do not tell of, since they lie at other sites. */
export function createStudyCatalogue(
  readings: () => readonly ReadingTask[],
  elsewhere: (studyInstanceUid: string) => StudyRef | undefined,
): StudyCatalogue {
  let openCase: readonly StudyRef[] = [];
  return {
    showOpenCase(studies) {
      openCase = studies;
    },
    find(studyInstanceUid) {
      const open = openCase.find((study) => study.studyInstanceUid === studyInstanceUid);
      if (open !== undefined) return open;
      const uid = studyInstanceUid as StudyInstanceUid;
      const tasks = readings();
      const task =
        tasks.find((each) => each.studyInstanceUids.includes(uid)) ??
        tasks.find((each) => each.priors.some((prior) => prior.studyInstanceUid === uid));
      return task === undefined ? elsewhere(studyInstanceUid) : { siteId: task.siteId, studyInstanceUid: uid };
    },
  };
}
