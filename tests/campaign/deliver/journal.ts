import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface JournalLine {
  /** Stable id: MSH-10, Message-ID, report UUID. */
  readonly id: string;
  /** `filed`: taken, for the first time. `repeat`: known by its id, and not filed again. `refused`: not taken. */
  readonly what: 'filed' | 'repeat' | 'refused';
}

/** What a peer has taken, in order, on disk before it says so. A line that was cut off by a kill was never acknowledged and does not count. */
export function readJournal(file: string): JournalLine[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine);
}

export function openJournal<Line extends JournalLine>(file: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const handle = openSync(file, 'a');
  // What stands behind the last line end was cut off: closed by a line end of its own it would be read.
  if (text !== '' && !text.endsWith('\n')) throw new Error('a cut-off line: journals are written in one call');
  const known = new Set(
    readJournal(file)
      .filter(({ what }) => what === 'filed')
      .map(({ id }) => id),
  );
  return {
    has: (id: string): boolean => known.has(id),
    write(line: Line): void {
      writeSync(handle, `${JSON.stringify(line)}\n`);
      fsyncSync(handle);
      if (line.what === 'filed') known.add(line.id);
    },
    lines: (): Line[] => readJournal(file) as Line[],
    close: (): void => closeSync(handle),
  };
}
