import { create } from 'zustand';

import { call, discardUpload, failureWords, uploadFile, type Answer } from '../bridge/index.ts';
import { fromFileList, walkDropped, type Dropped, type Entry } from './dropped-files.ts';
import { loadWorklist } from './worklist.ts';

type Imported = Extract<Answer<'importDropped'>, { status: 'imported' }>['folder'];

export type DroppedImport =
  | { readonly phase: 'none' }
  | { readonly phase: 'looking' }
  | { readonly phase: 'bringing'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly phase: 'importing'; readonly name: string }
  | { readonly phase: 'imported'; readonly folder: Imported }
  | { readonly phase: 'failed'; readonly text: string };

export const useDroppedImport = create<DroppedImport>()(() => ({ phase: 'none' }));
const step = (next: DroppedImport): void => useDroppedImport.setState(next, true);

export const isImportingDropped = ({ phase }: DroppedImport): boolean =>
  phase === 'looking' || phase === 'bringing' || phase === 'importing';

let running: AbortController | undefined;

/** Ends an import that runs, and what it brought; forgets one that is done. */
export function cancelDropped(): void {
  running?.abort();
  running = undefined;
  step({ phase: 'none' });
}

export const importDropped = (entries: readonly Entry[]): Promise<void> =>
  bring((signal) => walkDropped(entries, signal));

export const importChosen = (files: Iterable<File>): Promise<void> => {
  const chosen = fromFileList(files);
  return bring(async () => chosen);
};

const AT_ONCE = 4;

async function bring(look: (signal: AbortSignal) => Promise<Dropped>): Promise<void> {
  cancelDropped();
  const mine = new AbortController();
  const { signal } = mine;
  running = mine;
  const batchId = crypto.randomUUID();
  step({ phase: 'looking' });
  try {
    const { name, files } = await look(signal);
    if (files.length === 0) return step({ phase: 'failed', text: 'There are no files in that folder.' });
    const problems = await bringFiles(batchId, { name, files }, signal);
    step({ phase: 'importing', name });
    const answer = await call('importDropped', { batchId, name: name.slice(0, 200) }, { signal });
    if (answer.status === 'refused') return step({ phase: 'failed', text: problems[0]?.reason ?? answer.reason });
    step({
      phase: 'imported',
      folder: {
        ...answer.folder,
        files: answer.folder.files + problems.length,
        problems: [...problems, ...answer.folder.problems],
      },
    });
    await loadWorklist();
  } catch (failure) {
    const isCancelled = signal.aborted;
    // What is still under way would come after the rest was dropped.
    mine.abort();
    void discardUpload(batchId);
    if (!isCancelled) step({ phase: 'failed', text: failureWords(failure) });
  } finally {
    if (running === mine) running = undefined;
  }
}

/** A few at a time; answers which files were not taken, and why. */
async function bringFiles(
  batchId: string,
  { name, files }: Dropped,
  signal: AbortSignal,
): Promise<Imported['problems']> {
  const problems: Imported['problems'] = [];
  const left = files.values();
  let done = 0;
  const bringSome = async () => {
    for (const { path, file } of left) {
      signal.throwIfAborted();
      const outcome = await bringFile(batchId, path, file, signal);
      if (outcome.status === 'refused') problems.push({ file: path.join('/'), reason: outcome.reason });
      done += 1;
      signal.throwIfAborted();
      step({ phase: 'bringing', name, done, total: files.length });
    }
  };
  step({ phase: 'bringing', name, done, total: files.length });
  await Promise.all(Array.from({ length: AT_ONCE }, bringSome));
  return problems;
}

async function bringFile(batchId: string, path: readonly string[], open: () => Promise<File>, signal: AbortSignal) {
  const file = await open().catch(() => undefined);
  if (file === undefined) return { status: 'refused', reason: 'The file could not be read.' } as const;
  return uploadFile(batchId, path, file, signal);
}
