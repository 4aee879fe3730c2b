import type { EngineResult } from 'sherpa-onnx-node';

import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** Where nothing is told, a word is taken as sure. */
const SURE = 1;
/** The last token has no next one to end it. */
const LAST_TOKEN_MS = 80;

const begins = (token: string, index: number): boolean => index === 0 || /^[\s▁]/.test(token);
const plain = (token: string): string => token.replace(/^[\s▁]+/, '');

/** Small letters, as dictation has its words; signs that a model sets itself are words of their own or go. */
export const wordsOfText = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%.]+$|\.$/gu, ''))
    .filter((word) => word !== '');

/** Words with their times and how sure the least sure of their pieces is. */
export function heardWords({ text, tokens = [], timestamps = [], ys_probs = [] }: EngineResult): readonly HeardWord[] {
  const words: { word: string; startMs: number; endMs: number; confidence: number }[] = [];
  tokens.forEach((token, index) => {
    const startMs = Math.round((timestamps[index] ?? 0) * 1000);
    const endMs = Math.round((timestamps[index + 1] ?? (timestamps[index] ?? 0) + LAST_TOKEN_MS / 1000) * 1000);
    const confidence = ys_probs[index] === undefined ? SURE : Math.min(1, Math.exp(ys_probs[index]));
    const last = words.at(-1);
    if (last === undefined || begins(token, index)) words.push({ word: plain(token), startMs, endMs, confidence });
    else {
      last.word += token;
      last.endMs = endMs;
      last.confidence = Math.min(last.confidence, confidence);
    }
  });
  const told = words.flatMap((one) => wordsOfText(one.word).map((word) => ({ ...one, word })));
  // Some kinds give no tokens, or tokens that are not the text's letters.
  const said = wordsOfText(text);
  if (told.map(({ word }) => word).join(' ') === said.join(' ')) return told;
  return said.map((word) => ({ word, startMs: 0, endMs: 0, confidence: SURE }));
}
