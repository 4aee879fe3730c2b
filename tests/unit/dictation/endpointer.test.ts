import { describe, expect, it } from 'vitest';

import { createEndpointer, ENDPOINT_FRAME, ENDPOINTER_DEFAULTS } from '#renderer/dictation/engine/endpointer.ts';

/** A tone of 300 Hz: 0.1 is what a microphone gives of a voice. */
const tone = (ms: number, amplitude: number): Float32Array =>
  Float32Array.from({ length: ms * 16 }, (_, at) => amplitude * Math.sin((2 * Math.PI * 300 * at) / 16_000));

function createHiss(amplitude: number): (ms: number) => Float32Array {
  let state = 7;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_823.5 - 1;
  return (ms) => Float32Array.from({ length: ms * 16 }, () => amplitude * next());
}

/** The marks with the time of the frame that set them. */
function marksOf(sound: readonly Float32Array[], options = {}) {
  const endpointer = createEndpointer({ ...ENDPOINTER_DEFAULTS, ...options });
  const marks: (readonly [mark: string, ms: number])[] = [];
  let ms = 0;
  for (const part of sound)
    for (let at = 0; at + ENDPOINT_FRAME <= part.length; at += ENDPOINT_FRAME) {
      ms += 10;
      const mark = endpointer.take(part.subarray(at, at + ENDPOINT_FRAME));
      if (mark !== undefined) marks.push([mark, ms]);
    }
  return { marks, endpointer };
}

describe('the endpointer', () => {
  it('finds where speech begins, and its end once it has been quiet long enough', () => {
    const { marks } = marksOf([tone(1000, 0), tone(800, 0.1), tone(1000, 0)]);
    expect(marks.map(([mark]) => mark)).toEqual(['began', 'ended']);
    expect(marks[0]?.[1]).toBeGreaterThan(1000);
    expect(marks[0]?.[1]).toBeLessThanOrEqual(1100);
    expect(marks[1]?.[1]).toBeGreaterThanOrEqual(2200);
    expect(marks[1]?.[1]).toBeLessThanOrEqual(2350);
  });

  it('finds speech that begins with the recording', () => {
    const { marks } = marksOf([tone(600, 0.1), tone(1000, 0)]);
    expect(marks.map(([mark]) => mark)).toEqual(['began', 'ended']);
  });

  it('goes on through the pause between two words', () => {
    const { marks } = marksOf([tone(500, 0), tone(400, 0.1), tone(250, 0), tone(400, 0.1), tone(800, 0)]);
    expect(marks.map(([mark]) => mark)).toEqual(['began', 'ended']);
  });

  it('takes a click for no speech', () => {
    const { marks } = marksOf([tone(500, 0), tone(20, 0.3), tone(800, 0)]);
    expect(marks).toEqual([]);
  });

  it('learns the level of a noisy room, and hears speech above it', () => {
    const hiss = createHiss(0.01);
    const speech = tone(700, 0.1);
    const noise = hiss(700);
    const both = speech.map((sample, at) => sample + (noise[at] ?? 0));
    const { marks, endpointer } = marksOf([hiss(2000), both, hiss(1500)]);
    expect(marks.map(([mark]) => mark)).toEqual(['began', 'ended']);
    // A uniform hiss of 0.01 has an RMS of 0.01 / √3, -44.8 dB of full scale.
    expect(endpointer.backgroundDb()).toBeGreaterThan(-49);
    expect(endpointer.backgroundDb()).toBeLessThan(-42);
  });

  it('does not take hum of the mains for speech', () => {
    const hum = Float32Array.from({ length: 32_000 }, (_, at) => 0.01 * Math.sin((2 * Math.PI * 50 * at) / 16_000));
    expect(marksOf([hum]).marks).toEqual([]);
  });

  it('cuts what never ends', () => {
    const { marks } = marksOf([tone(500, 0), tone(3000, 0.1)], { longestMs: 1000 });
    expect(marks.filter(([mark]) => mark === 'ended').length).toBeGreaterThanOrEqual(2);
  });
});
