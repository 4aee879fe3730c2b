import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..');
};

/** Deeper than any disc or export; ends a tree that a link closes into a circle. */
const MAX_DEPTH = 64;

/**
 * All files under a folder, depth first, as they are found. Links are followed only while they stay inside the tree and
 * only once to each place. What cannot be read is reported, not thrown.
 */
export async function* walkFolder(
  dir: string,
  onUnreadable: (problem: UnreadablePath) => void,
  signal?: AbortSignal,
): AsyncGenerator<FoundFile> {
  let root: string;
  try {
    root = await realpath(dir);
  } catch (error) {
    onUnreadable({ path: dir, reason: `cannot be read: ${codeOf(error)}` });
    return;
  }
  const visited = new Set<string>([root]);

  async function* visitEntry(path: string, depth: number): AsyncGenerator<FoundFile> {
    let entry = await lstat(path);
    let place = path;
    if (entry.isSymbolicLink()) {
      place = await realpath(path);
      if (!isInside(root, place)) return;
      entry = await stat(place);
      // A file the link leads to inside the tree is met at its own place too.
      if (entry.isFile()) return;
    }
    if (entry.isDirectory()) {
      if (visited.has(place) && place !== path) return;
      visited.add(place);
      yield* visitFolder(place, depth + 1);
    } else if (entry.isFile()) {
      yield { path, sizeBytes: entry.size, modifiedMs: entry.mtimeMs };
    }
  }

  async function* visitFolder(folder: string, depth: number): AsyncGenerator<FoundFile> {
    if (depth > MAX_DEPTH) {
      onUnreadable({ path: folder, reason: 'folders are nested too deep' });
      return;
    }
    let names: string[] = [];
    try {
      for await (const entry of await opendir(folder)) names.push(entry.name);
    } catch (error) {
      onUnreadable({ path: folder, reason: `cannot be read: ${codeOf(error)}` });
      return;
    }
    names = names.toSorted();
    for (const name of names) {
      if (signal?.aborted === true) return;
      const path = join(folder, name);
      try {
        yield* visitEntry(path, depth);
      } catch (error) {
        onUnreadable({ path, reason: `cannot be read: ${codeOf(error)}` });
      }
    }
  }

  yield* visitFolder(root, 0);
}
