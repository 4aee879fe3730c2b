import type { EpochMs } from '#shared/kernel/clock.ts';

export interface QuietStudies {
  /** Notes the number of instances an archive holds of a study now; tells for how long it has not changed. */
  observe(studyInstanceUid: string, instances: number, now: EpochMs): number;
  forget(studyInstanceUid: string): void;
}

/** Remembers since when the number of instances of each study has been the same. Lost at a restart: then the quiet time begins anew. */
export function createQuietStudies(): QuietStudies {
  const seen = new Map<string, { readonly instances: number; readonly since: EpochMs }>();
  return {
    observe(uid, instances, now) {
      const before = seen.get(uid);
      if (before === undefined || before.instances !== instances) {
        seen.set(uid, { instances, since: now });
        return 0;
      }
      return now - before.since;
    },
    forget: (uid) => void seen.delete(uid),
  };
}
