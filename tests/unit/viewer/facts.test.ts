import { describe, expect, it } from 'vitest';

import { readLookupTable } from '#renderer/viewer/model/lookup-table.ts';
import { expandSegments } from '#renderer/viewer/model/segmented-table.ts';
import { frameAttributes, readImageFacts, readSpacing } from '#renderer/viewer/model/read-image-facts.ts';
import { BASE, dataOf, imageOf } from './image-of.ts';

describe('what an image says of itself', () => {
  it('is in HU when CT leaves the rescale type out, and in nothing when US is stated', () => {
    expect(imageOf({ '00080060': 'CT' }).unit).toBe('HU');
    expect(imageOf({ '00080060': 'CT', '00281054': 'US' }).unit).toBeUndefined();
    expect(imageOf({ '00080060': 'MR' }).unit).toBeUndefined();
  });

  it('is calibrated on a film only when the file says how', () => {
    const film = { '00281064': 1, '00280030': [0.2, 0.2], '00181164': [0.2, 0.2] };
    expect(readSpacing(dataOf(film), 'DX').kind).toBe('detector');
    expect(readSpacing(dataOf({ ...film, '00280A02': 'FIDUCIAL' }), 'DX').kind).toBe('patient');
    expect(readSpacing(dataOf({ '00181164': [0.1, 0.1] }), 'MG').kind).toBe('detector');
    expect(readSpacing(dataOf({ '00280030': [0.7, 0.7] }), 'CT').kind).toBe('patient');
    expect(readSpacing(dataOf({}), 'OT')).toEqual({ kind: 'unknown', rowMm: 1, columnMm: 1 });
  });

  it('keeps the shape of its pixels where their size is unknown', () => {
    expect(readSpacing(dataOf({ '00280034': ['4', '3'] }), 'OT')).toEqual({
      kind: 'unknown',
      rowMm: 4 / 3,
      columnMm: 1,
    });
  });

  it('takes centimetres of ultrasound regions as millimetres', () => {
    const region = dataOf({ '00186024': 3, '00186026': 3, '0018602C': 0.02, '0018602E': 0.03 });
    expect(readSpacing(dataOf({ '00186011': [region] }), 'US')).toEqual({ kind: 'patient', rowMm: 0.3, columnMm: 0.2 });
  });

  it('of one frame comes from its own functional group, then the shared one', () => {
    const group = (tag: string, values: Record<string, unknown>) => dataOf({ [tag]: [dataOf(values)] });
    const data = dataOf({
      ...BASE,
      '52009229': [group('00289110', { '00280030': [0.5, 0.5] })],
      '52009230': [group('00209113', { '00200032': [0, 0, 1] }), group('00209113', { '00200032': [0, 0, 7] })],
    });
    expect(frameAttributes(data, 2)['00200032']?.Value).toEqual([0, 0, 7]);
    expect(readImageFacts(data, 2, 2, () => undefined)).toMatchObject({ position: [0, 0, 7], spacing: { rowMm: 0.5 } });
  });

  it('keeps its own identity though a private group of a frame names other objects', () => {
    const foreign = dataOf({ '2005140F': [dataOf({ '00080018': '9.9.9', '00280010': 1 })] });
    const data = dataOf({ ...BASE, '52009230': [foreign] });
    expect(readImageFacts(data, 1, 1, () => undefined)).toMatchObject({ sopInstanceUid: '1.2.3.4.5', rows: 4 });
  });

  it('is a problem, not a grey picture, when its palette is missing', () => {
    expect(imageOf({ '00280004': 'PALETTE COLOR' }).problem).toContain('palette');
  });

  it('tells lossy compression with the last ratio', () => {
    expect(imageOf({ '00282110': '01', '00282112': [2, 11.5] }).lossy).toEqual({ ratio: 11.5 });
    expect(imageOf({ '00282110': '00' }).lossy).toBeUndefined();
  });
});

describe('a lookup table', () => {
  const table = (descriptor: number[], data: object, isSigned = false) =>
    readLookupTable({ ...dataOf({ D: descriptor }), T: { vr: 'OW', ...data } }, 'D', 'T', isSigned, () => undefined);

  it('reads words, and bytes where it is packed', () => {
    expect(table([2, 0, 16], { InlineBinary: btoa('\x01\x02\x03\x04') })?.data).toEqual(
      Uint16Array.from([0x0201, 0x0403]),
    );
    expect(table([4, 0, 8], { InlineBinary: btoa('\x01\x02\x03\x04') })?.data).toEqual(Uint16Array.from([1, 2, 3, 4]));
  });

  it('takes the first mapped value as signed where the pixels are', () => {
    expect(table([1, 65_535, 16], { Value: [7] }, true)?.firstMapped).toBe(-1);
  });

  it('is missing when its data is', () => {
    expect(table([2, 0, 16], {})).toBeUndefined();
  });
});

describe('a segmented palette', () => {
  it('expands values, a straight line and a repetition (PS3.3 C.7.9.2)', () => {
    // Three values; five more in a straight line to 0; then both segments (from byte 0) again.
    const words = Uint16Array.from([0, 3, 10, 20, 50, 1, 5, 0, 2, 2, 0, 0]);
    const once = [10, 20, 50, 40, 30, 20, 10, 0];
    expect(expandSegments(words)).toEqual(Uint16Array.from([...once, ...once]));
  });

  it('is no table when it starts with a line from nowhere, repeats a repetition, or ends too early', () => {
    expect(expandSegments(Uint16Array.from([1, 5, 0]))).toBeUndefined();
    expect(expandSegments(Uint16Array.from([0, 1, 9, 2, 2, 0, 0]))).toBeUndefined();
    expect(expandSegments(Uint16Array.from([0, 9, 1]))).toBeUndefined();
  });
});
