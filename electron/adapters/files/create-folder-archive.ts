import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  firstText,
  readDicom,
  toDicomJson,
  type DicomFile,
  type JsonOptions,
} from '#electron/adapters/dicom-file/index.ts';
import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { studySummary } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';
import type { Log } from '#shared/kernel/log.ts';

import { createInstanceIndex, indexEntry, type IndexedInstance, type InstanceKey } from './instance-index.ts';
import { readHeader } from './read-header.ts';
import { matchesAll, matchKeysOf, studyAttributes } from './search.ts';
import { walkFolder, type FoundFile, type UnreadablePath } from './walk-folder.ts';

/** A file that is in the folder but not in the archive, and why, in plain words. `file` is relative to the folder. */
export interface FolderProblem {
  readonly file: string;
  readonly reason: string;
}

export interface ScanReport {
  readonly files: number;
  readonly instances: number;
  readonly added: number;
  readonly removed: number;
  readonly problems: number;
}

export interface FolderArchiveOptions {
  readonly dir: string;
  readonly log: Log;
  /** Stops the scan that is running; what was found stays. */
  readonly signal?: AbortSignal;
  /** Where stored objects go, made when it does not exist; without it the archive is read-only. */
  readonly storeDir?: string;
  readonly onProgress?: (state: { readonly files: number; readonly instances: number; readonly done: boolean }) => void;
}

/** A folder of DICOM files as a site's archive. */
export interface FolderArchive extends SiteArchive {
  /** Settles when the first scan is over; never rejects. The methods wait for it. */
  readonly ready: Promise<ScanReport>;
  /** Files that are no usable DICOM, as of the last scan. */
  readonly problems: readonly FolderProblem[];
  readonly isReadOnly: boolean;
  /** Looks for files that came, changed or went. Scans do not overlap: a second call waits for the first. */
  rescan(): Promise<ScanReport>;
  /** Takes up one file written into the folder, at once. */
  add(path: string): Promise<FolderProblem | undefined>;
  find(key: InstanceKey): Promise<readonly IndexedInstance[]>;
  readInstance(instance: IndexedInstance, signal?: AbortSignal): Promise<Uint8Array>;
  instanceMetadata(instance: IndexedInstance, options?: JsonOptions): Promise<DicomJson>;
}

const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10';
const isDirectoryRecord = (file: DicomFile): boolean =>
  firstText(file.meta, Tag.MediaStorageSOPClassUID) === MEDIA_STORAGE_DIRECTORY;

/** Files between two turns given back to the event loop. */
const FILES_PER_TURN = 16;
const PARTIAL = '.part';
const DUPLICATE = 'the same instance as another file';

export function createFolderArchive(options: FolderArchiveOptions): FolderArchive {
  const { dir, log, signal, storeDir } = options;
  const index = createInstanceIndex();
  const problems = new Map<string, string>();
  /** Files looked at and found unusable, so that a rescan does not read them again. */
  const known = new Map<string, { readonly sizeBytes: number; readonly modifiedMs: number }>();
  let root = dir;
  const nameOf = (path: string) => relative(root, path) || basename(path);

  async function takeUp(file: FoundFile): Promise<'added' | 'problem' | 'ignored'> {
    const { path, sizeBytes, modifiedMs } = file;
    known.set(path, { sizeBytes, modifiedMs });
    problems.delete(path);
    index.remove(path);
    const refuse = (reason: string) => {
      problems.set(path, reason);
      return 'problem' as const;
    };
    try {
      const read = await readHeader(path, sizeBytes);
      if (!read.ok) return refuse(read.error.reason);
      if (isDirectoryRecord(read.value)) return 'ignored';
      const json = toDicomJson(read.value);
      const entry = indexEntry({ path, sizeBytes, modifiedMs }, json, read.value.transferSyntaxUid);
      if (!entry.ok)
        return refuse(read.value.fault === undefined ? entry.error : `${entry.error}: ${read.value.fault}`);
      if (!index.add(entry.value)) return refuse(DUPLICATE);
      // Kept all the same: the rest of the study is not to be judged without knowing of it.
      const least = read.value.leastFileBytes ?? 0;
      if (least > sizeBytes) problems.set(path, `pixel data cut off: ${least - sizeBytes} bytes are missing`);
      return 'added';
    } catch (error) {
      return refuse(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`);
    }
  }

  async function* allFiles(onUnreadable: (problem: UnreadablePath) => void): AsyncGenerator<FoundFile> {
    yield* walkFolder(dir, onUnreadable, signal);
    const stored = storeDir === undefined ? undefined : await realpath(storeDir).catch(() => undefined);
    if (stored !== undefined) yield* walkFolder(stored, onUnreadable, signal);
  }

  async function scan(): Promise<ScanReport> {
    const seen = new Set<string>();
    const unreadable = new Set<string>();
    let files = 0;
    let added = 0;
    const progress = (done: boolean) => options.onProgress?.({ files, instances: index.size(), done });
    const onUnreadable = ({ path, reason }: { readonly path: string; readonly reason: string }) => {
      unreadable.add(path);
      problems.set(path, reason);
    };
    root = await realpath(dir).catch(() => dir);
    for await (const file of allFiles(onUnreadable)) {
      if (file.path.endsWith(PARTIAL) || seen.has(file.path)) continue;
      seen.add(file.path);
      if (++files % FILES_PER_TURN === 0) {
        progress(false);
        await nextTurn();
      }
      const before = known.get(file.path);
      const isUnchanged = before?.sizeBytes === file.sizeBytes && before.modifiedMs === file.modifiedMs;
      // The file that was first with this instance may have gone.
      if (isUnchanged && problems.get(file.path) !== DUPLICATE) continue;
      if ((await takeUp(file)) === 'added') added++;
    }
    const removed = signal?.aborted === true ? 0 : forgetAllBut(seen, unreadable);
    progress(true);
    const report = { files, instances: index.size(), added, removed, problems: problems.size };
    log.info('folder.scanned', { count: report.instances });
    return report;
  }

  function forgetAllBut(seen: ReadonlySet<string>, unreadable: ReadonlySet<string>): number {
    let removed = 0;
    for (const path of known.keys()) {
      if (seen.has(path)) continue;
      known.delete(path);
      problems.delete(path);
      if (index.at(path) !== undefined) removed++;
      index.remove(path);
    }
    for (const path of problems.keys()) if (!seen.has(path) && !unreadable.has(path)) problems.delete(path);
    return removed;
  }

  let running = scan();
  const ready = running;
  const settled = () => ready;

  async function find(key: InstanceKey): Promise<IndexedInstance[]> {
    await settled();
    return index.find(key);
  }

  function throwIfCancelled(cancelled: AbortSignal | undefined): void {
    if (cancelled?.aborted === true) throw new ArchiveError('cancelled');
  }

  async function readInstance(instance: IndexedInstance, cancelled?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(cancelled);
    try {
      return await readFile(instance.path, cancelled === undefined ? {} : { signal: cancelled });
    } catch {
      throwIfCancelled(cancelled);
      throw new ArchiveError('not-found');
    }
  }

  async function instanceMetadata(instance: IndexedInstance, json: JsonOptions = {}): Promise<DicomJson> {
    const read = await readHeader(instance.path, instance.sizeBytes).catch(() => undefined);
    if (read?.ok !== true) throw new ArchiveError('not-found');
    return toDicomJson(read.value, json);
  }

  async function add(given: string): Promise<FolderProblem | undefined> {
    await settled();
    const path = await realpath(given).catch(() => given);
    try {
      const { size, mtimeMs } = await stat(path);
      await takeUp({ path, sizeBytes: size, modifiedMs: mtimeMs });
    } catch (error) {
      problems.set(path, `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`);
    }
    const reason = problems.get(path);
    return reason === undefined ? undefined : { file: nameOf(path), reason };
  }

  async function store(part10: Uint8Array): Promise<AttemptOutcome> {
    if (storeDir === undefined) return { kind: 'refused', code: 'read-only' };
    const read = readDicom(part10, { headerOnly: true });
    if (!read.ok) return { kind: 'refused', code: read.error.code };
    const placeholder = { path: '', sizeBytes: part10.length, modifiedMs: 0 };
    const entry = indexEntry(placeholder, toDicomJson(read.value), read.value.transferSyntaxUid);
    if (!entry.ok) return { kind: 'refused', code: 'missing-uid' };
    const { studyInstanceUid, sopInstanceUid } = entry.value;
    await settled();
    // The same object again is what a repeated delivery looks like: it is there already.
    if (index.find({ studyInstanceUid, sopInstanceUid }).length > 0) return { kind: 'accepted', ackId: sopInstanceUid };
    const path = join(storeDir, `${sopInstanceUid}.dcm`);
    try {
      await mkdir(storeDir, { recursive: true });
      const file = await open(`${path}${PARTIAL}`, 'w');
      try {
        await file.writeFile(part10);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}${PARTIAL}`, path);
    } catch (error) {
      await rm(`${path}${PARTIAL}`, { force: true }).catch(() => undefined);
      return { kind: 'not-taken', code: ((error as NodeJS.ErrnoException).code ?? 'write-failed').toLowerCase() };
    }
    await add(path);
    return { kind: 'accepted', ackId: sopInstanceUid };
  }

  return {
    ready,
    get problems() {
      return [...problems].map(([path, reason]) => ({ file: nameOf(path), reason }));
    },
    isReadOnly: storeDir === undefined,
    rescan() {
      running = running.then(scan);
      return running;
    },
    add,
    find,
    readInstance,
    instanceMetadata,
    store,

    async searchStudies(query, cancelled) {
      throwIfCancelled(cancelled);
      await settled();
      const keys = matchKeysOf(query);
      const studies = index
        .studyUids()
        .map((studyInstanceUid) => studyAttributes(index.find({ studyInstanceUid })))
        .filter((attributes) => matchesAll(attributes, keys))
        .flatMap((attributes) => studySummary(attributes) ?? []);
      return query.limit === undefined ? studies : studies.slice(0, query.limit);
    },

    async studyMetadata(studyInstanceUid, cancelled) {
      const instances = await find({ studyInstanceUid });
      if (instances.length === 0) throw new ArchiveError('not-found');
      const metadata: DicomJson[] = [];
      for (const instance of instances) {
        throwIfCancelled(cancelled);
        metadata.push(await instanceMetadata(instance));
      }
      return metadata;
    },

    async countInstances(studyInstanceUid, cancelled) {
      throwIfCancelled(cancelled);
      return (await find({ studyInstanceUid })).length;
    },

    async *retrieveSeries(studyInstanceUid, seriesInstanceUid, cancelled) {
      const instances = await find({ studyInstanceUid, seriesInstanceUid });
      if (instances.length === 0) throw new ArchiveError('not-found');
      for (const instance of instances) yield await readInstance(instance, cancelled);
    },

    async retrieveInstance(studyInstanceUid, seriesInstanceUid, sopInstanceUid, cancelled) {
      const [instance] = await find({ studyInstanceUid, seriesInstanceUid, sopInstanceUid });
      if (instance === undefined) throw new ArchiveError('not-found');
      return readInstance(instance, cancelled);
    },
  };
}
