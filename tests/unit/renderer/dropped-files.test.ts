import { describe, expect, it } from 'vitest';

import {
  fromFileList,
  walkDropped,
  type Entry,
  type FileEntry,
  type FolderEntry,
} from '#renderer/worklist/dropped-files.ts';

const file = (name: string): FileEntry => ({ name, isDirectory: false, file: (done) => done(new File(['x'], name)) });

/** Gives two entries at a time, as a browser gives a hundred. */
const folder = (name: string, entries: readonly Entry[]): FolderEntry => ({
  name,
  isDirectory: true,
  createReader() {
    let at = 0;
    return {
      readEntries(done) {
        const some = entries.slice(at, at + 2);
        at += 2;
        done(some);
      },
    };
  },
});
const paths = async (entries: readonly Entry[]) => {
  const { name, files } = await walkDropped(entries, new AbortController().signal);
  return [name, ...files.map(({ path }) => path.join('/'))];
};

describe('what was dropped', () => {
  it('is one folder: its files, each with the folders below it, however many answers that takes', async () => {
    const disc = folder('DISC', [file('a'), folder('s', [file('1'), file('2'), file('3')]), file('b'), file('c')]);
    expect(await paths([disc])).toEqual(['DISC', 'a', 's/1', 's/2', 's/3', 'b', 'c']);
  });

  it('is several things: each keeps its own name', async () => {
    expect(await paths([folder('one', [file('a')]), folder('two', [file('a')]), file('x.dcm')])).toEqual([
      'Dropped files',
      'one/a',
      'two/a',
      'x.dcm',
    ]);
  });

  it('stops looking when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    await expect(walkDropped([folder('DISC', [file('a')])], cancelled)).rejects.toThrow();
  });

  it('chosen in a dialog, is the same', () => {
    const chosen = ['DISC/a', 'DISC/s/1'].map((webkitRelativePath) =>
      Object.defineProperty(new File(['x'], 'n'), 'webkitRelativePath', { value: webkitRelativePath }),
    );
    const { name, files } = fromFileList(chosen);
    expect([name, ...files.map(({ path }) => path.join('/'))]).toEqual(['DISC', 'a', 's/1']);
  });
});
