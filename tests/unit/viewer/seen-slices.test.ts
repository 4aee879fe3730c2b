import { describe, expect, it } from 'vitest';

import { readSeries, type ImageSeries } from '#renderer/viewer/model/series.ts';
import { createSeenSlices } from '#renderer/viewer/seen-slices.ts';
import { BASE, dataOf } from './image-of.ts';

const seriesOf = (uid: string, count: number): ImageSeries => {
  const instances = Array.from({ length: count }, (_, index) =>
    dataOf({ ...BASE, '0020000E': uid, '00080018': `${uid}.${index}`, '00200013': index + 1, '0008103E': 'Axial' }),
  );
  const [series] = readSeries(instances, 'current', () => undefined);
  if (series?.kind !== 'images') throw new Error('no images');
  return series;
};

describe('seen slices', () => {
  it('count each image once, however often it is on screen', () => {
    const seen = createSeenSlices();
    const series = seriesOf('1.2', 4);
    expect([0, 1, 0, 1].map((index) => seen.note(series, index))).toEqual([true, true, false, false]);
    expect(seen.count(series.key)).toBe(2);
  });

  it('say so of a series that was never opened', () => {
    const seen = createSeenSlices();
    const [opened, other] = [seriesOf('1.2', 3), seriesOf('1.3', 5)];
    seen.note(opened, 1);
    expect([opened, other].map(({ key }) => seen.count(key))).toEqual([1, 0]);
    expect([seen.isSeen(opened, 1), seen.isSeen(opened, 0), seen.isSeen(other, 1)]).toEqual([true, false, false]);
  });

  it('go with their images when others come between', () => {
    const seen = createSeenSlices();
    const [before, now] = [seriesOf('1.2', 3), seriesOf('1.2', 5)];
    seen.note(before, 2);
    const grown = { ...now, images: now.images.toReversed() };
    expect(grown.images.map((_, index) => seen.isSeen(grown, index))).toEqual([false, false, true, false, false]);
  });
});
