import { hangingProtocolSchema } from '#shared/contract/hanging-calls.ts';
import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';

/** `build/hangings`, as bundled: one hanging a file, and `words.json`, the lists of words they share. */
const files: Readonly<Record<string, unknown>> = import.meta.glob('#build/hangings/*.json', {
  eager: true,
  import: 'default',
});

const WORDS = 'words.json';
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `@head` in a list stands for all words of that list; a name that is not there is an error of the file. */
export function expandWords(value: unknown, words: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown) => {
      if (typeof each !== 'string' || !each.startsWith('@')) return [expandWords(each, words)];
      const list = words[each.slice(1)];
      if (!Array.isArray(list)) throw new Error(`no list of words is called ${each}`);
      return expandWords(list, words) as unknown[];
    });
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expandWords(each, words)]))
    : value;
}

function readShipped(): HangingProtocol[] {
  const named = Object.entries(files).map(([path, value]) => [nameOf(path), value] as const);
  const words = named.find(([name]) => name === WORDS)?.[1];
  if (!isRecord(words)) throw new Error('the lists of words of the hangings are missing');
  return named
    .filter(([name]) => name !== WORDS)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([, value]) => hangingProtocolSchema.parse(expandWords(value, words)) as HangingProtocol);
}

/** What comes with the program. A file that is no hanging stops the viewer from loading; tests read every one. */
export const shippedHangings: readonly HangingProtocol[] = readShipped();
