import type { HeardWord } from '#shared/reporting/speech/speech.ts';

import { ENDPOINT_FRAME } from './endpointer.ts';
import { decibels, soundLevel } from './levels.ts';

/** Quieter than the loudest by this much is breath, room and echo. */
const SPEECH_RANGE_DB = 25;
/** The ends of words are not known more exactly. */
const SLACK_MS = 30;

/** How long something was said that none of the words explains; they are timed from the sound's start. */
export function strayMs(sound: readonly Float32Array[], words: readonly HeardWord[]): number {
  const levels = sound.map((frame) => soundLevel(frame).rmsDb);
  const loudest = levels.reduce((most, level) => Math.max(most, level), decibels(0));
  const frameMs = ENDPOINT_FRAME / 16;
  const isExplained = (ms: number) =>
    words.some((word) => word.startMs - SLACK_MS <= ms && ms <= word.endMs + SLACK_MS);
  return levels.filter((level, at) => level > loudest - SPEECH_RANGE_DB && !isExplained(at * frameMs)).length * frameMs;
}
