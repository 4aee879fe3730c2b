import { beforeEach, describe, expect, it } from 'vitest';

import { createKeptDrawings, followDrawings } from '#renderer/viewer/kept-drawings.ts';
import { advance, goBack } from '#renderer/viewer/model/history.ts';
import type { ImageFacts } from '#renderer/viewer/model/image-facts.ts';
import type { Measurement } from '#renderer/viewer/model/measurement.ts';
import { STRAIGHT_PLANES } from '#renderer/viewer/model/plane.ts';
import type { PlaneLength } from '#renderer/viewer/model/planes-state.ts';
import type { Series } from '#renderer/viewer/model/series.ts';
import { resetViewer, useViewer } from '#renderer/viewer/viewer-store.ts';
import { keptDrawingsSchema } from '#shared/contract/report-image-schemas.ts';
import { changeDrawings, type DrawingsChange, type KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import { imageOf } from './image-of.ts';

const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
const image = (nth: number): ImageFacts => imageOf({ '00080018': `1.2.3.4.${nth}`, '00200013': nth });
const seriesOf = (images: readonly ImageFacts[]) =>
  ({ kind: 'images', key: 'soft', seriesNumber: 2, role: 'current', images }) as unknown as Series;
const drawn = (nth: number, facts: ImageFacts, more: Partial<Measurement> = {}): Measurement => ({
  id: id(nth),
  kind: 'length',
  facts,
  points: [
    [1.25, 2],
    [3.5, 0.1],
  ],
  text: '',
  pixels: undefined,
  ...more,
});

/** As a case is opened: its series, then its key. */
function open(images: readonly ImageFacts[], before: readonly KeptDrawing[] = []) {
  resetViewer(undefined);
  useViewer.setState({ series: [seriesOf(images)] });
  const said: string[] = [];
  const drawings = createKeptDrawings(before, (message) => said.push(message));
  drawings.stand();
  useViewer.setState({ contextKey: 'case' });
  return { drawings, said };
}

/** What a draft would hold of all that is told, as it comes out of the call. */
let held: readonly KeptDrawing[] = [];
let changes: DrawingsChange[] = [];
followDrawings((contextKey, change) => {
  expect(contextKey).toBe('case');
  changes.push(change);
  held = keptDrawingsSchema.parse(JSON.parse(JSON.stringify(changeDrawings(held, change)))) as readonly KeptDrawing[];
});

const draw = (...all: readonly Measurement[]): void =>
  useViewer.setState(({ measurements }) => ({ measurements: advance(measurements, all) }));
const present = () => useViewer.getState().measurements.present;

beforeEach(() => {
  [held, changes] = [[], []];
});

describe('what was drawn on the images of a case', () => {
  it('comes back from the draft as it stood, on its image: all kinds of numbers, words, calibration, lesion pairs', () => {
    const images = [image(1), image(2)];
    open(images);
    const all = [
      drawn(1, images[0]!, { kind: 'probe', points: [[1, 1]], pixels: [10, 20, 30] }),
      drawn(2, images[1]!, {
        kind: 'ellipse',
        pixels: { count: 4, mean: 41.25, sd: 0.5, min: 40, max: 42 },
        text: 'cyst',
      }),
      drawn(3, images[1]!, { kind: 'calibration', knownMm: 25.4 }),
      drawn(4, images[0]!, { beforeId: id(5) }),
      drawn(5, images[1]!),
    ];
    draw(...all);
    open(images, held);
    expect(present()).toEqual(all);
    expect(present().every(({ facts }, nth) => facts === all[nth]!.facts)).toBe(true);
  });

  it('comes back on planes where it was drawn', () => {
    const images = [image(1), image(2)];
    open(images);
    const length: PlaneLength = {
      id: id(1),
      seriesKey: 'soft',
      firstIndex: 0,
      name: 'coronal',
      planes: STRAIGHT_PLANES,
      at: [1, 2, 3.5],
      from: [0, 0, 1],
      to: [10, 0, 1],
    };
    useViewer.setState({ planeLengths: [length] });
    open(images, held);
    expect(useViewer.getState().planeLengths).toEqual([length]);
  });

  it('is told as it changes, drawing by drawing, and not when the case is left', () => {
    const one = image(1);
    open([one]);
    draw(drawn(1, one));
    draw(drawn(1, one), drawn(2, one));
    const moved = drawn(1, one, {
      points: [
        [0, 0],
        [1, 1],
      ],
    });
    draw(moved, present()[1]!);
    draw(moved);
    resetViewer(undefined);
    expect(changes.map(({ put, gone }) => [put.map((each) => each.id), gone])).toEqual([
      [[id(1)], []],
      [[id(1), id(2)], []],
      [[id(1)], []],
      [[], [id(2)]],
    ]);
    expect(held).toMatchObject([
      {
        id: id(1),
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ]);
  });

  it('is not taken away by taking back what was drawn since', () => {
    const one = image(1);
    open([one]);
    draw(drawn(1, one));
    const { drawings } = open([], held);
    useViewer.setState({ series: [seriesOf([one])] });
    draw(drawn(2, one));
    drawings.stand();
    expect(present().map((each) => each.id)).toEqual([id(1), id(2)]);
    useViewer.setState(({ measurements }) => ({ measurements: goBack(measurements) }));
    expect(present().map((each) => each.id)).toEqual([id(1)]);
  });

  it('is named where its image is not here, stays with the draft, and stands when the image comes after all', () => {
    const [one, two] = [image(1), image(2)];
    open([one, two]);
    draw(drawn(1, one), drawn(2, two), drawn(3, two));
    const { drawings, said } = open([one], held);
    drawings.tellMissing();
    expect(present()).toHaveLength(1);
    expect(said).toEqual([
      'Kept with the draft but not shown: 2 drawings on images that are not here (Series 2, image 2).',
    ]);
    // Something else is drawn: nothing of what is not shown is lost by that.
    draw(...present(), drawn(4, one));
    expect(held.map((each) => each.id)).toEqual([1, 2, 3, 4].map(id));
    useViewer.setState({ series: [seriesOf([one, two])] });
    drawings.stand();
    expect(present().map((each) => each.id)).toEqual([2, 3, 1, 4].map(id));
    drawings.tellMissing();
    expect(said).toHaveLength(1);
  });

  it('stands as another window tells it, which is told to nobody again, and nothing here takes it back', () => {
    const [one, two] = [image(1), image(2)];
    open([one, two]);
    draw(drawn(1, one), drawn(2, two));
    const elsewhere = held.map((each) =>
      each.id === id(2) && each.kind === 'length' ? { ...each, text: 'cyst' } : each,
    );
    const { drawings } = open([one]);
    draw(drawn(3, one));
    changes = [];
    // The second lies on an image that comes later.
    drawings.take({ put: elsewhere, gone: [] });
    expect(present().map((each) => each.id)).toEqual([1, 3].map(id));
    useViewer.setState({ series: [seriesOf([one, two])] });
    drawings.stand();
    expect(present().find((each) => each.id === id(2))?.text).toBe('cyst');
    useViewer.setState(({ measurements }) => ({ measurements: goBack(measurements) }));
    expect(present().map((each) => each.id)).toEqual([2, 1].map(id));
    changes = [];
    drawings.take({ put: [], gone: [id(1), id(2)] });
    expect(present()).toEqual([]);
    expect(changes).toEqual([]);
  });

  it('never keeps a text from being saved: what is no number is left out', () => {
    const one = image(1);
    open([one]);
    draw(
      drawn(1, one, {
        points: [
          [Number.NaN, 0],
          [1, 1],
        ],
      }),
      drawn(2, one, { kind: 'rectangle', pixels: { count: 1, mean: Number.NaN, sd: 0, min: 0, max: 0 } }),
    );
    expect(held.map((each) => [each.id, 'pixels' in each])).toEqual([[id(2), false]]);
  });
});
