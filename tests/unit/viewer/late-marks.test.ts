import { beforeEach, describe, expect, it } from 'vitest';

import { createLateMarks } from '#renderer/viewer/late-marks.ts';
import { readSeries, type ImageSeries } from '#renderer/viewer/model/series.ts';
import { resetViewer, useViewer } from '#renderer/viewer/viewer-store.ts';
import { BASE, dataOf } from './image-of.ts';

const seriesOf = (uid: string): ImageSeries => {
  const instances = [1, 2].map((number) =>
    dataOf({ ...BASE, '0020000E': uid, '00080018': `${uid}.${number}`, '00200013': number, '0008103E': 'Axial' }),
  );
  const [series] = readSeries(instances, 'current', () => undefined);
  if (series?.kind !== 'images') throw new Error('no images');
  return series;
};

beforeEach(() => resetViewer('case'));

describe('images that came after the reading was signed', () => {
  it('are marked as new when it is opened again, once, until each was looked at', () => {
    const [known, grown] = [seriesOf('1.1'), seriesOf('1.2')];
    const told: string[] = [];
    const marks = createLateMarks({ note: ({ sopInstanceUid }) => told.push(sopInstanceUid), close: () => undefined });
    const since = [{ lateImages: ['1.2.1', '1.2.2', '1.9.9'] }];
    const marked = () => [...(useViewer.getState().late[grown.key] ?? [])].length;
    marks.markSince([known, grown], since);
    expect([Object.keys(useViewer.getState().late), marked()]).toEqual([[grown.key], 2]);
    marks.noteSeen(grown, grown.images[0]!);
    marks.markSince([known, grown], since);
    expect([marked(), told]).toEqual([1, ['1.2.1']]);
    marks.noteSeen(grown, grown.images[1]!);
    marks.markSince([known, grown], since);
    expect(marked()).toBe(0);
  });
});
