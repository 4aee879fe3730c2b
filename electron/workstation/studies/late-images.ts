import type { StudyRef } from '#electron/workstation/ports.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { MINUTE_MS, SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';

import { isPicture, seriesUidOf, sopInstanceUidOf } from './series-order.ts';
import { studyKey, type StudyMetadata } from './study-metadata.ts';

/** Images that a site sent after the case was opened, and after it was signed. */
export interface LateImages {
  /** These stand on the screen now: what comes from here on is late. `isSameCase`: priors of it came or went; what is known of the others stays. */
  opened(studies: readonly StudyRef[], isSameCase: boolean): void;
  /** These images of a study on the screen were painted. */
  seen(studyInstanceUid: string, sopInstanceUids: readonly string[]): void;
  /** What was ever painted of a study that stood on the screen lately. */
  seenOf(study: StudyRef): ReadonlySet<string>;
  /** Asks the sites of what stands on the screen, at most every half minute; `isUrgent`: every few seconds. */
  look(isUrgent?: boolean): Promise<void>;
  /** Asks the sites of readings signed in this shift. */
  lookAtSigned(tasks: readonly ReadingTask[]): Promise<void>;
  /** Late images of a reading that nobody has seen: they must be looked at before it is signed. */
  complaints(task: ReadingTask): readonly Complaint[];
  /** Images that came after a reading was signed and were not looked at. */
  afterSigning(task: ReadingTask): number;
  /** Which of a study's those are, as far as is known what was there before. */
  cameAfterSigning(study: StudyRef): readonly string[];
}

interface Watched {
  readonly study: StudyRef;
  readonly known: Set<string>;
  readonly knownSeries: Set<string>;
  /** SOP Instance UID to whether it was seen. Only what has pixels: a report that comes late holds nobody up. */
  readonly late: Map<string, { readonly series: string; isSeen: boolean }>;
}

/** A case that is put away for a while and opened again is not unseen. */
const MOST_STUDIES_REMEMBERED = 50;
const LOOK_AGAIN_MS = 30 * SECOND_MS;
const LOOK_AGAIN_URGENT_MS = 3 * SECOND_MS;
const LOOK_AT_SIGNED_AGAIN_MS = 5 * MINUTE_MS;

export function createLateImages({
  metadata,
  countAt,
  clock,
  log,
  changed,
}: {
  readonly metadata: StudyMetadata;
  /** Instances the site holds now. */
  readonly countAt: (study: StudyRef) => Promise<number>;
  readonly clock: Clock;
  readonly log: Log;
  /** More has come of a study that stands on the screen or was signed. */
  readonly changed: (studyInstanceUid: StudyInstanceUid, count: number) => void;
}): LateImages {
  let watched = new Map<string, Watched>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  /** When its sites were last asked, and images of which is only known that they are more. */
  const signed = new Map<string, { readonly at: number; readonly uncertain: number }>();
  /** By study: SOP Instance UIDs that came after signing and were not looked at. */
  const unseenAfterSigning = new Map<string, Set<string>>();

  /** Images among what the site holds beyond what we knew; our own report that came back to it is none. */
  async function lateOfSigned(study: StudyRef, alone: number | undefined): Promise<readonly string[] | number> {
    const known = (await metadata.knownInstances(study)) ?? alone;
    if (known === undefined || (await countAt(study)) <= known) return 0;
    const before = new Set((await metadata.peek(study))?.map(sopInstanceUidOf));
    const now = (await metadata.revalidate(study)) ? await metadata.peek(study) : await metadata.get(study);
    const images = (now ?? []).filter(isPicture);
    if (before.size === 0) return Math.max(images.length - known, 0);
    return images.map(sopInstanceUidOf).filter((sop) => !before.has(sop));
  }

  async function watch(study: StudyRef): Promise<Watched | undefined> {
    const found = watched.get(studyKey(study));
    if (found !== undefined) return found;
    const all = await metadata.peek(study);
    if (all === undefined) return undefined;
    const fresh: Watched = {
      study,
      known: new Set(all.map(sopInstanceUidOf)),
      knownSeries: new Set(all.map(seriesUidOf)),
      late: new Map(),
    };
    watched.set(studyKey(study), fresh);
    return fresh;
  }

  async function lookAt(study: StudyRef): Promise<void> {
    const known = await watch(study);
    if (known === undefined || !(await metadata.revalidate(study))) return;
    let count = 0;
    for (const instance of (await metadata.peek(study)) ?? []) {
      const sop = sopInstanceUidOf(instance);
      if (known.known.has(sop)) continue;
      known.known.add(sop);
      if (!isPicture(instance)) continue;
      known.late.set(sop, { series: seriesUidOf(instance), isSeen: false });
      count += 1;
    }
    if (count === 0) return;
    log.info('images.arrived-late', { siteId: study.siteId, count });
    changed(study.studyInstanceUid, count);
  }

  const neverSeen = (study: StudyRef) => {
    const found = watched.get(studyKey(study));
    const late = [...(found?.late.values() ?? [])].filter(({ isSeen }) => !isSeen);
    const newSeries = new Set(late.map(({ series }) => series).filter((uid) => found?.knownSeries.has(uid) !== true));
    return { images: late.length, newSeries: newSeries.size };
  };
  const cameAfterSigning = (study: StudyRef) => [...(unseenAfterSigning.get(studyKey(study)) ?? [])];
  let onScreen: readonly StudyRef[] = [];
  const everSeen = new Map<string, Set<string>>();

  return {
    opened(studies, isSameCase) {
      const keys = new Set(studies.map(studyKey));
      const isSame = onScreen.length === studies.length && onScreen.every((study) => keys.has(studyKey(study)));
      onScreen = studies;
      if (isSameCase) watched = new Map([...watched].filter(([key]) => keys.has(key)));
      else if (!isSame) watched = new Map();
      lookedAt = Number.NEGATIVE_INFINITY;
    },
    seen(studyInstanceUid, sopInstanceUids) {
      const seen = new Set(sopInstanceUids);
      for (const study of onScreen) {
        if (study.studyInstanceUid !== studyInstanceUid) continue;
        const key = studyKey(study);
        for (const sop of seen) unseenAfterSigning.get(key)?.delete(sop);
        const before = everSeen.get(key) ?? new Set();
        for (const sop of seen) before.add(sop);
        everSeen.delete(key);
        everSeen.set(key, before);
        const [oldest] = everSeen.keys();
        if (everSeen.size > MOST_STUDIES_REMEMBERED && oldest !== undefined) everSeen.delete(oldest);
      }
      for (const { study, late } of watched.values())
        if (study.studyInstanceUid === studyInstanceUid)
          for (const [sop, image] of late) if (seen.has(sop)) image.isSeen = true;
    },
    seenOf: (study) => everSeen.get(studyKey(study)) ?? new Set(),
    async look(isUrgent = false) {
      if (looking !== undefined) return looking;
      if (clock.now() - lookedAt < (isUrgent ? LOOK_AGAIN_URGENT_MS : LOOK_AGAIN_MS)) return;
      lookedAt = clock.now();
      looking = Promise.all(
        onScreen.map((study) => lookAt(study).catch(() => log.warn('study.not-revalidated', { siteId: study.siteId }))),
      )
        .then(() => undefined)
        .finally(() => {
          looking = undefined;
        });
      return looking;
    },
    async lookAtSigned(tasks) {
      for (const task of tasks) {
        const before = signed.get(task.id);
        if (task.state !== 'completed' || clock.now() - (before?.at ?? -Infinity) < LOOK_AT_SIGNED_AGAIN_MS) continue;
        let uncertain = before?.uncertain ?? 0;
        signed.set(task.id, { at: clock.now(), uncertain });
        const alone = task.studyInstanceUids.length === 1 ? task.instanceCount : undefined;
        for (const studyInstanceUid of task.studyInstanceUids) {
          const study = { siteId: task.siteId, studyInstanceUid };
          const late = await lateOfSigned(study, alone).catch(() => 0);
          const more = typeof late === 'number' ? late : late.length;
          if (more === 0) continue;
          if (typeof late === 'number') uncertain += late;
          else
            unseenAfterSigning.set(
              studyKey(study),
              new Set([...(unseenAfterSigning.get(studyKey(study)) ?? []), ...late]),
            );
          changed(studyInstanceUid, more);
        }
        signed.set(task.id, { at: clock.now(), uncertain });
      }
    },
    complaints(task) {
      return task.studyInstanceUids.flatMap((studyInstanceUid): Complaint[] => {
        const { images, newSeries } = neverSeen({ siteId: task.siteId, studyInstanceUid });
        if (images === 0) return [];
        const what = images === 1 ? 'One image' : `${images} images`;
        const where = newSeries === 0 ? '' : newSeries === 1 ? ', in a new series,' : `, in ${newSeries} new series,`;
        return [
          {
            code: 'late-images',
            severity: 'stop',
            message: `${what}${where} came after this case was opened and ${images === 1 ? 'was' : 'were'} not looked at.`,
            fix: 'Look at each image marked “New” in the series list, then sign.',
          },
        ];
      });
    },
    afterSigning: (task) =>
      task.state !== 'completed'
        ? 0
        : task.studyInstanceUids.reduce(
            (sum, studyInstanceUid) => sum + cameAfterSigning({ siteId: task.siteId, studyInstanceUid }).length,
            signed.get(task.id)?.uncertain ?? 0,
          ),
    cameAfterSigning,
  };
}
