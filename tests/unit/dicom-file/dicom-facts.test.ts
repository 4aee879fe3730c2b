import { describe, expect, it } from 'vitest';

import { readLookupTable, readPalette } from '#shared/dicom/lookup-table.ts';
import { displayPersonName, parsePersonName, personNameText } from '#shared/dicom/person-name.ts';
import { studySummary } from '#shared/dicom/study-summary.ts';

const words = (...values: number[]): string => Buffer.from(Uint16Array.from(values).buffer).toString('base64');

describe('person names (PS3.5 6.2.1)', () => {
  it('come apart into their writings and back', () => {
    const text = 'Yamada^Tarou=山田^太郎=やまだ^たろう';
    expect(parsePersonName(text)).toEqual({
      Alphabetic: 'Yamada^Tarou',
      Ideographic: '山田^太郎',
      Phonetic: 'やまだ^たろう',
    });
    expect(personNameText(parsePersonName(text))).toBe(text);
    expect(personNameText({ Ideographic: '山田' })).toBe('=山田');
  });
  it('are shown family first, with prefix and suffix', () => {
    expect(displayPersonName('Adams^John Robert Quincy^^Rev.^B.A. M.Div.')).toBe(
      'Adams, Rev. John Robert Quincy, B.A. M.Div.',
    );
    expect(displayPersonName('=山田^太郎')).toBe('山田, 太郎');
    expect(displayPersonName('anonymized')).toBe('anonymized');
    expect(displayPersonName('^^^^')).toBe('');
  });
});

describe('lookup tables', () => {
  it('are read from numbers or from base64 words', () => {
    const numbers = { '00283002': { vr: 'US', Value: [3, 10, 16] }, '00283006': { vr: 'US', Value: [5, 6, 7] } };
    const binary = { ...numbers, '00283006': { vr: 'OW', InlineBinary: words(5, 6, 7) } };
    for (const item of [numbers, binary]) {
      expect(readLookupTable(item)).toEqual({ firstMapped: 10, bitsPerEntry: 16, entries: Uint16Array.of(5, 6, 7) });
    }
  });
  it('with a count of zero hold 65536 entries (PS3.3 C.11.1.1)', () => {
    const data = { vr: 'OW', InlineBinary: Buffer.alloc(131_072).toString('base64') };
    expect(readLookupTable({ '00283002': { vr: 'US', Value: [0, 0, 16] }, '00283006': data })?.entries).toHaveLength(
      65_536,
    );
  });
  it('of a palette may be segmented: discrete, then linear (PS3.3 C.7.9.2)', () => {
    const channel = { vr: 'OW', InlineBinary: words(0, 1, 100, 1, 4, 500) };
    const descriptor = { vr: 'US', Value: [5, 0, 16] };
    const image = Object.fromEntries(
      ['1', '2', '3'].flatMap((n) => [
        [`0028110${n}`, descriptor],
        [`0028122${n}`, channel],
      ]),
    );
    expect([...(readPalette(image)?.green.entries ?? [])]).toEqual([100, 200, 300, 400, 500]);
  });
});

describe('a study as a site describes it', () => {
  it('takes what is there and invents nothing', () => {
    expect(
      studySummary({
        '0020000D': { vr: 'UI', Value: ['1.2'] },
        '00100030': { vr: 'DA', Value: ['19800229'] },
        '00100040': { vr: 'CS', Value: ['X'] },
        '00201208': { vr: 'IS', Value: ['12'] },
      }),
    ).toEqual({
      studyInstanceUid: '1.2',
      patientId: '',
      patientName: '',
      sex: 'unknown',
      birthDate: '1980-02-29',
      description: '',
      modalities: [],
      instanceCount: 12,
    });
  });
  it('is none without a usable Study Instance UID', () => {
    expect(studySummary({})).toBeUndefined();
    expect(studySummary({ '0020000D': { vr: 'UI', Value: ['../../x'] } })).toBeUndefined();
  });
});
