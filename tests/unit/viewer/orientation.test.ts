import { describe, expect, it } from 'vitest';

import { directionLetters, edgeLetters } from '#renderer/viewer/model/orientation.ts';
import { imageOf } from './image-of.ts';

describe('orientation letters', () => {
  it('name the patient directions of PS3.3 C.7.6.1.1.1', () => {
    expect(directionLetters([1, 0, 0])).toBe('L');
    expect(directionLetters([0, 1, 0])).toBe('P');
    expect(directionLetters([0, 0, 1])).toBe('H');
    expect(directionLetters([-0.6, 0, -0.8])).toBe('FR');
  });

  it('show the patient’s right at the left edge of an axial image', () => {
    const facts = imageOf({ '00200037': [1, 0, 0, 0, 1, 0] });
    expect(edgeLetters(facts, { right: [1, 0, 0], up: [0, -1, 0] })).toEqual({
      left: 'R',
      right: 'L',
      top: 'A',
      bottom: 'P',
    });
  });

  it('follow a flip and a turn of the view', () => {
    const facts = imageOf({ '00200037': [1, 0, 0, 0, 1, 0] });
    expect(edgeLetters(facts, { right: [-1, 0, 0], up: [0, -1, 0] })?.left).toBe('L');
    expect(edgeLetters(facts, { right: [0, -1, 0], up: [-1, 0, 0] })).toMatchObject({ top: 'R', right: 'A' });
  });

  it('come from Patient Orientation on a film without geometry', () => {
    const film = imageOf({ '00200020': ['L', 'F'] });
    expect(edgeLetters(film, { right: [1, 0, 0], up: [0, -1, 0] })).toEqual({
      left: 'R',
      right: 'L',
      top: 'H',
      bottom: 'F',
    });
  });

  it('are left out where the file says nothing', () => {
    expect(edgeLetters(imageOf(), { right: [1, 0, 0], up: [0, -1, 0] })).toBeUndefined();
  });
});
