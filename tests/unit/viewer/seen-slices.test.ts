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
    expect(seen.of([series])).toEqual([{ seriesKey: '1.2', description: 'Axial', role: 'current', total: 4, seen: 2 }]);
  });

  it('say so of a series that was never opened', () => {
    const seen = createSeenSlices();
    const [opened, other] = [seriesOf('1.2', 3), seriesOf('1.3', 5)];
    seen.note(opened, 1);
    expect(seen.of([opened, other]).map(({ total, seen: count }) => [total, count])).toEqual([
      [3, 1],
      [5, 0],
    ]);
    expect([seen.isSeen('1.2', 1), seen.isSeen('1.2', 0), seen.isSeen('1.3', 1)]).toEqual([true, false, false]);
  });
});
