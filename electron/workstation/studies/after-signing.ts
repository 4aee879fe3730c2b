import { z } from 'zod';

import type { StudyRef } from '#electron/workstation/ports.ts';
import type { StoredList } from '#electron/workstation/stored-list.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '#shared/kernel/clock.ts';

import { isPicture, sopInstanceUidOf } from './series-order.ts';
import { studyKey, type StudyMetadata } from './study-metadata.ts';

/** Images that a site sent after their reading was signed, until somebody looked at them. They outlive the program. */
export interface AfterSigning {
  /** Asks the sites of readings signed in this shift. */
  look(tasks: readonly ReadingTask[]): Promise<void>;
  /** These images of a study were painted. */
  seen(study: StudyRef, sopInstanceUids: ReadonlySet<string>): void;
  /** How many of a reading were not looked at. */
  count(task: ReadingTask): number;
  /** Which of a study's those are, as far as is known what was there before. */
  imagesOf(study: StudyRef): readonly string[];
}

export const lateStudySchema = z.object({
  /** Site and study. */
  key: z.string(),
  sopInstanceUids: z.array(z.string()),
  /** Images of which is only known that they are more; the first look at the study counts for them. */
  uncertain: z.number().int().nonnegative(),
});
type LateStudy = z.infer<typeof lateStudySchema>;

const LOOK_AGAIN_MS = 5 * MINUTE_MS;
const LOAD_AGAIN_MS = 30 * SECOND_MS;

export function createAfterSigning({
  metadata,
  countAt,
  kept,
  clock,
  changed,
}: {
  readonly metadata: StudyMetadata;
  /** Instances the site holds now. */
  readonly countAt: (study: StudyRef) => Promise<number>;
  readonly kept: StoredList<LateStudy>;
  readonly clock: Clock;
  /** More has come of a study. */
  readonly changed: (studyInstanceUid: StudyInstanceUid, count: number) => void;
}): AfterSigning {
  const lookedAt = new Map<string, number>();
  const unseen = new Map<string, LateStudy>();
  /** Studies of which this program knows more than what is stored. */
  const changedHere = new Set<string>();
  let [loadedAt, isLoaded] = [Number.NEGATIVE_INFINITY, false];

  const ofKey = (key: string): LateStudy => unseen.get(key) ?? { key, sopInstanceUids: [], uncertain: 0 };

  /** What is stored cannot be read before the reader has signed in; until something was, it is asked for again. */
  async function takeUpStored(): Promise<void> {
    if (isLoaded) return;
    const stored = await kept.load();
    for (const one of stored) if (!changedHere.has(one.key)) unseen.set(one.key, one);
    isLoaded = stored.length > 0;
  }
  async function load(): Promise<void> {
    if (clock.now() - loadedAt < LOAD_AGAIN_MS) return;
    loadedAt = clock.now();
    await takeUpStored();
  }

  /** One after the other, so that the last word is the one that stays, and never over what was not read yet. */
  let saving: Promise<unknown> = Promise.resolve();
  function keep(study: LateStudy): Promise<unknown> {
    changedHere.add(study.key);
    if (study.sopInstanceUids.length + study.uncertain === 0) unseen.delete(study.key);
    else unseen.set(study.key, study);
    saving = saving.then(async () => {
      await takeUpStored();
      if ((await kept.save([...unseen.values()])) === 'saved') isLoaded = true;
    });
    return saving;
  }

  /** Images among what the site holds beyond what we knew; our own report that came back to it is none. */
  async function lateOf(study: StudyRef, alone: number | undefined): Promise<readonly string[] | number> {
    const known = (await metadata.knownInstances(study)) ?? alone;
    if (known === undefined || (await countAt(study)) <= known) return 0;
    const before = new Set((await metadata.peek(study))?.map(sopInstanceUidOf));
    const now = (await metadata.revalidate(study)) ? await metadata.peek(study) : await metadata.get(study);
    const images = (now ?? []).filter(isPicture);
    if (before.size === 0) return Math.max(images.length - known, 0);
    return images.map(sopInstanceUidOf).filter((sop) => !before.has(sop));
  }

  async function lookAt(study: StudyRef, alone: number | undefined): Promise<void> {
    const late = await lateOf(study, alone).catch(() => 0);
    const more = typeof late === 'number' ? late : late.length;
    if (more === 0) return;
    const { key, sopInstanceUids, uncertain } = ofKey(studyKey(study));
    const isKept = keep(
      typeof late === 'number'
        ? { key, sopInstanceUids, uncertain: uncertain + late }
        : { key, sopInstanceUids: [...new Set([...sopInstanceUids, ...late])], uncertain },
    );
    changed(study.studyInstanceUid, more);
    await isKept;
  }

  const imagesOf = (study: StudyRef) => ofKey(studyKey(study)).sopInstanceUids;

  return {
    async look(tasks) {
      await load();
      for (const task of tasks) {
        const before = lookedAt.get(task.id) ?? Number.NEGATIVE_INFINITY;
        if (task.state !== 'completed' || clock.now() - before < LOOK_AGAIN_MS) continue;
        lookedAt.set(task.id, clock.now());
        const alone = task.studyInstanceUids.length === 1 ? task.instanceCount : undefined;
        for (const studyInstanceUid of task.studyInstanceUids)
          await lookAt({ siteId: task.siteId, studyInstanceUid }, alone);
      }
    },
    seen(study, sopInstanceUids) {
      const found = unseen.get(studyKey(study));
      if (found === undefined) return;
      void keep({
        key: found.key,
        sopInstanceUids: found.sopInstanceUids.filter((sop) => !sopInstanceUids.has(sop)),
        uncertain: 0,
      });
    },
    count: (task) =>
      task.state !== 'completed'
        ? 0
        : task.studyInstanceUids
            .map((studyInstanceUid) => ofKey(studyKey({ siteId: task.siteId, studyInstanceUid })))
            .reduce((sum, { sopInstanceUids, uncertain }) => sum + sopInstanceUids.length + uncertain, 0),
    imagesOf,
  };
}
