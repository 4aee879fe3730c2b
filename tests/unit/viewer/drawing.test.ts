import { describe, expect, it } from 'vitest';

import {
  dragged,
  drawnPoints,
  isComplete,
  isOutline,
  move,
  press,
  release,
  type Drawing,
} from '#renderer/viewer/model/drawing.ts';
import { gripAt } from '#renderer/viewer/model/grip.ts';
import { advance, begin, goBack, goForward } from '#renderer/viewer/model/history.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '#renderer/viewer/model/measurement.ts';
import { toImage, toPane, type Place } from '#renderer/viewer/model/place.ts';
import { imageOf } from './image-of.ts';

const facts = imageOf({ '00280030': [1, 1] });

/** One drag with the button held, from point to point. */
function drag(drawing: Drawing | undefined, kind: MeasurementKind, ...[from, ...way]: ImagePoint[]): Drawing {
  const pressed = press(drawing, kind, facts, from!);
  return release(
    way.reduce((before, at) => move(before, at, true), pressed),
    true,
  );
}
function click(drawing: Drawing | undefined, kind: MeasurementKind, at: ImagePoint): Drawing {
  const before = drawing && move(drawing, at, false);
  return release(press(before, kind, facts, at), false);
}

describe('drawing', () => {
  it('is the same by dragging and by clicking', () => {
    const byDrag = drag(undefined, 'length', [1, 1], [5, 5], [9, 4]);
    const byClicks = click(click(undefined, 'length', [1, 1]), 'length', [9, 4]);
    expect(byDrag.fixed).toEqual([
      [1, 1],
      [9, 4],
    ]);
    expect(byClicks.fixed).toEqual(byDrag.fixed);
    expect(isComplete(byDrag)).toBe(true);
    expect(isComplete(click(undefined, 'length', [1, 1]))).toBe(false);
  });

  it('of an angle takes a drag and a click, of a Cobb angle two drags', () => {
    const leg = drag(undefined, 'angle', [0, 9], [0, 0]);
    expect(isComplete(leg)).toBe(false);
    expect(drawnPoints(move(leg, [4, 4], false))).toEqual([
      [0, 9],
      [0, 0],
      [4, 4],
    ]);
    expect(isComplete(click(leg, 'angle', [9, 0]))).toBe(true);
    const plates = drag(drag(undefined, 'cobb', [0, 0], [9, 1]), 'cobb', [0, 9], [9, 8]);
    expect(isComplete(plates)).toBe(true);
  });

  it('keeps the second diameter at right angles to the first, also when either is moved', () => {
    const drawing = drag(drag(undefined, 'bidirectional', [0, 0], [10, 0]), 'bidirectional', [4, -3], [7, 6]);
    expect(drawing.fixed).toEqual([
      [0, 0],
      [10, 0],
      [4, -3],
      [4, 6],
    ]);
    const measurement: Measurement = {
      id: 'a',
      kind: 'bidirectional',
      facts,
      points: drawing.fixed,
      text: '',
      pixels: undefined,
    };
    const turned = dragged({ measurement, point: 1 }, [10, 0], [0, 10]).points;
    expect(turned.map((point) => point.map(Math.round))).toEqual([
      [0, 0],
      [0, 10],
      [3, 4],
      [-6, 4],
    ]);
    expect(dragged({ measurement, point: undefined }, [0, 0], [1, 2]).points).toEqual([
      [1, 2],
      [11, 2],
      [5, -1],
      [5, 8],
    ]);
  });

  it('by free hand follows the held button and is an outline from three points on', () => {
    const outline = drag(undefined, 'freehand', [0, 0], [5, 0], [5, 5]);
    expect(outline.fixed).toHaveLength(3);
    expect(isOutline(outline)).toBe(true);
    expect(isOutline(click(undefined, 'freehand', [0, 0]))).toBe(false);
  });
});

describe('the place of an image', () => {
  it('goes both ways, mirrored and turned', () => {
    const turned: Place = { origin: [300, 40], along: [0, 2.5], down: [-2.5, 0] };
    expect(toPane(turned, [10, 4])).toEqual([290, 65]);
    expect(toImage(turned, [290, 65])).toEqual([10, 4]);
  });
});

describe('the pointer', () => {
  const place: Place = { origin: [0, 0], along: [10, 0], down: [0, 10] };
  const length = (id: string, ...points: ImagePoint[]): Measurement => ({
    id,
    kind: 'length',
    facts,
    points,
    text: '',
    pixels: undefined,
  });
  const both = [length('a', [0, 0], [10, 0]), length('b', [0, 5], [10, 5])];

  it('takes hold of points before lines, and of nothing further away', () => {
    expect(gripAt(both, place, [97, 4])).toEqual({ measurement: both[0], point: 1 });
    expect(gripAt(both, place, [50, 53])).toEqual({ measurement: both[1], point: undefined });
    expect(gripAt(both, place, [50, 25])).toBeUndefined();
  });
});

describe('undo', () => {
  it('goes back and forward, and a new act ends what could be redone', () => {
    const two = advance(advance(begin('none'), 'one'), 'two');
    expect(goBack(two).present).toBe('one');
    expect(goForward(goBack(two)).present).toBe('two');
    expect(goBack(goBack(goBack(two))).present).toBe('none');
    expect(goForward(advance(goBack(two), 'other')).present).toBe('other');
  });
});
