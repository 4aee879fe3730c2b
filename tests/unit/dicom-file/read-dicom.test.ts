import { deflateRawSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  describeFrames,
  frameCount,
  readDicom,
  readFrame,
  toDicomJson,
  type DicomFile,
} from '#electron/adapters/dicom-file/index.ts';

import { ascii, element, item, meta, part10, sequence, u16, u32, undefinedSequence } from './write-dicom.ts';

const read = (bytes: Uint8Array): DicomFile => {
  const answer = readDicom(bytes);
  if (!answer.ok) throw new Error(answer.error.reason);
  return answer.value;
};
const json = (bytes: Uint8Array) => toDicomJson(read(bytes));
const problem = (bytes: Uint8Array) => {
  const answer = readDicom(bytes);
  return answer.ok ? undefined : answer.error;
};

const identity = [
  element('00080016', 'UI', ascii('1.2.840.10008.5.1.4.1.1.7')),
  element('00080018', 'UI', ascii('1.2.3')),
  element('0020000D', 'UI', ascii('1.2.4')),
];

describe('reading a DICOM file', () => {
  it('needs no preamble and no meta header', () => {
    expect(json(Buffer.concat(identity))['00080018']).toEqual({ vr: 'UI', Value: ['1.2.3'] });
    const implicit = Buffer.concat([
      element('00080016', 'UI', ascii('1.2'), 'implicit'),
      element('00080018', 'UI', ascii('1.2.3'), 'implicit'),
      element('0020000D', 'UI', ascii('1.2.4'), 'implicit'),
    ]);
    expect(json(implicit)['0020000D']).toEqual({ vr: 'UI', Value: ['1.2.4'] });
  });

  it('believes the bytes when the transfer syntax is not what it says', () => {
    const implicitBody = [
      element('00080018', 'UI', ascii('1.2.3'), 'implicit'),
      element('00100020', 'LO', ascii('77'), 'implicit'),
    ];
    expect(json(part10('1.2.840.10008.1.2.1', implicitBody))['00100020']).toEqual({ vr: 'LO', Value: ['77'] });
    expect(json(part10('1.2.840.10008.1.2', identity))['00080018']?.Value).toEqual(['1.2.3']);
    expect(json(part10('1.2.840.10008.1.2.2', identity))['00080018']?.Value).toEqual(['1.2.3']);
  });

  it('ignores a wrong group length of the meta header', () => {
    const bytes = Buffer.concat([
      Buffer.alloc(128),
      ascii('DICM'),
      element('00020000', 'UL', u32(999_999)),
      ...meta('1.2.840.10008.1.2.1'),
      ...identity,
    ]);
    expect(json(bytes)['00080018']?.Value).toEqual(['1.2.3']);
  });

  it('inflates a deflated data set, and one whose end is missing as far as it goes', () => {
    const deflated = deflateRawSync(
      Buffer.concat([...identity, element('00104000', 'LT', Buffer.alloc(60_000, 0x61))]),
      { level: 0 },
    );
    expect(json(part10('1.2.840.10008.1.2.1.99', [deflated]))['00080018']?.Value).toEqual(['1.2.3']);
    expect(json(part10('1.2.840.10008.1.2.1.99', [deflated.subarray(0, 30_000)]))['00080018']?.Value).toEqual([
      '1.2.3',
    ]);
  });

  it('does not inflate a bomb', () => {
    const bomb = deflateRawSync(Buffer.concat([...identity, element('7FE00010', 'OB', Buffer.alloc(30_000_000))]));
    const answer = readDicom(part10('1.2.840.10008.1.2.1.99', [bomb]), { maxInflatedBytes: 1_000_000 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-large' } });
  });

  it('keeps what stands before a cut, and says where it is', () => {
    const whole = part10('1.2.840.10008.1.2.1', [...identity, element('00104000', 'LT', Buffer.alloc(500, 0x61))]);
    const file = read(whole.subarray(0, -100));
    expect(file.dataSet.has('0020000D')).toBe(true);
    expect(file.fault).toBe('the file is cut off inside (0010,4000)');
  });

  it('reads sequences of defined and undefined length, nested, and UN that holds a sequence', () => {
    const inner = [element('00080100', 'SH', ascii('T1'))];
    const implicitInner = [element('00080100', 'SH', ascii('T2'), 'implicit')];
    const bytes = part10('1.2.840.10008.1.2.1', [
      ...identity,
      sequence('00081032', [item([sequence('00081032', [item(inner)])])]),
      undefinedSequence('00082218', 'SQ', [item(inner, 'undefined')]),
      undefinedSequence('00091010', 'UN', [item(implicitInner, 'undefined')]),
    ]);
    const data = json(bytes);
    const code = (tag: string, of: unknown): unknown =>
      (of as Record<string, { Value: Record<string, { Value: unknown[] }>[] }>)[tag]?.Value[0];
    expect(code('00081032', code('00081032', data))).toEqual({ '00080100': { vr: 'SH', Value: ['T1'] } });
    expect(code('00082218', data)).toEqual({ '00080100': { vr: 'SH', Value: ['T1'] } });
    expect(code('00091010', data)).toEqual({ '00080100': { vr: 'SH', Value: ['T2'] } });
  });

  it('goes on after a sequence whose end mark is missing', () => {
    const open = undefinedSequence('00082218', 'SQ', [item([element('00080100', 'SH', ascii('T1'))])]).subarray(0, -8);
    const file = read(part10('1.2.840.10008.1.2.1', [...identity, open, element('00100020', 'LO', ascii('77'))]));
    expect(toDicomJson(file)['00100020']?.Value).toEqual(['77']);
    expect(file.fault).toBe('a sequence has no end mark');
  });

  it('refuses other files with a reason', () => {
    expect(problem(new Uint8Array())).toEqual({ code: 'not-dicom', reason: 'the file is empty' });
    expect(problem(ascii('%PDF-1.7 and so on, a document and not an image'))).toEqual({
      code: 'not-dicom',
      reason: 'not a DICOM file',
    });
    expect(problem(part10('1.2.840.10008.1.2.1', []))).toMatchObject({ code: 'cut-off' });
  });

  it('is not exhausted by sequences nested without end', () => {
    const deep = Buffer.concat(
      Array.from({ length: 200_000 }, () =>
        Buffer.from('08003210' + '53510000' + 'ffffffff' + 'feff00e0' + 'ffffffff', 'hex'),
      ),
    );
    expect(read(part10('1.2.840.10008.1.2.1', [...identity, deep])).fault).toBeDefined();
  });

  it('answers to any bytes at all, and to any damage, without throwing', () => {
    const whole = part10('1.2.840.10008.1.2.1', [
      ...identity,
      sequence('00081032', [item([element('00080100', 'SH', ascii('T1'))])]),
      ...image(2, 2),
      element('7FE00010', 'OW', Buffer.alloc(8)),
    ]);
    const exercise = (bytes: Uint8Array) => {
      const answer = readDicom(bytes);
      if (!answer.ok) return;
      toDicomJson(answer.value);
      describeFrames(answer.value);
      readFrame(answer.value, 1);
      readFrame(answer.value, 1, { padCutOff: true });
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => exercise(bytes)));
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, end) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, value] of changes) damaged[at] = value;
        exercise(damaged.subarray(0, end));
      }),
      { numRuns: 3000 },
    );
  });
});

const image = (rows: number, columns: number, frames = 1) => [
  element('00280002', 'US', u16(1)),
  element('00280004', 'CS', ascii('MONOCHROME2')),
  element('00280008', 'IS', ascii(String(frames))),
  element('00280010', 'US', u16(rows)),
  element('00280011', 'US', u16(columns)),
  element('00280100', 'US', u16(8)),
  element('00280101', 'US', u16(8)),
  element('00280102', 'US', u16(7)),
  element('00280103', 'US', u16(0)),
];

const JPEG = '1.2.840.10008.1.2.4.50';
const encapsulated = (offsets: readonly number[], fragments: readonly Uint8Array[]) =>
  undefinedSequence('7FE00010', 'OB', [
    item([Buffer.concat(offsets.map(u32))]),
    ...fragments.map((fragment) => item([fragment])),
  ]);
const soi = (...rest: number[]) => Uint8Array.of(0xff, 0xd8, 0xff, ...rest);
const frameOf = (frames: number, pixels: Uint8Array, frame: number) => {
  const answer = readFrame(read(part10(JPEG, [...identity, ...image(2, 2, frames), pixels])), frame);
  return answer.ok ? [...answer.value] : answer.error.reason;
};

describe('the frames of a file', () => {
  it('are told apart by the basic offset table', () => {
    const pixels = encapsulated(
      [0, 24],
      [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6)].map((part) =>
        Buffer.concat([part, Buffer.alloc(2)]),
      ),
    );
    expect(frameOf(2, pixels, 1)).toEqual([1, 2, 0, 0, 3, 4, 0, 0]);
    expect(frameOf(2, pixels, 2)).toEqual([5, 6, 0, 0]);
  });

  it('are one to a fragment where the numbers agree, even with an offset table that lies', () => {
    const pixels = encapsulated([0, 7777], [soi(1), soi(2)]);
    expect(frameOf(2, pixels, 2)).toEqual([...soi(2)]);
  });

  it('begin where codestreams begin when there is no table', () => {
    const pixels = encapsulated([], [soi(1), Uint8Array.of(9, 9), soi(2), Uint8Array.of(8, 8)]);
    expect(frameOf(2, pixels, 1)).toEqual([...soi(1), 9, 9]);
    expect(frameOf(2, pixels, 2)).toEqual([...soi(2), 8, 8]);
  });

  it('are all fragments together in a file of one frame', () => {
    expect(frameOf(1, encapsulated([], [soi(1), Uint8Array.of(9, 9)]), 1)).toEqual([...soi(1), 9, 9]);
  });

  it('that are missing are counted', () => {
    expect(frameOf(60, encapsulated([], [soi(1), soi(2), soi(3)]), 4)).toBe('pixel data cut off: 3 of 60 frames');
    const native = read(
      part10('1.2.840.10008.1.2.1', [
        ...identity,
        ...image(2, 2, 3),
        element('7FE00010', 'OB', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])),
      ]),
    );
    expect(frameCount(native)).toBe(3);
    expect(readFrame(native, 2)).toEqual({ ok: true, value: Buffer.from([5, 6, 7, 8]) });
    expect(readFrame(native, 3)).toMatchObject({
      ok: false,
      error: { code: 'cut-off', reason: 'pixel data cut off: 2 of 3 frames' },
    });
    expect(readFrame(native, 4)).toMatchObject({ ok: false, error: { code: 'no-such-frame' } });
  });

  it('cut inside a fragment are refused, not handed to a decoder', () => {
    const bytes = part10(JPEG, [
      ...identity,
      ...image(2, 2, 2),
      encapsulated([], [soi(1), soi(...Array.from({ length: 200 }, () => 5))]),
    ]);
    const file = read(bytes.subarray(0, -100));
    expect(readFrame(file, 1).ok).toBe(true);
    expect(readFrame(file, 2)).toMatchObject({ ok: false, error: { reason: 'pixel data cut off: 1 of 2 frames' } });
  });

  it('of single bits need not begin at a byte', () => {
    const bits = [...image(3, 3, 2)].map((one) => one);
    bits[5] = element('00280100', 'US', u16(1));
    // Eighteen bits, first in the lowest: frame 1 is 101010101, frame 2 is 111000111.
    const file = read(
      part10('1.2.840.10008.1.2.1', [
        ...identity,
        ...bits,
        element('7FE00010', 'OB', Buffer.from([0b01010101, 0b10001111, 0b11, 0])),
      ]),
    );
    expect(readFrame(file, 2)).toEqual({ ok: true, value: Uint8Array.of(0b11000111, 0b1) });
  });

  it('are described as native when compressed is claimed and is not so', () => {
    const file = read(part10(JPEG, [...identity, ...image(2, 2), element('7FE00010', 'OW', Buffer.alloc(4))]));
    expect(describeFrames(file)).toMatchObject({ ok: true, value: { transferSyntaxUid: '1.2.840.10008.1.2.1' } });
  });

  it('do not exist in an object without pixels', () => {
    expect(describeFrames(read(part10('1.2.840.10008.1.2.1', identity)))).toMatchObject({
      ok: false,
      error: { code: 'no-pixel-data' },
    });
  });
});
