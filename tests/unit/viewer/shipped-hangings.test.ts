import { describe, expect, it } from 'vitest';

import { expandWords, shippedHangings } from '#renderer/viewer/shipped-hangings.ts';

describe('the hangings that come with the program', () => {
  it('are there for every kind of study', () => {
    const ids = shippedHangings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        'ct-head',
        'ct-chest',
        'ct-abdomen',
        'cta',
        'ct-spine',
        'ct-trauma',
        'mr-brain',
        'mr-spine',
        'mr-joint',
        'chest-radiograph',
        'chest-radiograph-with-prior',
        'extremity-radiograph',
        'mammography-with-priors',
        'ultrasound-grid',
        'nuclear-medicine',
        'pet-ct',
      ]),
    );
  });

  it('name lists of words that are there, and nothing of a list is left unread', () => {
    expect(expandWords({ says: ['@a', 'b'] }, { a: ['c', '@d'], d: ['e'] })).toEqual({ says: ['c', 'e', 'b'] });
    expect(() => expandWords(['@gone'], {})).toThrow('@gone');
    expect(JSON.stringify(shippedHangings)).not.toContain('"@');
  });
});
