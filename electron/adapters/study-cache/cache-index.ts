import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One cached thing: which content stands for it, and the file that says so. */
export interface CachedEntry {
  /** Name of the content: the same bytes have the same, whatever study they came with. */
  readonly content: string;
  readonly file: string;
  readonly bytes: number;
}

export interface CachedStudy {
  /** By the name of what was stored, an instance or the metadata. */
  readonly entries: Map<string, CachedEntry>;
  lastUsedMs: number;
}

/** Suffix of a file that is still being written; found at start it is what a crash left, and goes. */
export const UNFINISHED = '.part';

/** `entry.content.seal`: the seal binds the two, so that no file can be passed off as another by renaming. */
export const fileNameOf = (entry: string, content: string, seal: string): string => `${entry}.${content}.${seal}`;
const FILE_NAME = /^([0-9a-f]{40})\.([0-9a-f]{40})\.[0-9a-f]{40}$/;

/** What lies in the cache folder: one folder a study, one file an instance. What is no file of ours goes: it is a copy at best. */
export async function indexCache(folder: string): Promise<Map<string, CachedStudy>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const index = new Map<string, CachedStudy>();
  for (const folderEntry of await readdir(folder, { withFileTypes: true })) {
    if (!folderEntry.isDirectory()) continue;
    const path = join(folder, folderEntry.name);
    const { mtimeMs } = await stat(path);
    const study: CachedStudy = { entries: new Map(), lastUsedMs: mtimeMs };
    for (const file of await readdir(path)) {
      const [, entry, content] = FILE_NAME.exec(file) ?? [];
      // A crash between a new content and the removal of the old leaves two files: either is good, one is enough.
      if (entry === undefined || content === undefined || study.entries.has(entry)) {
        await rm(join(path, file), { recursive: true, force: true });
        continue;
      }
      study.entries.set(entry, { content, file, bytes: (await stat(join(path, file))).size });
    }
    index.set(folderEntry.name, study);
  }
  return index;
}
