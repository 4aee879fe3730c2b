import type { Command } from './command.ts';

/** A line of the sheet: one command, or a row of them that differ by their number only. */
export interface SheetLine {
  readonly title: string;
  /** Each of them does it; of a row the first and the last. */
  readonly keys: readonly string[];
  readonly isRow: boolean;
}

const NUMBERED = /^(?<words>.+) (?<number>\d)$/u;

/** `List 1` to `List 9` with the keys 1 to 9 are one line: `List 1 to 9`. */
export function sheetLines(commands: readonly Pick<Command, 'title' | 'keys'>[]): readonly SheetLine[] {
  const lines: SheetLine[] = [];
  for (let at = 0; at < commands.length;) {
    const row = rowFrom(commands.slice(at));
    const [first, last] = [row[0]!, row.at(-1)!];
    lines.push(
      row.length > 1
        ? { title: `${first.title} to ${numberOf(last)}`, keys: [first.keys[0]!, last.keys[0]!], isRow: true }
        : { title: first.title, keys: first.keys, isRow: false },
    );
    at += row.length;
  }
  return lines;
}

type Listed = Pick<Command, 'title' | 'keys'>;
const numberOf = ({ title }: Listed): string => NUMBERED.exec(title)?.groups?.['number'] ?? '';
const wordsOf = ({ title }: Listed): string => NUMBERED.exec(title)?.groups?.['words'] ?? '';

function rowFrom(commands: readonly Listed[]): readonly Listed[] {
  const words = wordsOf(commands[0]!);
  const belongs = (one: Listed) => words !== '' && wordsOf(one) === words && one.keys.join() === numberOf(one);
  const end = commands.findIndex((one) => !belongs(one));
  return commands.slice(0, Math.max(1, end < 0 ? commands.length : end));
}
