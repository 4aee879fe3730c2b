import type { SpeechDecoder } from './decoders.ts';
import { ENDPOINT_FRAME } from './endpointer.ts';

/** A word as the recogniser names it, its pronunciation included (`the(2)`). */
export interface Said {
  readonly said: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A word in one pronunciation, which names it. */
export interface Named {
  readonly word: string;
  readonly phones: string;
}

export function namedByPhones(said: string, grammar: SpeechDecoder): readonly Named[] {
  const phones = grammar.phonesOf(said);
  return phones === undefined ? [] : [{ word: phones.replaceAll(' ', '_'), phones }];
}

export function soundBetween(
  sound: readonly Float32Array[],
  startMs: number,
  endMs = Infinity,
): readonly Float32Array[] {
  const frameAt = (ms: number): number => (ms * 16) / ENDPOINT_FRAME;
  return sound.slice(Math.floor(frameAt(startMs)), Math.ceil(frameAt(endMs)));
}

/** What of a small network fits the sound best. */
export function bestRow(
  words: readonly Named[],
  fsg: string,
  sound: readonly Float32Array[],
  rows: SpeechDecoder,
): readonly string[] {
  rows.addWords([...new Map(words.map((one) => [one.word, one])).values()]);
  rows.setGrammar(fsg);
  rows.start();
  for (const frame of sound) rows.take(frame);
  rows.stop();
  return rows.words();
}
