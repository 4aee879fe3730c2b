import { describe, expect, it } from 'vitest';

import type { ImagePoint, Measurement } from '#renderer/viewer/model/measurement.ts';
import { measurementLines, reportWords } from '#renderer/viewer/model/measurement-words.ts';
import { nextVertebra, readVertebra } from '#renderer/viewer/model/spine-label.ts';
import { imageOf } from './image-of.ts';

/** A sagittal slice: rows go down the body, 1 mm each. */
const sagittal = imageOf({
  '00200037': [0, 1, 0, 0, 0, -1],
  '00200032': [0, -100, 200],
  '00280030': [1, 1],
});
const label = (text: string, row: number, facts = sagittal): Measurement => ({
  id: text,
  kind: 'vertebra',
  facts,
  points: [[50, row] as ImagePoint],
  text,
  pixels: undefined,
});

describe('a label on the spine', () => {
  it('counts on towards the feet below the last one, and towards the head above it', () => {
    expect(nextVertebra(label('', 40), [label('L3', 20)])).toBe('L4');
    expect(nextVertebra(label('', 5), [label('L3', 20)])).toBe('L2');
    expect(nextVertebra(label('', 40), [label('T12', 20)])).toBe('L1');
    expect(nextVertebra(label('', 5), [label('T1', 20)])).toBe('C7');
  });

  it('is asked of the reader when it is the first, of another study, or beyond the ends', () => {
    expect(nextVertebra(label('', 40), [])).toBeUndefined();
    const elsewhere = label('L3', 20, { ...sagittal, studyInstanceUid: '7' });
    expect(nextVertebra(label('', 40), [elsewhere])).toBeUndefined();
    expect(nextVertebra(label('', 5), [label('C1', 20)])).toBeUndefined();
  });

  it('goes by the row where the file has no geometry', () => {
    const flat = imageOf();
    expect(nextVertebra(label('', 40, flat), [label('C2', 20, flat)])).toBe('C3');
  });

  it.each([
    ['l4', 'L4'],
    ['Th12', 'T12'],
    [' c 7 ', 'C7'],
    ['L6', undefined],
    ['x', undefined],
  ])('typed as “%s” is %s', (typed, read) => {
    expect(readVertebra(typed)).toBe(read);
  });

  it('says the vertebra beside the image and in the report', () => {
    expect(measurementLines(label('L4', 20), [])).toEqual(['L4']);
    expect(reportWords(label('L4', 20), [], () => 'series 2, image 7')).toBe('L4 (series 2, image 7)');
  });
});
