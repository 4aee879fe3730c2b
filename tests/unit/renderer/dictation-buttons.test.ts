import { describe, expect, it } from 'vitest';

import { buttonCommands } from '#renderer/dictation/button-commands.ts';
import { judgeSound } from '#renderer/dictation/check-microphone.ts';
import { modelWords } from '#renderer/dictation/model-words.ts';
import { createUtteranceSound } from '#renderer/dictation/utterance-sound.ts';

// Values of `ButtonEvent` as the package publishes them.
const [REWIND, INSERT, RECORD, END_OF_LETTER] = [1, 16, 32, 16_384];

describe('buttons of a dictation device', () => {
  it('are commands when they go down and are let go of when they come up', () => {
    expect(buttonCommands(0, RECORD)).toEqual({ pressed: ['dictation.hold'], released: [] });
    expect(buttonCommands(RECORD, 0)).toEqual({ pressed: [], released: ['dictation.hold'] });
  });
  it('are each their own while others are held', () => {
    expect(buttonCommands(RECORD, RECORD | END_OF_LETTER).pressed).toEqual(['report.next-field']);
    expect(buttonCommands(RECORD | INSERT, RECORD | REWIND)).toEqual({
      pressed: ['dictation.play'],
      released: ['report.measurement'],
    });
  });
  it('that mean nothing here do nothing', () => {
    expect(buttonCommands(0, 0x400000)).toEqual({ pressed: [], released: [] });
  });
});

describe('the check of a microphone', () => {
  const tone = (size: number) => Float32Array.from({ length: 32_000 }, (_, at) => size * Math.sin(at / 3));
  it('tells silence, noise and too much apart', () => {
    expect(judgeSound(new Float32Array(32_000), 16_000)).toBe('silent');
    expect(judgeSound(tone(0.0003), 16_000)).toBe('good');
    expect(judgeSound(tone(0.05), 16_000)).toBe('noisy');
    expect(
      judgeSound(
        tone(1.5).map((sample) => Math.max(-1, Math.min(1, sample))),
        16_000,
      ),
    ).toBe('clipped');
  });
  it('takes a voice in a quiet room for good', () => {
    const sound = tone(0.3);
    sound.fill(0.0002, 0, 8_000);
    expect(judgeSound(sound, 16_000)).toBe('good');
  });
});

describe('the sound of what was said', () => {
  const piece = (value: number, length = 1600) => new Float32Array(length).fill(value);
  it('begins a little before the word, and can be played by its number', () => {
    const sounds = createUtteranceSound();
    for (let count = 1; count <= 20; count++) sounds.take(piece(count));
    const lead = sounds.begin();
    expect(lead.length).toBeGreaterThanOrEqual(0.35 * 16_000);
    expect(lead.length).toBeLessThan(0.5 * 16_000);
    sounds.take(piece(99));
    const number = sounds.end();
    expect(sounds.play(number)?.length).toBe(lead.length + 1600);
    expect(sounds.play(number + 1)).toBeUndefined();
  });
  it('is overwritten when it is forgotten', () => {
    const sounds = createUtteranceSound();
    sounds.take(piece(1));
    sounds.begin();
    const number = sounds.end();
    const kept = sounds.play(number);
    sounds.forget();
    expect(sounds.play(number)).toBeUndefined();
    expect(kept?.every((sample) => sample === 0)).toBe(true);
  });
  it('is kept of the last twenty only', () => {
    const sounds = createUtteranceSound();
    const numbers = Array.from({ length: 21 }, () => (sounds.begin(), sounds.end()));
    expect(sounds.play(numbers[0]!)).toBeUndefined();
    expect(sounds.play(numbers[1]!)).toBeDefined();
  });
});

it('a model is told of with its kind, its progress and what is wrong with it', () => {
  expect(modelWords({ status: 'copying', name: 'm', doneBytes: 2_500_000, totalBytes: 120_000_000 })).toBe(
    'Copying m: 2.5 of 120 MB',
  );
  expect(modelWords({ status: 'refused', name: 'm', trouble: { code: 'missing-file', file: 'tokens.txt' } })).toBe(
    'm: tokens.txt is missing. Choose the folder that holds the whole model.',
  );
});
