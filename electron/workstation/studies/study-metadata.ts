import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';

export const studyKey = ({ siteId, studyInstanceUid }: StudyRef): string => `${siteId}|${studyInstanceUid}`;

export interface StudyMetadata {
  /** From memory, the cache or the site, in this order; throws ArchiveError. */
  get(study: StudyRef): Promise<readonly DicomJson[]>;
  /** What is at hand without asking the site. */
  peek(study: StudyRef): Promise<readonly DicomJson[] | undefined>;
  /** Asks the site whether it holds more or fewer images than we know of, and reads again if so. True when it did. */
  revalidate(study: StudyRef): Promise<boolean>;
  /** Instances of the study, where its metadata has been seen since start. */
  instanceCount(study: StudyRef): number | undefined;
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
  const counts = new Map<string, number>();
  const underWay = new Map<string, Promise<readonly DicomJson[]>>();

  const archive = (siteId: SiteId): SiteArchive => {
    const found = archiveOf(siteId);
    if (found === undefined) throw new ArchiveError('not-found');
    return found;
  };

  function keep(key: string, metadata: readonly DicomJson[]) {
    kept.delete(key);
    kept.set(key, metadata);
    counts.set(key, metadata.length);
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
    const metadata = await archive(study.siteId).studyMetadata(study.studyInstanceUid);
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
      const asking = peek(study)
        .then((metadata) => metadata ?? fetchAgain(study))
        .finally(() => underWay.delete(key));
      underWay.set(key, asking);
      return asking;
    },
    async revalidate(study) {
      const known = await peek(study);
      if (known === undefined) return false;
      if ((await archive(study.siteId).countInstances(study.studyInstanceUid)) === known.length) return false;
      await fetchAgain(study);
      return true;
    },
    instanceCount: (study) => counts.get(studyKey(study)),
  };
}
