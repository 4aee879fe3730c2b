import { beforeEach, describe, expect, it } from 'vitest';

import { createBackgroundFeed } from '#renderer/viewer/background-feed.ts';
import { readSeries, type ImageSeries } from '#renderer/viewer/model/series.ts';
import { emptyPane, resetViewer, useViewer } from '#renderer/viewer/viewer-store.ts';
import { BASE, dataOf } from './image-of.ts';

const seriesOf = (uid: string): ImageSeries => {
  const instances = [1, 2].map((number) =>
    dataOf({ ...BASE, '0020000E': uid, '00080018': `${uid}.${number}`, '00200013': number, '0008103E': 'Axial' }),
  );
  const [series] = readSeries(instances, 'current', () => undefined);
  if (series?.kind !== 'images') throw new Error('no images');
  return series;
};
const [current, prior, third, fourth] = ['1.1', '1.2', '1.3', '1.4'].map(seriesOf) as [
  ImageSeries,
  ImageSeries,
  ImageSeries,
  ImageSeries,
];

/** Two panes, current beside prior, both on their way. */
function feed() {
  const coming = new Set([current.key, prior.key]);
  const begun: string[] = [];
  const background = createBackgroundFeed({
    hasRoom: () => true,
    isShownComing: () => useViewer.getState().panes.some(({ seriesKey }) => coming.has(seriesKey ?? '')),
    isBegun: ({ key }) => coming.has(key),
    begin: ({ key }) => begun.push(key),
  });
  const ended = (series: ImageSeries) => {
    coming.delete(series.key);
    background.next();
  };
  return { background, begun, ended };
}

beforeEach(() => {
  resetViewer('case');
  useViewer.setState({
    panes: [
      { ...emptyPane('pane-1'), seriesKey: current.key },
      { ...emptyPane('pane-2'), seriesKey: prior.key },
    ],
  });
});

describe('series nobody looks at', () => {
  it('wait until all that stand on screen have come, and then come one after the other', () => {
    const { background, begun, ended } = feed();
    background.add([current, prior, third, fourth]);
    ended(current);
    expect(begun).toEqual([]);
    ended(prior);
    expect(begun).toEqual([third.key]);
    ended(third);
    expect(begun).toEqual([third.key, fourth.key]);
  });
});
