/** One file of what was dropped or chosen, with its folders below the dropped one. */
export interface DroppedFile {
  readonly path: readonly string[];
  readonly file: () => Promise<File>;
}

export interface Dropped {
  /** Of the one folder that was dropped; of several things, a name for them together. */
  readonly name: string;
  readonly files: readonly DroppedFile[];
}

/** What of a FileSystemEntry is used: a test walks folders made of arrays. */
export interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
}
export interface FileEntry extends Entry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void;
}
export interface FolderEntry extends Entry {
  createReader(): { readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void };
}

/** To be asked while the drop event runs. Files that belong to no folder, as a page may make them, stand for themselves. */
export function entriesOf(transfer: DataTransfer): Entry[] {
  return [...transfer.items].flatMap((item): Entry[] => {
    const entry: Entry | null = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null) return [entry];
    return file === null ? [] : [entryOf(file)];
  });
}

const entryOf = (file: File): FileEntry => ({ name: file.name, isDirectory: false, file: (done) => done(file) });

const TOGETHER = 'Dropped files';

/** Walks what was dropped. A single folder is the folder; of several things each keeps its own name. */
export async function walkDropped(entries: readonly Entry[], signal: AbortSignal): Promise<Dropped> {
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isFolder(only)) {
    return { name: only.name, files: await filesBelow(only, [], signal) };
  }
  const files: DroppedFile[] = [];
  for (const entry of entries) files.push(...(await filesOf(entry, [], signal)));
  return { name: TOGETHER, files };
}

/** What an `<input webkitdirectory>` gives: each path begins with the chosen folder's own name. */
export function fromFileList(list: Iterable<File>): Dropped {
  const files = [...list];
  const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
  return {
    name: name === '' ? TOGETHER : name,
    files: files.map((file) => {
      const below = file.webkitRelativePath.split('/').slice(1);
      return { path: below.length === 0 ? [file.name] : below, file: async () => file };
    }),
  };
}

const isFolder = (entry: Entry): entry is FolderEntry => entry.isDirectory;

async function filesOf(entry: Entry, above: readonly string[], signal: AbortSignal): Promise<DroppedFile[]> {
  const path = [...above, entry.name];
  if (isFolder(entry)) return filesBelow(entry, path, signal);
  const source = entry as FileEntry;
  return [{ path, file: () => new Promise((resolve, reject) => source.file(resolve, reject)) }];
}

async function filesBelow(folder: FolderEntry, path: readonly string[], signal: AbortSignal): Promise<DroppedFile[]> {
  const reader = folder.createReader();
  const files: DroppedFile[] = [];
  for (;;) {
    signal.throwIfAborted();
    // A hundred at a time in Chromium; only an empty answer is the end.
    const entries = await new Promise<Entry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const entry of entries) files.push(...(await filesOf(entry, path, signal)));
  }
}
