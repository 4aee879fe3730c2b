import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';

import { pixelBytesOf } from './series-order.ts';

export const studyKey = ({ siteId, studyInstanceUid }: StudyRef): string => `${siteId}|${studyInstanceUid}`;

export interface StudyMetadata {
  /** From memory, the cache or the site, in this order; throws ArchiveError. */
  get(study: StudyRef): Promise<readonly DicomJson[]>;
  /** What is at hand without asking the site. */
  peek(study: StudyRef): Promise<readonly DicomJson[] | undefined>;
  /** Asks the site whether it holds more or fewer images than we know of, and reads again if so. True when it did. */
  revalidate(study: StudyRef, signal?: AbortSignal): Promise<boolean>;
  /** Brings it into the cache if it is not there. It takes no place in memory from studies that are read. */
  fetchAhead(study: StudyRef, signal: AbortSignal): Promise<void>;
  /** How many instances we know of, without taking a place in memory; undefined: never heard. */
  knownInstances(study: StudyRef): Promise<number | undefined>;
  /** What the metadata said of the study's size, where it has been seen since start. */
  sizeOf(study: StudyRef): StudySize | undefined;
}

export interface StudySize {
  readonly instances: number;
  /** Uncompressed. */
  readonly pixelBytes: number;
}

/** Studies whose metadata stays in memory: the open case with its priors, and the next. */
const KEPT_STUDIES = 12;

export function createStudyMetadata({
  archiveOf,
  cache,
}: {
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly cache: StudyCache;
}): StudyMetadata {
  const kept = new Map<string, readonly DicomJson[]>();
  const sizes = new Map<string, StudySize>();
  const underWay = new Map<string, Promise<readonly DicomJson[]>>();
  const ahead = new Map<string, Promise<unknown>>();

  const archive = (siteId: SiteId): SiteArchive => {
    const found = archiveOf(siteId);
    if (found === undefined) throw new ArchiveError('not-found');
    return found;
  };

  const measure = (key: string, metadata: readonly DicomJson[]) => {
    const pixelBytes = metadata.reduce((sum, instance) => sum + pixelBytesOf(instance), 0);
    sizes.set(key, { instances: metadata.length, pixelBytes });
  };

  function keep(key: string, metadata: readonly DicomJson[]) {
    if (kept.get(key) !== metadata) measure(key, metadata);
    kept.delete(key);
    kept.set(key, metadata);
    const oldest = kept.keys().next();
    if (kept.size > KEPT_STUDIES && oldest.done !== true) kept.delete(oldest.value);
  }

  async function peek(study: StudyRef) {
    const key = studyKey(study);
    const metadata = kept.get(key) ?? (await cache.getMetadata(study));
    if (metadata !== undefined) keep(key, metadata);
    return metadata;
  }

  async function fetchAgain(study: StudyRef) {
    const metadata = ofStudy(study, await archive(study.siteId).studyMetadata(study.studyInstanceUid));
    keep(studyKey(study), metadata);
    await cache.putMetadata(study, metadata);
    return metadata;
  }

  return {
    peek,
    get(study) {
      const key = studyKey(study);
      const before = underWay.get(key);
      if (before !== undefined) return before;
      // What is already on its way ahead need not come twice; if it is called off it is asked for here.
      const asking = (ahead.get(key) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => peek(study))
        .then((metadata) => metadata ?? fetchAgain(study))
        .finally(() => underWay.delete(key));
      underWay.set(key, asking);
      return asking;
    },
    async revalidate(study, signal) {
      const known = await peek(study);
      if (known === undefined) return false;
      if ((await archive(study.siteId).countInstances(study.studyInstanceUid, signal)) === known.length) return false;
      await fetchAgain(study);
      return true;
    },
    async fetchAhead(study, signal) {
      const key = studyKey(study);
      if (sizes.has(key) || underWay.has(key) || cache.hasMetadata(study)) return;
      const coming = archive(study.siteId)
        .studyMetadata(study.studyInstanceUid, signal)
        .then(async (answer) => {
          const metadata = ofStudy(study, answer);
          measure(key, metadata);
          await cache.putMetadata(study, metadata);
        })
        .finally(() => ahead.delete(key));
      ahead.set(key, coming);
      await coming;
    },
    async knownInstances(study) {
      const size = sizes.get(studyKey(study));
      return size?.instances ?? kept.get(studyKey(study))?.length ?? (await cache.getMetadata(study))?.length;
    },
    sizeOf: (study) => sizes.get(studyKey(study)),
  };
}

/** An archive that answers with another study's metadata must not put that patient's images under this one's name. */
function ofStudy(study: StudyRef, metadata: readonly DicomJson[]): readonly DicomJson[] {
  const foreign = metadata.some((instance) => {
    const uid = instance['0020000D']?.Value?.[0];
    return typeof uid === 'string' && uid !== study.studyInstanceUid;
  });
  if (foreign) throw new ArchiveError('bad-answer');
  return metadata;
}
