import { describe, expect, it } from 'vitest';

import type { EpochMs } from '#shared/kernel/clock.ts';
import { acknowledge, readAcknowledgement } from '#shared/hl7/acknowledge.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import { formatTimestamp, parseDate, parseTimestamp } from '#shared/hl7/timestamp.ts';

const at = Date.UTC(2026, 10, 21, 22, 5, 9) as EpochMs;
const order = (tail = '') => {
  const parsed = parseHl7(`MSH|^~\\&|RIS|MERCY|OVERREAD|GROUP|20261121||ORM^O01^ORM_O01|M-1|P|2.5.1|${tail}\r`);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value;
};

describe('acknowledgements', () => {
  it('go back to the sender and name the message', () => {
    expect(acknowledge(order(), 'AA', '', { controlId: 'A-1', at })).toBe(
      'MSH|^~\\&|OVERREAD|GROUP|RIS|MERCY|20261121220509+0000||ACK^O01^ACK|A-1|P|2.5.1\rMSA|AA|M-1\r',
    );
  });

  it('carry the reason of a refusal where old and new receivers look', () => {
    const text = acknowledge(order(), 'AR', 'no patient | no MRN', { controlId: 'A-1', at });
    expect(text).toContain('\rMSA|AR|M-1|no patient \\F\\ no MRN\r');
    expect(text).toContain('\rERR|||207^Application internal error^HL70357|E||||no patient \\F\\ no MRN\r');
  });

  it('answer a sender who wants only the accept acknowledgement with a commit code', () => {
    expect(acknowledge(order('||AL|NE'), 'AA', '', { controlId: 'A-1', at })).toContain('MSA|CA|M-1');
    expect(acknowledge(order('||AL|NE'), 'AE', '', { controlId: 'A-1', at })).toContain('MSA|CE|M-1');
    expect(acknowledge(order('||AL|AL'), 'AA', '', { controlId: 'A-1', at })).toContain('MSA|AA|M-1');
    expect(acknowledge(order('||NE|AL'), 'AR', '', { controlId: 'A-1', at })).toContain('MSA|AR|M-1');
  });

  it('are read back with code, control id and text', () => {
    const parsed = parseHl7(acknowledge(order(), 'AE', 'try again', { controlId: 'A-1', at }));
    if (!parsed.ok) throw new Error(parsed.error.reason);
    expect(readAcknowledgement(parsed.value)).toEqual({
      code: 'AE',
      controlId: 'M-1',
      text: 'try again',
      error: '207',
    });
    expect(readAcknowledgement(order())).toBeUndefined();
  });
});

describe('timestamps', () => {
  it('are read with their zone, else in the zone given', () => {
    expect(parseTimestamp('202110201126+0215')).toBe(Date.UTC(2021, 9, 20, 9, 11));
    expect(parseTimestamp('20240115110000')).toBe(Date.UTC(2024, 0, 15, 11));
    expect(parseTimestamp('20240115110000', -300)).toBe(Date.UTC(2024, 0, 15, 16));
    expect(parseTimestamp('20240115110000.1234')).toBe(Date.UTC(2024, 0, 15, 11, 0, 0, 123));
    // An old interface writes hundredths of a second without a point.
    expect(parseTimestamp('1994050216163360')).toBe(Date.UTC(1994, 4, 2, 16, 16, 33));
    expect(parseTimestamp('20240231')).toBeUndefined();
    expect(parseTimestamp('DateTime')).toBeUndefined();
  });

  it('round trip to the second', () => {
    expect(parseTimestamp(formatTimestamp(at))).toBe(at);
  });

  it('give a birth date as exactly as the sender knew it', () => {
    expect(parseDate('19800515')).toBe('1980-05-15');
    expect(parseDate('198005')).toBe('1980-05');
    expect(parseDate('19800000')).toBe('1980');
    expect(parseDate('198808181126+0215')).toBe('1988-08-18');
    expect(parseDate('unknown')).toBeUndefined();
  });
});
