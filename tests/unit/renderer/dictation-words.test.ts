import { describe, expect, it } from 'vitest';

import { doubtfulWords, openDoubts } from '#renderer/dictation/doubts.ts';
import { echoOf } from '#renderer/dictation/echo.ts';
import { soundTrouble, stateWords } from '#renderer/dictation/state-words.ts';

const heard = (word: string, confidence: number) => ({ word, confidence, startMs: 0, endMs: 100 });

describe('what is shown of what was heard', () => {
  it('echoes numbers with their units, levels, sides and denials', () => {
    expect(echoOf('No nodule of 12.5 mm in the left lobe.')).toEqual(['No', '12.5 mm', 'left']);
    expect(echoOf('Mass of 2.3 × 1.4 cm at L4-L5.')).toEqual(['2.3 × 1.4 cm', 'L4-L5']);
    expect(echoOf('The lungs are clear.')).toEqual([]);
  });
  it('marks a doubtful word that stands in the text, once, and no empty one', () => {
    const words = [heard('there', 0.3), heard('effusion', 0.5), heard('left', 0.9), heard('effusion', 0.6)];
    expect(doubtfulWords(words, 'There is a left pleural effusion.')).toEqual(['effusion']);
    expect(doubtfulWords([heard('twelve', 0.2)], '12 mm')).toEqual([]);
  });
  it('drops the mark of a word that was fixed', () => {
    const doubts = [
      { id: 1, sectionId: 'findings', word: 'effusion' },
      { id: 2, sectionId: 'findings', word: 'left' },
    ];
    expect(openDoubts(doubts, () => 'Right pleural effusion.').map(({ id }) => id)).toEqual([1]);
  });
  it('says what is wrong with the sound, the worst first', () => {
    const fine = { clippedCount: 0, backgroundDb: -60, lostPieces: 0 };
    expect(soundTrouble(fine)).toBeUndefined();
    expect(soundTrouble({ ...fine, backgroundDb: -40 })).toMatch(/Noisy/);
    expect(soundTrouble({ ...fine, clippedCount: 3, backgroundDb: -40 })).toMatch(/Too loud/);
    expect(soundTrouble({ ...fine, lostPieces: 2 })).toMatch(/2 pieces/);
  });
  it('has words for each way that a microphone is not to be had', () => {
    const words = (['refused', 'missing', 'busy', 'failed', 'lost', 'no-recogniser'] as const).map((why) =>
      stateWords({ kind: 'unavailable', why }),
    );
    expect(new Set(words).size).toBe(6);
  });
});
