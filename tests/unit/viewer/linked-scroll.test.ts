import { describe, expect, it } from 'vitest';

import { linkedIndex, offsetBetween, relationOf } from '#renderer/viewer/model/linked-scroll.ts';
import { readSeries, type ImageSeries } from '#renderer/viewer/model/series.ts';
import { BASE, dataOf } from './image-of.ts';

interface Stack {
  readonly uid: string;
  readonly places: readonly number[];
  readonly space?: string;
  readonly directions?: readonly number[];
  readonly axis?: 0 | 1 | 2;
}
function stack({ uid, places, space = 'A', directions = [1, 0, 0, 0, 1, 0], axis = 2 }: Stack): ImageSeries {
  const [series] = readSeries(
    places.map((mm, index) => {
      const position = [0, 0, 0];
      position[axis] = mm;
      return dataOf({
        ...BASE,
        '0020000E': uid,
        '00080018': `${uid}.${index}`,
        '00200013': index + 1,
        '00200052': space,
        '00200037': directions,
        '00200032': position,
      });
    }),
    'current',
    () => undefined,
  );
  if (series?.kind !== 'images') throw new Error('images');
  return series;
}
const FROM_BELOW = [1, 0, 0, 0, -1, 0];
const SAGITTAL = [0, 1, 0, 0, 0, -1];

describe('linked stacks', () => {
  const thin = stack({ uid: '1', places: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });

  it('of one frame of reference stand at the same place of the body', () => {
    const thick = stack({ uid: '2', places: [-5, 0, 5, 10] });
    expect(relationOf(thin, thick)).toBe('same-space');
    expect([0, 4, 10].map((index) => linkedIndex(thin, index, thick, 0))).toEqual([1, 2, 3]);
  });

  it('meet also where one was counted the other way round and is turned', () => {
    const turned = stack({ uid: '3', places: [0, 5, 10], directions: FROM_BELOW });
    expect(relationOf(thin, turned)).toBe('same-space');
    const at = (index: number) => turned.images[linkedIndex(thin, index, turned, 0)]?.position?.[2];
    expect([0, 5, 10].map(at)).toEqual([0, 5, 10]);
  });

  it('of two spaces keep the offset they had', () => {
    const prior = stack({ uid: '4', places: [100, 103, 106, 109], space: 'B' });
    expect(relationOf(thin, prior)).toBe('other-space');
    const offset = offsetBetween(thin, 2, prior, 1);
    expect(offset).toBe(101);
    expect([2, 5, 8].map((index) => linkedIndex(thin, index, prior, offset))).toEqual([1, 2, 3]);
  });

  it('in other planes do not move each other, and without places have nothing in common', () => {
    expect(relationOf(thin, stack({ uid: '5', places: [0, 4], directions: SAGITTAL, axis: 0 }))).toBe('crossed');
    const [unplaced] = readSeries([dataOf({ ...BASE, '0020000E': '6' })], 'prior', () => undefined);
    expect(unplaced?.kind === 'images' && relationOf(thin, unplaced)).toBe('unplaced');
  });
});
