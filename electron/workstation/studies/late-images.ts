import type { StudyRef } from '#electron/workstation/ports.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';

import type { AfterSigning } from './after-signing.ts';
import { isPicture, seriesUidOf, sopInstanceUidOf } from './series-order.ts';
import { studyKey, type StudyMetadata } from './study-metadata.ts';

/** Images that a site sent after the case was opened. */
export interface LateImages {
  /** These stand on the screen now: what comes from here on is late. `isSameCase`: priors of it came or went; what is known of the others stays. */
  opened(studies: readonly StudyRef[], isSameCase: boolean): void;
  /** These images of a study on the screen were painted. */
  seen(studyInstanceUid: string, sopInstanceUids: readonly string[]): void;
  /** What was ever painted of a study that stood on the screen lately. */
  seenOf(study: StudyRef): ReadonlySet<string>;
  /** Asks the sites of what stands on the screen, at most every half minute; `isUrgent`: every few seconds. */
  look(isUrgent?: boolean): Promise<void>;
  /** Late images of a reading that nobody has seen: they must be looked at before it is signed. */
  complaints(task: ReadingTask): readonly Complaint[];
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

export function createLateImages({
  metadata,
  afterSigning,
  clock,
  log,
  changed,
}: {
  readonly metadata: StudyMetadata;
  readonly afterSigning: AfterSigning;
  readonly clock: Clock;
  readonly log: Log;
  /** More has come of a study that stands on the screen. */
  readonly changed: (studyInstanceUid: StudyInstanceUid, count: number) => void;
}): LateImages {
  let watched = new Map<string, Watched>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

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
        afterSigning.seen(study, seen);
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
  };
}
