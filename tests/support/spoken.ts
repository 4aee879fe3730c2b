import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readWave, resample } from '#renderer/dictation/engine/index.ts';

/** Voices of Debian's speech synthesisers, by the program that speaks and what it calls them. */
export const VOICES = [
  'flite slt',
  'flite rms',
  'flite awb',
  'flite kal16',
  'festival voice_kal_diphone',
  'espeak-ng en-us',
  'espeak-ng en-gb',
  'espeak-ng en-us+f3',
  'espeak-ng en-gb+m3',
] as const;
export type Voice = (typeof VOICES)[number];

/** Says a text into a WAV file. */
export function sayInto(file: string, voice: Voice, text: string): void {
  const [program, name = ''] = voice.split(' ');
  if (program === 'flite') execFileSync('flite', ['-voice', name, '-t', text, '-o', file], { stdio: 'ignore' });
  else if (program === 'espeak-ng') execFileSync('espeak-ng', ['-v', name, '-s', '150', '-w', file, text]);
  else
    execFileSync('text2wave', ['-eval', `(${name})`, '-o', file], { input: text, stdio: ['pipe', 'ignore', 'ignore'] });
}

/** What a voice says, as the recogniser takes it: 16 000 samples a second. */
export function spoken(folder: string, voice: Voice, text: string): Float32Array {
  const file = join(folder, 'spoken.wav');
  sayInto(file, voice, text);
  const read = readWave(readFileSync(file));
  if (!read.ok) throw new Error(`${voice}: ${read.error}`);
  return resample(read.value.samples, read.value.sampleRate, 16_000);
}

export const silence = (seconds: number): Float32Array => new Float32Array(seconds * 16_000);

export function joined(...parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A RIFF/WAVE file of 16 bits, one channel. */
export function writeWave(file: string, samples: Float32Array, sampleRate = 16_000): void {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) =>
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + index * 2),
  );
  writeFileSync(file, bytes);
}
