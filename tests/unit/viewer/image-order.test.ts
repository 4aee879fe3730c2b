import { describe, expect, it } from 'vitest';

import { orderImages, streamPlaces } from '#renderer/viewer/model/image-order.ts';
import { imageOf } from './image-of.ts';

const slice = (instanceNumber: number, z: number) =>
  imageOf({
    '00080018': `1.9.${instanceNumber}`,
    '00200013': instanceNumber,
    '00200032': [0, 0, z],
    '00200037': [1, 0, 0, 0, 1, 0],
  });
const numbersOf = (images: readonly ReturnType<typeof imageOf>[]) => images.map((image) => image.instanceNumber);

describe('the order of images', () => {
  it('is by place, so that a slice numbered out of turn lies where it was taken', () => {
    expect(numbersOf(orderImages([slice(1, 30), slice(4, 20), slice(2, 10), slice(3, 0)]))).toEqual([1, 4, 2, 3]);
  });

  it('starts at the end the scanner counted first', () => {
    expect(numbersOf(orderImages([slice(3, 20), slice(1, 0), slice(2, 10)]))).toEqual([1, 2, 3]);
    expect(numbersOf(orderImages([slice(3, -20), slice(1, 0), slice(2, -10)]))).toEqual([1, 2, 3]);
  });

  it('is by instance number where one place was taken twice', () => {
    expect(numbersOf(orderImages([slice(3, 0), slice(1, 0), slice(2, 5), slice(4, 5)]))).toEqual([1, 2, 3, 4]);
  });

  it('is by instance number where images are not parallel or have no geometry', () => {
    const scout = imageOf({ '00200013': 2, '00200032': [0, 0, 0], '00200037': [0, 1, 0, 0, 0, -1] });
    expect(numbersOf(orderImages([slice(3, 9), scout, slice(1, 5)]))).toEqual([1, 2, 3]);
  });

  it('knows where the stream counts an image that the screen shows elsewhere', () => {
    const shown = orderImages([slice(1, 30), slice(2, 20), slice(3, 10)]);
    expect(numbersOf(shown)).toEqual([1, 2, 3]);
    expect(streamPlaces(shown)).toEqual([2, 1, 0]);
  });
});
