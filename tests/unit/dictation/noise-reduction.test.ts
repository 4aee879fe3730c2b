import { describe, expect, it } from 'vitest';

import { createNoiseReduction } from '#renderer/dictation/engine/noise-reduction.ts';
import { createFourier } from '#renderer/dictation/engine/spectrum.ts';

const FRAME = 160;

/** The same noise each time: Park and Miller's row, twelve of it summed. */
function createNoise(size: number): () => number {
  let state = 11;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return () => size * (Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, 0) - 6);
}

/** Syllables of a vowel's harmonics, 120 ms each, in every second half of a second. */
const voice = (seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * 16_000 }, (_, at) =>
    at % 16_000 < 8_000 || at % 2_880 > 1_920
      ? 0
      : [1, 2, 3, 5, 8].reduce((sum, k) => sum + (0.05 / k) * Math.sin((2 * Math.PI * 140 * k * at) / 16_000), 0),
  );

/** What comes out, moved back by the one frame that it comes later. */
function reduced(sound: Float32Array): Float32Array {
  const reduction = createNoiseReduction();
  const out = new Float32Array(sound.length);
  for (let at = 0; at + FRAME <= sound.length; at += FRAME) out.set(reduction.take(sound.slice(at, at + FRAME)), at);
  return out.slice(FRAME);
}

const power = (sound: Float32Array): number => sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length;
const difference = (one: Float32Array, other: Float32Array): Float32Array =>
  one.map((sample, at) => sample - (other[at] ?? 0));
const db = (ratio: number): number => 10 * Math.log10(ratio);

describe('noise reduction', () => {
  it('brings the ratio of voice to steady noise up by 6 dB and more', () => {
    const clean = voice(4);
    const noise = createNoise(Math.sqrt(power(clean) / 10 ** 1.5));
    const noisy = clean.map((sample) => sample + noise());
    const before = db(power(clean) / power(difference(noisy, clean)));
    const out = reduced(noisy);
    const after = db(power(clean) / power(difference(out, clean.slice(0, out.length))));
    expect(before).toBeCloseTo(15, 0);
    expect(after).toBeGreaterThan(before + 6);
  });
  it('leaves a voice without noise as it is, also one that breaks the silence of a muted microphone', () => {
    const clean = voice(2);
    const hiss = createNoise(10 ** (-80 / 20));
    for (const sound of [clean, clean.map((sample) => sample + hiss())]) {
      const out = reduced(sound);
      expect(db(power(difference(out, clean.slice(0, out.length))) / power(clean))).toBeLessThan(-15);
    }
  });
  it('learns a noise that begins after silence, as of a microphone that was muted', () => {
    const noise = createNoise(0.01);
    const sound = Float32Array.from({ length: 32_000 }, (_, at) => (at < 16_000 ? 0 : noise()));
    const out = reduced(sound);
    expect(power(out.slice(0, 15_000))).toBeLessThan(1e-9);
    expect(db(power(out.slice(20_000)) / 0.01 ** 2)).toBeLessThan(-10);
  });
});

describe('the Fourier transform', () => {
  it('is the sum that defines it, and goes back', () => {
    const size = 16;
    const noise = createNoise(1);
    const samples = Float64Array.from({ length: size }, noise);
    const values = { real: Float64Array.from(samples), imaginary: new Float64Array(size) };
    const { transform, invert } = createFourier(size);
    transform(values);
    for (let bin = 0; bin < size; bin++) {
      const part = (of: (angle: number) => number) =>
        samples.reduce((sum, sample, at) => sum + sample * of((-2 * Math.PI * bin * at) / size), 0);
      expect(values.real[bin]).toBeCloseTo(part(Math.cos), 10);
      expect(values.imaginary[bin]).toBeCloseTo(part(Math.sin), 10);
    }
    invert(values);
    samples.forEach((sample, at) => expect(values.real[at]).toBeCloseTo(sample, 10));
  });
});
