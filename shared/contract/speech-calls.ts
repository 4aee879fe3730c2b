import { z } from 'zod';

import { MOST_OWN_WORDS, OWN_WORD } from '../reporting/speech/own-words.ts';
import type { Contract } from './contract.ts';

const nothing = z.strictObject({});
const family = z.enum([
  'streaming-transducer',
  'transducer',
  'nemo-transducer',
  'nemo-ctc',
  'medasr',
  'whisper',
  'moonshine',
]);
const trouble = z.strictObject({
  code: z.enum([
    'no-folder',
    'not-a-model',
    'missing-file',
    'half-copied',
    'broken-file',
    'wrong-kind',
    'no-space',
    'not-written',
    'not-opened',
  ]),
  file: z.string().optional(),
});
const progress = { name: z.string(), doneBytes: z.number(), totalBytes: z.number() };

const speechModelState = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('refused'), name: z.string(), trouble }),
  z.strictObject({ status: z.literal('copying'), ...progress }),
  z.strictObject({ status: z.literal('half-copied'), ...progress, trouble: trouble.optional() }),
  z.strictObject({ status: z.literal('opening'), name: z.string(), family }),
  z.strictObject({
    status: z.literal('ready'),
    name: z.string(),
    family,
    isStreaming: z.boolean(),
    canBeBiased: z.boolean(),
    refused: z.strictObject({ name: z.string(), trouble }).optional(),
  }),
]);

const state = z.strictObject({ model: speechModelState });

export const ownWordSchema = z.strictObject({
  written: z.string().regex(OWN_WORD),
  said: z.union([z.literal(''), z.string().regex(OWN_WORD)]),
});
const ownWords = z.strictObject({ words: z.array(ownWordSchema).max(MOST_OWN_WORDS) });

/** The speech model of this machine; sound goes to it by `POST /speech/{utterance}`. */
export const speechCalls = {
  speechModel: { method: 'speech.model', request: nothing, response: state },
  /** A folder of this machine. What is wrong with it is in the state. */
  installSpeechModel: {
    method: 'speech.install',
    request: z.strictObject({ path: z.string().min(1).max(4096) }),
    response: state,
  },
  /** Stops the copy, goes on with it, or drops model and copy. */
  changeSpeechModel: {
    method: 'speech.change',
    request: z.strictObject({ act: z.enum(['pause', 'resume', 'remove']) }),
    response: state,
  },
  /** Phrases of the case that are likelier to be said; they replace those told before. */
  biasSpeech: {
    method: 'speech.bias',
    request: z.strictObject({ phrases: z.array(z.string().min(1).max(80)).max(300) }),
    response: nothing,
  },
  /** Words that the reader taught dictation. */
  speechWords: { method: 'speech.words', request: nothing, response: ownWords },
  saveSpeechWords: {
    method: 'speech.save-words',
    request: ownWords,
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']) }),
  },
} as const satisfies Record<string, Contract>;

/** Longest piece of sound that is taken at once: ten seconds of 16 000 samples. */
export const MOST_SOUND_BYTES = 10 * 16_000 * 4;

/** An utterance is called by a random name; its pieces come in order. */
export const UTTERANCE_NAME = /^[0-9a-f-]{8,36}$/;

const word = z.strictObject({
  word: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  confidence: z.number().min(0).max(1),
});

/** What `POST /speech/{utterance}` answers to a piece of sound (32-bit floats, little-endian, 16 000 samples a second); `?last=1` ends the utterance. */
export const hearingSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('partial'), text: z.string() }),
  z.strictObject({ status: z.literal('final'), words: z.array(word) }),
  z.strictObject({ status: z.literal('unavailable') }),
]);
