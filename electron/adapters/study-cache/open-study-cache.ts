import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { InstanceRef, Sealer, StudyCache, StudyRef, WriteRefusal } from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { indexCache, UNFINISHED, type CachedStudy } from './cache-index.ts';
import { writeRefusalOf } from './write-refusal.ts';

export interface StudyCacheOptions {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}

const studyText = ({ siteId, studyInstanceUid }: StudyRef) => `${siteId}|${studyInstanceUid}`;
const instanceText = (instance: InstanceRef) =>
  `${studyText(instance)}|${instance.seriesInstanceUid}|${instance.sopInstanceUid}`;
const metadataText = (study: StudyRef) => `${studyText(study)}|metadata`;

/**
 * Opens the study cache in a folder of its own. Every file is sealed under its own name, so that a damaged or exchanged
 * file is noticed; it is written beside and renamed, so that a crash leaves whole files. The study used longest ago goes first.
 */
export async function openStudyCache(options: StudyCacheOptions): Promise<StudyCache> {
  const { folder, sealer, limitBytes, clock, log } = options;
  const studies = await indexCache(folder);
  const touched = new Set<string>();
  let protectedStudies: readonly string[] = [];
  let protectedRefs: readonly StudyRef[] = [];
  let totalBytes = [...studies.values()].reduce((sum, study) => sum + study.bytes, 0);

  const forget = (study: CachedStudy, name: string) => {
    const bytes = study.files.get(name) ?? 0;
    study.files.delete(name);
    study.bytes -= bytes;
    totalBytes -= bytes;
  };

  /** Protection is said by study; names can only be made once the key is here. */
  const isProtected = (studyName: string) => {
    if (protectedStudies.length !== protectedRefs.length)
      protectedStudies = protectedRefs.map((ref) => sealer.nameOf(studyText(ref)));
    return protectedStudies.includes(studyName);
  };

  /** False: everything left is protected, or is the study that wants the room. */
  async function evictOldest(forStudy: string): Promise<boolean> {
    const oldest = [...studies]
      .filter(([name]) => name !== forStudy && !isProtected(name))
      .reduce<[string, CachedStudy] | undefined>(
        (best, entry) => (best === undefined || entry[1].lastUsedMs < best[1].lastUsedMs ? entry : best),
        undefined,
      );
    if (oldest === undefined) return false;
    const [name, study] = oldest;
    studies.delete(name);
    totalBytes -= study.bytes;
    await rm(join(folder, name), { recursive: true, force: true });
    log.info('cache.study-evicted', { bytes: study.bytes });
    return true;
  }

  async function makeRoom(bytes: number, forStudy: string): Promise<boolean> {
    while (totalBytes + bytes > limitBytes) if (!(await evictOldest(forStudy))) return false;
    return true;
  }

  async function write(ref: StudyRef, text: string, plain: Uint8Array): Promise<'stored' | WriteRefusal> {
    if (!sealer.isReady()) return 'no-key';
    const studyName = sealer.nameOf(studyText(ref));
    const name = sealer.nameOf(text);
    const sealed = await sealer.seal(plain, text);
    if (!(await makeRoom(sealed.length, studyName))) return 'no-space';
    try {
      await replaceFile(join(folder, studyName), name, sealed);
    } catch (error) {
      const refusal = writeRefusalOf(error);
      log.warn('cache.write-refused', { code: refusal });
      // The disk is fuller than the limit foresaw: older studies make room for this one.
      if (refusal === 'no-space' && (await evictOldest(studyName))) return write(ref, text, plain);
      return refusal;
    }
    const study = studies.get(studyName) ?? { files: new Map<string, number>(), bytes: 0, lastUsedMs: 0 };
    studies.set(studyName, study);
    forget(study, name);
    study.files.set(name, sealed.length);
    study.bytes += sealed.length;
    study.lastUsedMs = clock.now();
    totalBytes += sealed.length;
    return 'stored';
  }

  async function read(ref: StudyRef, text: string): Promise<Uint8Array | undefined> {
    if (!sealer.isReady()) return undefined;
    const studyName = sealer.nameOf(studyText(ref));
    const name = sealer.nameOf(text);
    const study = studies.get(studyName);
    if (study === undefined || !study.files.has(name)) return undefined;
    study.lastUsedMs = clock.now();
    const path = join(folder, studyName, name);
    const plain = await readFile(path).then(
      (sealed) => sealer.open(sealed, text),
      () => undefined,
    );
    if (plain === undefined) {
      log.warn('cache.file-damaged', { count: 1 });
      forget(study, name);
      await rm(path, { force: true });
    }
    if (!touched.has(studyName)) {
      touched.add(studyName);
      const at = new Date(clock.now());
      // Only keeps the order of eviction over a restart: a failure costs nothing.
      await utimes(join(folder, studyName), at, at).catch(() => undefined);
    }
    return plain;
  }

  return {
    has(instance) {
      if (!sealer.isReady()) return false;
      return studies.get(sealer.nameOf(studyText(instance)))?.files.has(sealer.nameOf(instanceText(instance))) ?? false;
    },
    get: (instance) => read(instance, instanceText(instance)),
    put: (instance, part10) => write(instance, instanceText(instance), part10),
    async getMetadata(study) {
      const plain = await read(study, metadataText(study));
      return plain === undefined
        ? undefined
        : (JSON.parse(Buffer.from(plain).toString('utf8')) as readonly DicomJson[]);
    },
    putMetadata: (study, metadata) => write(study, metadataText(study), Buffer.from(JSON.stringify(metadata))),
    protect(refs) {
      protectedRefs = refs;
      protectedStudies = [];
    },
    countInstances(study) {
      if (!sealer.isReady()) return 0;
      const files = studies.get(sealer.nameOf(studyText(study)))?.files;
      if (files === undefined) return 0;
      return files.size - Number(files.has(sealer.nameOf(metadataText(study))));
    },
    sizeBytes: () => totalBytes,
  };
}

/** Written beside and renamed: a crash leaves the whole file or none. */
async function replaceFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const beside = join(folder, `${randomUUID()}${UNFINISHED}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(beside, bytes, { mode: 0o600 });
    await rename(beside, join(folder, name));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
