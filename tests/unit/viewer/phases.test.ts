import { describe, expect, it } from 'vitest';

import { orderImages } from '#renderer/viewer/model/image-order.ts';
import { nextPhase, phaseAt, phasesOf, phaseWords, scrolledIn } from '#renderer/viewer/model/phases.ts';
import { volumeRefusal } from '#renderer/viewer/model/volume-refusal.ts';
import { imageOf } from './image-of.ts';

const PLACES = [0, 5, 10, 15];

/** As scanners send them: place after place, all phases of one before the next, numbered in that order. */
function series(phases: number, mark: (phase: number, place: number) => Readonly<Record<string, unknown>>) {
  const images = PLACES.flatMap((z, place) =>
    Array.from({ length: phases }, (_, phase) =>
      imageOf({
        '00080018': `1.2.${place}.${phase}`,
        '00200013': place * phases + phase + 1,
        '00200037': [1, 0, 0, 0, 1, 0],
        '00200032': [0, 0, z],
        '00280030': [1, 1],
        ...mark(phase, place),
      }),
    ),
  );
  return { images: orderImages(images) };
}
const uids = ({ images }: ReturnType<typeof series>) => images.map(({ sopInstanceUid }) => sopInstanceUid.slice(4));

describe('several images at each place', () => {
  it('are phases by Temporal Position Identifier: the whole volume at the first moment, then at the second', () => {
    const film = series(3, (phase) => ({ '00200100': phase + 1, '00200110': 40 }));
    expect(uids(film)).toEqual(['0.0', '1.0', '2.0', '3.0', '0.1', '1.1', '2.1', '3.1', '0.2', '1.2', '2.2', '3.2']);
    expect(phasesOf(film)).toMatchObject({ count: 3, places: 4, by: 'temporal position', stepMs: 40 });
  });

  it('are told apart by b-value, also where the scanner counted otherwise', () => {
    const diffusion = series(2, (phase) => ({ '00189087': phase === 0 ? 1000 : 0 }));
    expect(phasesOf(diffusion)).toMatchObject({ by: 'b-value', labels: ['b 0 s/mm²', 'b 1000 s/mm²'] });
    expect(uids(diffusion).slice(0, 2)).toEqual(['0.1', '1.1']);
    expect(phasesOf(diffusion)?.stepMs).toBeUndefined();
  });

  it('are the beats of a heart by Trigger Time, played as fast as it beat', () => {
    const heart = series(5, (phase, place) => ({ '00181060': phase * 35 + place * 0.4 }));
    expect(phasesOf(heart)).toMatchObject({ count: 5, by: 'trigger time', stepMs: 35 });
    expect(phaseWords(phasesOf(heart)!, 9)).toBe('Phase 3/5: 70 ms after trigger');
  });

  it('are passes of contrast by acquisition time, where each image has its own', () => {
    const pass = series(2, (phase, place) => ({ '00080032': `1015${phase}${place}.5` }));
    expect(phasesOf(pass)).toMatchObject({ count: 2, places: 4, by: 'acquisition time' });
    expect(phasesOf(pass)?.labels).toEqual(['at 10:15:01', 'at 10:15:11']);
  });

  it('stay in the order of their numbers where nothing tells the phases apart, or a phase is not whole', () => {
    expect(phasesOf(series(2, () => ({})))).toBeUndefined();
    const { images } = series(2, (phase) => ({ '00200100': phase + 1 }));
    expect(phasesOf({ images: orderImages(images.slice(1)) })).toBeUndefined();
  });
});

describe('a volume in time', () => {
  const film = series(3, (phase) => ({ '00200100': phase + 1 }));
  const phases = phasesOf(film)!;

  it('is scrolled within its phase, and played at one place', () => {
    expect(scrolledIn(film, 5, 1)).toBe(6);
    expect(scrolledIn(film, 6, 9)).toBe(7);
    expect(scrolledIn(film, 5, -9)).toBe(4);
    expect([1, 5, 9].map((index) => nextPhase(phases, index, 1))).toEqual([5, 9, 1]);
    expect(nextPhase(phases, 1, -1)).toBe(9);
  });

  it('gives planes through the phase that is seen', () => {
    expect(volumeRefusal(film)).toBe('two of its images lie at the same place');
    const { part, from } = phaseAt(film, 6);
    expect(from).toBe(4);
    expect(part.images.map(({ sopInstanceUid }) => sopInstanceUid.slice(4))).toEqual(['0.1', '1.1', '2.1', '3.1']);
    expect(volumeRefusal(part)).toBeUndefined();
  });
});
