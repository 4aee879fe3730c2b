import { describe, expect, it } from 'vitest';

import { isGap, stackFault, volumeRefusal } from '#renderer/viewer/model/volume-refusal.ts';
import { imageOf } from './image-of.ts';

interface Slice {
  readonly at?: readonly [number, number, number];
  readonly more?: Record<string, unknown>;
}
const AXIAL = [1, 0, 0, 0, 1, 0];
const slices = (all: readonly Slice[]) => ({
  images: all.map(({ at, more }, index) =>
    imageOf({
      '00080018': `1.${index}`,
      '00200052': '9.9',
      '00200037': AXIAL,
      '00280030': [0.5, 0.5],
      ...(at && { '00200032': [...at] }),
      ...more,
    }),
  ),
});
const even = (count: number, stepMm: number, shift = 0): Slice[] =>
  Array.from({ length: count }, (_, index) => ({ at: [0, index * shift, index * stepMm] as const }));

describe('a series as a volume', () => {
  it('is one when its slices stand evenly in one direction, in whatever order they come', () => {
    expect(volumeRefusal(slices(even(10, 1.25)))).toBeUndefined();
    expect(volumeRefusal(slices(even(10, 1.25).toReversed()))).toBeUndefined();
  });

  it('may have positions rounded to a hundredth', () => {
    const rounded = even(20, 0.625).map(({ at }) => ({ at: [0, 0, Number(at![2].toFixed(2))] as const }));
    expect(volumeRefusal(slices(rounded))).toBeUndefined();
  });

  it('is refused for a slice that is missing, with the place', () => {
    const gap = even(10, 2).filter((_, index) => index !== 4);
    expect(volumeRefusal(slices(gap))).toBe('a slice is missing between 6 mm and 10 mm');
  });

  it('is refused for uneven spacing, with the extremes', () => {
    const uneven = [0, 5, 10, 15, 22.5, 30].map((z) => ({ at: [0, 0, z] as const }));
    expect(volumeRefusal(slices(uneven))).toBe('its slices are unevenly spaced, from 5 mm to 7.5 mm');
  });

  it('is refused for gantry tilt, with the angle', () => {
    // Moving 5 mm up and 5 tan 15° sideways.
    expect(volumeRefusal(slices(even(10, 5, 5 * Math.tan(Math.PI / 12))))).toBe(
      'its slices are sheared by 15.0° (gantry tilt)',
    );
  });

  it.each([
    ['it has only 2 images', even(2, 1)],
    ['it has only one image', even(1, 1)],
    ['the file does not say where its images lie', [...even(3, 1), {}]],
    ['two of its images lie at the same place', [...even(4, 1), { at: [0, 0, 2] as const }]],
    [
      'its images lie in different planes',
      [...even(3, 1), { at: [0, 0, 3] as const, more: { '00200037': [0, 1, 0, 0, 0, -1] } }],
    ],
    ['its images are of different size', [...even(3, 1), { at: [0, 0, 3] as const, more: { '00280010': 8 } }]],
    [
      'its images have different pixel spacing',
      [...even(3, 1), { at: [0, 0, 3] as const, more: { '00280030': [0.6, 0.6] } }],
    ],
    [
      'its images belong to different frames of reference',
      [...even(3, 1), { at: [0, 0, 3] as const, more: { '00200052': '9.8' } }],
    ],
    ['its images are in colour', even(4, 1).map((one) => ({ ...one, more: { '00280004': 'RGB' } }))],
  ] satisfies [string, Slice[]][])('is refused because %s', (reason, all) => {
    expect(volumeRefusal(slices(all))).toBe(reason);
  });
});

describe('a stack with a fault', () => {
  const gap = slices(even(10, 2).filter((_, index) => index !== 4)).images;

  it('is told where slices are meant, and a gap is known as one', () => {
    const fault = stackFault({ modality: 'CT', images: gap });
    expect(fault).toBe('a slice is missing between 6 mm and 10 mm');
    expect(isGap(fault!)).toBe(true);
    expect(isGap('its slices are sheared by 15.0° (gantry tilt)')).toBe(false);
  });

  it('is nothing of a film, nor of a whole stack', () => {
    expect(stackFault({ modality: 'DX', images: gap })).toBeUndefined();
    expect(stackFault({ modality: 'CT', images: slices(even(10, 2)).images })).toBeUndefined();
  });
});
