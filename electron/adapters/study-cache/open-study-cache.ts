import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, statfs, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { KeptNotes } from '#electron/workstation/kept-notes.ts';
import type {
  CacheTrouble,
  InstanceRef,
  Sealer,
  StudyCache,
  StudyRef,
  WriteRefusal,
} from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { fileNameOf, indexCache, UNFINISHED, type CachedEntry, type CachedStudy } from './cache-index.ts';
import { createContentCount } from './content-count.ts';
import { writeRefusalOf } from './write-refusal.ts';

export interface StudyCacheOptions {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly limitBytes: number;
  /** Left free on the disk for everything else. */
  readonly keepFreeBytes?: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The disk is asked again after so much was written. */
const LOOK_AT_DISK_BYTES = 32 * 1024 * 1024;

const studyText = ({ siteId, studyInstanceUid }: StudyRef) => `${siteId}|${studyInstanceUid}`;
const instanceText = (instance: InstanceRef) =>
  `${studyText(instance)}|${instance.seriesInstanceUid}|${instance.sopInstanceUid}`;
const metadataText = (study: StudyRef) => `${studyText(study)}|metadata`;
const notesText = (study: StudyRef) => `${studyText(study)}|notes`;

/**
 * Opens the study cache in a folder of its own. Files are named by what they stand for and by their content, both keyed, so
 * that the same bytes lie on the disk once and a damaged, exchanged or renamed file is noticed. Each is written beside and
 * renamed or linked: a crash leaves whole files. The study used longest ago goes first.
 */
export async function openStudyCache(options: StudyCacheOptions): Promise<StudyCache> {
  const { folder, sealer, limitBytes, clock, log } = options;
  const keepFreeBytes = options.keepFreeBytes ?? 0;
  const studies = await indexCache(folder);
  const contents = createContentCount();
  const touched = new Set<string>();
  let protectedStudies: ReadonlySet<string> | undefined;
  let protectedRefs: readonly StudyRef[] = [];
  let trouble: (CacheTrouble & { readonly bytes: number }) | undefined;
  let damaged = 0;
  let writableBytes = 0;
  let reservedBytes = 0;
  const landing: (() => void)[] = [];
  /** Writes under way, and removals, by study: a folder never goes away under what is being written into it. */
  const writing = new Map<string, number>();
  const removing = new Map<string, Promise<void>>();

  for (const [studyName, { entries }] of studies)
    for (const { content, file, bytes } of entries.values()) contents.add(content, join(studyName, file), bytes);

  const forget = (studyName: string, study: CachedStudy, name: string) => {
    const entry = study.entries.get(name);
    if (entry === undefined) return;
    study.entries.delete(name);
    contents.remove(entry.content, join(studyName, entry.file));
  };

  /** Protection is said by study; names can only be made once the key is here. */
  const isProtected = (studyName: string) => {
    protectedStudies ??= new Set(protectedRefs.map((ref) => sealer.nameOf(studyText(ref))));
    return protectedStudies.has(studyName);
  };

  async function dropStudy(studyName: string): Promise<void> {
    const study = studies.get(studyName);
    if (study === undefined) return;
    const before = contents.totalBytes();
    const files = [...study.entries.values()].map(({ file }) => join(folder, studyName, file));
    for (const name of study.entries.keys()) forget(studyName, study, name);
    studies.delete(studyName);
    await removeFiles(studyName, files);
    writableBytes = 0;
    if (before - contents.totalBytes() >= (trouble?.bytes ?? 0)) trouble = undefined;
  }

  async function removeFiles(studyName: string, files: readonly string[]): Promise<void> {
    if (writing.has(studyName)) {
      await Promise.all(files.map((file) => rm(file, { force: true })));
      return;
    }
    const removal = rm(join(folder, studyName), { recursive: true, force: true });
    removing.set(studyName, removal);
    await removal.finally(() => removing.delete(studyName));
  }

  async function writeInto<Outcome>(studyName: string, work: () => Promise<Outcome>): Promise<Outcome> {
    for (let removal = removing.get(studyName); removal !== undefined; removal = removing.get(studyName))
      await removal.catch(() => undefined);
    writing.set(studyName, (writing.get(studyName) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (writing.get(studyName) ?? 1) - 1;
      if (left === 0) writing.delete(studyName);
      else writing.set(studyName, left);
    }
  }

  /** False: everything left is protected, or is the study that wants the room. */
  async function evictOldest(forStudy: string): Promise<boolean> {
    const oldest = [...studies]
      .filter(([name]) => name !== forStudy && !isProtected(name))
      .reduce<[string, CachedStudy] | undefined>(
        (best, entry) => (best === undefined || entry[1].lastUsedMs < best[1].lastUsedMs ? entry : best),
        undefined,
      );
    if (oldest === undefined) return false;
    const before = contents.totalBytes();
    await dropStudy(oldest[0]);
    log.info('cache.study-evicted', { bytes: before - contents.totalBytes() });
    return true;
  }

  /** What the disk still has to give; asked anew after every so many bytes, and not at all where nothing is to be left free. */
  async function hasDiskFor(bytes: number): Promise<boolean> {
    if (keepFreeBytes === 0) return true;
    if (writableBytes < bytes) {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize - keepFreeBytes;
      if (free < bytes) return false;
      writableBytes = Math.min(free, Math.max(LOOK_AT_DISK_BYTES, bytes));
    }
    writableBytes -= bytes;
    return true;
  }

  /** True: the bytes are reserved, until `release`; writes under way at once must not all count on the same room. */
  async function reserve(bytes: number, forStudy: string): Promise<boolean> {
    for (;;) {
      if (contents.totalBytes() + reservedBytes + bytes <= limitBytes) {
        reservedBytes += bytes;
        if (await hasDiskFor(bytes)) return true;
        land(bytes);
      }
      if (await evictOldest(forStudy)) continue;
      // What is being written just now cannot be evicted yet; once it has landed it may make room.
      if (reservedBytes === 0) return false;
      await new Promise<void>((resolve) => landing.push(resolve));
    }
  }

  function land(bytes: number): void {
    reservedBytes -= bytes;
    for (const resolve of landing.splice(0)) resolve();
  }

  const refused = (refusal: CacheTrouble['refusal'], by: CacheTrouble['by'], bytes: number): WriteRefusal => {
    if (trouble === undefined) log.warn('cache.write-refused', { code: refusal });
    trouble = { refusal, by, bytes };
    return refusal;
  };

  async function write(ref: StudyRef, text: string, plain: Uint8Array): Promise<'stored' | WriteRefusal> {
    if (!sealer.isReady()) return 'no-key';
    const studyName = sealer.nameOf(studyText(ref));
    const name = sealer.nameOf(text);
    const content = sealer.nameOf(`content|${createHash('sha256').update(plain).digest('hex')}`);
    const file = fileNameOf(name, content, sealer.nameOf(`${text}|${content}`));
    const known = studies.get(studyName)?.entries.get(name);
    if (known?.file === file) return 'stored';
    const path = join(studyName, file);
    try {
      const linked = contents.pathOf(content);
      const isLinked =
        linked !== undefined &&
        (await writeInto(studyName, async () => {
          const isDone = await linkFile(folder, linked, path);
          if (isDone) note(studyName, name, { content, file, bytes: 0 });
          return isDone;
        }));
      if (isLinked) return 'stored';
      const sealed = await sealer.seal(plain, content);
      if (!(await reserve(sealed.length, studyName))) return refused('no-space', 'budget', plain.length);
      try {
        await writeInto(studyName, async () => {
          await placeFile(folder, path, sealed);
          note(studyName, name, { content, file, bytes: sealed.length });
        });
      } finally {
        land(sealed.length);
      }
    } catch (error) {
      const refusal = writeRefusalOf(error);
      // The disk is fuller than the limit foresaw: older studies make room for this one.
      if (refusal === 'no-space' && (await evictOldest(studyName))) return write(ref, text, plain);
      return refused(refusal, 'disk', plain.length);
    }
    if (known !== undefined) await rm(join(folder, studyName, known.file), { force: true });
    // Something small may still fit where the next image does not.
    if (plain.length >= (trouble?.bytes ?? 0)) trouble = undefined;
    return 'stored';
  }

  function note(studyName: string, name: string, entry: CachedEntry) {
    const study = studies.get(studyName) ?? { entries: new Map<string, CachedEntry>(), lastUsedMs: 0 };
    studies.set(studyName, study);
    forget(studyName, study, name);
    study.entries.set(name, entry);
    study.lastUsedMs = clock.now();
    contents.add(entry.content, join(studyName, entry.file), entry.bytes);
  }

  async function read(ref: StudyRef, text: string): Promise<Uint8Array | undefined> {
    if (!sealer.isReady()) return undefined;
    const studyName = sealer.nameOf(studyText(ref));
    const name = sealer.nameOf(text);
    const study = studies.get(studyName);
    const entry = study?.entries.get(name);
    if (study === undefined || entry === undefined) return undefined;
    study.lastUsedMs = clock.now();
    const path = join(folder, studyName, entry.file);
    const isBound = entry.file === fileNameOf(name, entry.content, sealer.nameOf(`${text}|${entry.content}`));
    const plain = isBound
      ? await readFile(path).then(
          (sealed) => sealer.open(sealed, entry.content),
          () => undefined,
        )
      : undefined;
    if (plain === undefined) {
      damaged += 1;
      log.warn('cache.file-damaged', { count: damaged });
      contents.drop(entry.content);
      forget(studyName, study, name);
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
      const study = studies.get(sealer.nameOf(studyText(instance)));
      return study?.entries.has(sealer.nameOf(instanceText(instance))) ?? false;
    },
    get: (instance) => read(instance, instanceText(instance)),
    put: (instance, part10) => write(instance, instanceText(instance), part10),
    hasMetadata(study) {
      if (!sealer.isReady()) return false;
      return studies.get(sealer.nameOf(studyText(study)))?.entries.has(sealer.nameOf(metadataText(study))) ?? false;
    },
    async getMetadata(study) {
      const plain = await read(study, metadataText(study));
      return plain === undefined
        ? undefined
        : (JSON.parse(Buffer.from(plain).toString('utf8')) as readonly DicomJson[]);
    },
    putMetadata: (study, metadata) => write(study, metadataText(study), Buffer.from(JSON.stringify(metadata))),
    async getNotes(study) {
      const plain = await read(study, notesText(study));
      return plain === undefined
        ? undefined
        : (JSON.parse(Buffer.from(plain).toString('utf8')) as readonly KeptNotes[]);
    },
    putNotes: (study, notes) => write(study, notesText(study), Buffer.from(JSON.stringify(notes))),
    async remove(study) {
      if (sealer.isReady()) await dropStudy(sealer.nameOf(studyText(study)));
    },
    protect(refs) {
      protectedRefs = refs;
      protectedStudies = undefined;
    },
    countInstances(study) {
      if (!sealer.isReady()) return 0;
      const entries = studies.get(sealer.nameOf(studyText(study)))?.entries;
      if (entries === undefined) return 0;
      const beside = [metadataText(study), notesText(study)].filter((text) => entries.has(sealer.nameOf(text)));
      return entries.size - beside.length;
    },
    sizeBytes: contents.totalBytes,
    trouble: () => (trouble === undefined ? undefined : { refusal: trouble.refusal, by: trouble.by }),
    damagedFiles: () => damaged,
  };
}

/** Written beside and renamed: a crash leaves the whole file or none. */
async function placeFile(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const target = join(folder, path);
  const beside = join(target, '..', `${randomUUID()}${UNFINISHED}`);
  try {
    await writeBeside(beside, bytes);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The folder of a study is there for all its files but the first, and need not be asked for each time. */
async function writeBeside(file: string, bytes: Uint8Array): Promise<void> {
  const write = () => writeFile(file, bytes, { mode: 0o600 });
  try {
    await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    await write();
  }
}

/** False where the file system knows no links, or the content has gone: then it is written like any other. */
async function linkFile(folder: string, from: string, to: string): Promise<boolean> {
  const target = join(folder, to);
  try {
    await mkdir(join(target, '..'), { recursive: true, mode: 0o700 });
    await link(join(folder, from), target);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}
