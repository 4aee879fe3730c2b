import { beforeEach, describe, expect, it } from 'vitest';

import type { ImageFacts } from '#renderer/viewer/model/image-facts.ts';
import { STRAIGHT_PLANES } from '#renderer/viewer/model/plane.ts';
import type { PlaneLength } from '#renderer/viewer/model/planes-state.ts';
import type { Series } from '#renderer/viewer/model/series.ts';
import { createPlanes, limitVolumes } from '#renderer/viewer/planes.ts';
import { activePane, resetViewer, updatePane, useViewer } from '#renderer/viewer/viewer-store.ts';
import { imageOf } from './image-of.ts';

limitVolumes(1_000_000);

/** Five slices of one volume, with the window their file states. */
function seriesOf(key: string, window: readonly [center: number, width: number]): Series {
  const images: readonly ImageFacts[] = [0, 1, 2, 3, 4].map((slice) =>
    imageOf({
      '00080018': `1.2.3.${key}.${slice}`,
      '00200013': slice + 1,
      '00200052': '1.2.3.99',
      '00200037': [1, 0, 0, 0, 1, 0],
      '00200032': [0, 0, slice * 3],
      '00280030': [1, 1],
      '00280100': 16,
      '00280101': 16,
      '00281050': window[0],
      '00281051': window[1],
    }),
  );
  return { kind: 'images', key, role: 'current', images } as unknown as Series;
}
const SOFT = seriesOf('1', [40, 400]);
const BONE = seriesOf('2', [480, 2500]);

const lengthOn = (seriesKey: string, name: PlaneLength['name']): PlaneLength => ({
  id: `on ${name}`,
  seriesKey,
  firstIndex: 0,
  name,
  planes: STRAIGHT_PLANES,
  at: [2, 2, 6],
  from: [0, 2, 6],
  to: [3, 2, 6],
});

function openViewer() {
  resetViewer(undefined);
  useViewer.setState({ series: [SOFT, BONE], contextKey: 'case' });
  updatePane('pane-1', {
    seriesKey: SOFT.key,
    index: 1,
    scale: { kind: 'window', center: 35, width: 80, function: 'LINEAR' },
    isScaleChosen: true,
    isInverted: true,
  });
  const said: string[] = [];
  const planes = createPlanes({
    look: () => undefined,
    leave: () => undefined,
    image: () => new Promise(() => undefined),
    onLeft: () => undefined,
    say: (message) => said.push(message),
    onProblem: (message) => said.push(message),
  });
  return { planes, said };
}
let opened: ReturnType<typeof openViewer>;
beforeEach(() => {
  opened = openViewer();
});

describe('planes', () => {
  it('open as the reader sees their series in its pane: window, inversion, slice', () => {
    opened.planes.toggle(activePane(useViewer.getState())!);
    expect(opened.said).toEqual([]);
    expect(useViewer.getState().planes).toMatchObject({
      seriesKey: SOFT.key,
      at: [1, 1, 3],
      scale: { center: 35, width: 80 },
      isInverted: true,
    });
  });

  it('of a series that no pane shows take neither window nor inversion of what the pane does show', () => {
    opened.planes.show(lengthOn(BONE.key, 'axial'));
    expect(useViewer.getState().planes).toMatchObject({
      seriesKey: BONE.key,
      scale: { center: 480, width: 2500 },
      isInverted: false,
    });
  });

  it('show the one plane that a distance was drawn on where another has all the room, and all where none has', () => {
    opened.planes.show(lengthOn(SOFT.key, 'coronal'));
    expect(useViewer.getState().planes).toMatchObject({ active: 'coronal', enlarged: undefined });
    opened.planes.change(() => ({ enlarged: 'axial' }));
    opened.planes.show(lengthOn(SOFT.key, 'sagittal'));
    expect(useViewer.getState().planes).toMatchObject({ active: 'sagittal', enlarged: 'sagittal', at: [2, 2, 6] });
  });
});
