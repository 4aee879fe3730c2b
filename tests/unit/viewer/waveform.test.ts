import { describe, expect, it } from 'vitest';

import { readRecordings } from '#renderer/viewer/model/waveform.ts';
import { dataOf } from './image-of.ts';

const channel = (values: Readonly<Record<string, unknown>> = {}) =>
  dataOf({
    '003A0208': [dataOf({ '00080104': 'Lead II (Einthoven)' })],
    '003A0210': 5,
    '003A0211': [dataOf({ '00080100': 'uV' })],
    '003A0212': 1,
    '003A0213': 0,
    ...values,
  });
const samples = (...values: readonly number[]) => {
  const bytes = new Uint8Array(Int16Array.from(values).buffer);
  return { vr: 'OW', InlineBinary: btoa(String.fromCharCode(...bytes)) };
};
const object = (group: object) => dataOf({ '54000100': [group] });
const group = (values: Readonly<Record<string, unknown>>, data: object = samples(200, -400, 0, 1000)) => ({
  ...dataOf({
    '003A0005': 2,
    '003A0010': 2,
    '003A001A': 500,
    '54001004': 16,
    '54001006': 'SS',
    '003A0200': [
      channel(),
      channel({ '003A0203': 'V1', '003A0211': [dataOf({ '00080100': 'mV' })], '003A0210': 0.001 }),
    ],
    ...values,
  }),
  '54001010': data,
});

describe('a recording of voltages', () => {
  it('is told lead by lead in millivolts', () => {
    const read = readRecordings(object(group({})));
    expect(
      typeof read === 'string' ? read : read[0]?.leads.map(({ name, millivolts }) => [name, [...millivolts]]),
    ).toEqual([
      ['II', [1, 0]],
      ['V1', [expect.closeTo(-0.4, 6), 1]],
    ]);
  });

  it.each([
    ['no waveform', dataOf({})],
    ['not given in full', object(group({}, samples(1, 2)))],
    ['not given in full', object(group({}, { vr: 'OW', InlineBinary: '*' }))],
    ['makes no sense', object(group({ '003A001A': 0 }))],
    ['longer than can be drawn', object(group({ '003A0010': 1e9 }))],
    ['kind that is not drawn', object(group({ '54001004': 8, '54001006': 'MB' }))],
    ['no voltage', object(group({ '003A0200': [channel({ '003A0211': [dataOf({ '00080100': 'mm[Hg]' })] })] }))],
  ])('says why it is not drawn: %s', (reason, data) => {
    expect(readRecordings(data)).toContain(reason);
  });
});
