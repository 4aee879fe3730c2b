import { PHONE_WORDS, type SpeechDecoders } from './decoders.ts';
import { bestRow, namedByPhones, soundBetween, type Named, type Said } from './rows.ts';

/** A phone costs little. Words of the grammar have the better of it by the model's knowledge of phones beside phones (decision 43). */
const PHONE_SHARE = '0.6';

/** The word before, then the words that were heard, or any row of phones. */
function fsgOf([before, ...words]: readonly Named[]): string {
  const end = words.length + 1;
  const [phone, next] = [end + 1, end + 2];
  const lines = [
    `0 1 1.0 ${before?.word ?? ''}`,
    ...words.map(({ word }, at) => `${at + 1} ${at + 2} 1.0 ${word}`),
    `1 ${phone} 1.0`,
    ...PHONE_WORDS.map(({ word }) => `${phone} ${next} ${PHONE_SHARE} ${word}`),
    `${next} ${phone} 1.0`,
    `${next} ${end} 1.0`,
  ];
  const head = ['FSG_BEGIN foreign', `NUM_STATES ${next + 1}`, 'START_STATE 0', `FINAL_STATE ${end}`];
  return [...head, ...lines.map((line) => `TRANSITION ${line}`), 'FSG_END', ''].join('\n');
}

const PHONES: ReadonlySet<string> = new Set(PHONE_WORDS.map(({ word }) => word));

/**
 * Whether the words from `at` on to the end explain their sound worse than phones do. How well a whole utterance fits
 * hides a few words that do not; what would be written over what stands already must fit by itself.
 */
export function areForeign(
  heard: readonly Said[],
  at: number,
  sound: readonly Float32Array[],
  { grammar, rows }: Pick<SpeechDecoders, 'grammar' | 'rows'>,
): boolean {
  const row = heard.slice(at - 1).flatMap(({ said }) => namedByPhones(said, grammar));
  const found = bestRow(row, fsgOf(row), soundBetween(sound, heard[at - 1]?.startMs ?? 0), rows);
  return found.some((word) => PHONES.has(word));
}
