import { describe, expect, it } from 'vitest';

import { changeOf, lesionOf, lesionsOf, partnerOf } from '#renderer/viewer/model/lesion.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '#renderer/viewer/model/measurement.ts';
import { measurementLines, reportWords } from '#renderer/viewer/model/measurement-words.ts';
import { imageOf } from './image-of.ts';

const CT = { '00280030': [1, 1] };
const along = (mm: number): readonly ImagePoint[] => [
  [0, 0],
  [mm, 0],
];
const drawn = (
  id: string,
  points: readonly ImagePoint[],
  more: Partial<Measurement> = {},
  values: Readonly<Record<string, unknown>> = CT,
): Measurement => ({ id, kind: 'length', facts: imageOf(values), points, text: '', pixels: undefined, ...more });

const before = drawn('before', along(9));
const now = drawn('now', along(12), { beforeId: 'before' });
const pair = [before, now];
const isPrior = ({ id }: Measurement) => id.startsWith('before');
const placeOf = (facts: Measurement['facts']) =>
  facts === before.facts ? 'prior 2026-03-03, series 3, image 40' : 'series 4, image 56';

describe('a lesion measured on both studies', () => {
  it('says in the report what it is, what it was and by how much it changed, whichever is chosen', () => {
    const words = '12 mm (series 4, image 56), before 9 mm (prior 2026-03-03, series 3, image 40), +33 %';
    expect(reportWords(now, pair, placeOf)).toBe(words);
    expect(reportWords(before, pair, placeOf)).toBe(words);
  });

  it('is counted, and named on both images', () => {
    expect(measurementLines(now, pair)).toEqual(['12.0 mm', 'Lesion 1', 'before 9 mm, +33 %']);
    expect(measurementLines(before, pair)).toEqual(['9.0 mm', 'Lesion 1, before']);
    const second = [drawn('before-2', along(10)), drawn('now-2', along(5), { beforeId: 'before-2' })];
    expect(lesionsOf([...pair, ...second]).map(({ number, now: { id } }) => [number, id])).toEqual([
      [1, 'now'],
      [2, 'now-2'],
    ]);
  });

  it.each([
    ['smaller', 6, 'before 9 mm, −33 %'],
    ['the same', 9, 'before 9 mm, no change'],
  ])('says %s', (_, mm, words) => {
    const other = drawn('now', along(mm), { beforeId: 'before' });
    expect(measurementLines(other, [before, other]).at(-1)).toBe(words);
  });

  it('is compared by its longest diameter, and by its area where that was drawn', () => {
    const cross = (long: number, short: number): readonly ImagePoint[] => [...along(short), [0, 0], [0, long]];
    const was = drawn('before', cross(10, 9), { kind: 'bidirectional' });
    const is = drawn('now', cross(15, 4), { kind: 'bidirectional', beforeId: 'before' });
    expect(changeOf({ number: 1, now: is, before: was }, [was, is])).toBeCloseTo(0.5, 10);
    const square = (side: number): readonly ImagePoint[] => [
      [0, 0],
      [side, side],
    ];
    const region = [
      drawn('before', square(10), { kind: 'rectangle' }),
      drawn('now', square(20), { kind: 'rectangle', beforeId: 'before' }),
    ];
    expect(changeOf(lesionOf(region[0]!, region)!, region)).toBeCloseTo(3, 10);
  });

  it('claims no change where the two are not in one scale', () => {
    const plain = drawn('now', along(12), { beforeId: 'before' }, {});
    const all = [before, plain];
    expect(reportWords(plain, all, placeOf)).toBe(
      '12 px, uncalibrated (series 4, image 56), before 9 mm (prior 2026-03-03, series 3, image 40)',
    );
  });

  it('is a pair no more when one of the two is deleted', () => {
    expect(lesionOf(now, [now])).toBeUndefined();
    expect(measurementLines(now, [now])).toEqual(['12.0 mm']);
  });
});

describe('what a measurement is paired with', () => {
  const loose = drawn('now', along(12));
  it('is the last one on the other study that measures the same way and is free', () => {
    const all = [drawn('before-a', along(1)), drawn('before-b', along(2)), loose];
    expect(partnerOf(loose, all, isPrior)?.id).toBe('before-b');
    const taken = drawn('now-b', along(3), { beforeId: 'before-b' });
    expect(partnerOf(loose, [...all, taken], isPrior)?.id).toBe('before-a');
  });

  it.each<[string, Measurement]>([
    ['of another kind', drawn('before', along(9), { kind: 'ellipse' })],
    ['on the same study', drawn('other', along(9))],
  ])('is none %s', (_, other) => {
    expect(partnerOf(loose, [other, loose], isPrior)).toBeUndefined();
  });

  it.each<MeasurementKind>(['angle', 'probe', 'arrow', 'calibration', 'vertebra'])('is none for %s', (kind) => {
    const [one, other] = [drawn('now', along(9), { kind }), drawn('before', along(9), { kind })];
    expect(partnerOf(one, [other, one], isPrior)).toBeUndefined();
  });
});
