import { describe, expect, it } from 'vitest';

import { createResampler, resample } from '#renderer/dictation/engine/resample.ts';

const tone = (hz: number, rate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rate));

/** Root mean square of the middle, where no edge is felt. */
function middleRms(samples: Float32Array): number {
  const middle = samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

describe('resampling', () => {
  for (const rate of [8_000, 11_025, 22_050, 44_100, 48_000, 96_000]) {
    it(`brings ${rate} samples a second to 16 000, with tone and length kept`, () => {
      const out = resample(tone(1_000, rate, 0.5), rate, 16_000);
      expect(Math.abs(out.length - 8_000)).toBeLessThanOrEqual(2);
      expect(middleRms(out)).toBeCloseTo(Math.SQRT1_2, 2);
      const expected = tone(1_000, 16_000, 0.5);
      const error = out.map((sample, at) => sample - (expected[at] ?? 0));
      expect(middleRms(error)).toBeLessThan(0.02);
    });
  }

  it('leaves nothing of what lies above the new half rate', () => {
    expect(middleRms(resample(tone(12_000, 48_000, 0.5), 48_000, 16_000))).toBeLessThan(0.003);
  });

  it('gives the same in pieces as at once', () => {
    const whole = tone(700, 44_100, 0.3);
    const resampler = createResampler(44_100, 16_000);
    const pieces: number[] = [];
    for (let at = 0; at < whole.length; at += 441) pieces.push(...resampler.take(whole.subarray(at, at + 441)));
    pieces.push(...resampler.end());
    const once = resample(whole, 44_100, 16_000);
    expect(pieces.length).toBe(once.length);
    expect(Math.max(...pieces.map((sample, at) => Math.abs(sample - (once[at] ?? 0))))).toBeLessThan(1e-5);
  });

  it('leaves sound of the right rate as it is', () => {
    const sound = tone(440, 16_000, 0.1);
    expect(resample(sound, 16_000, 16_000)).toEqual(sound);
  });
});
