import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { STANDARD_DELIMITERS } from '#shared/hl7/delimiters.ts';
import { escapeText, unescapeText } from '#shared/hl7/escape.ts';
import {
  encodeHl7,
  headerSegment,
  messageType,
  parseHl7,
  segment,
  valueAt,
  type Field,
  type Hl7Message,
} from '#shared/hl7/message.ts';

const read = (text: string): Hl7Message => {
  const parsed = parseHl7(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value;
};

/** Any UTF-16 units, control characters and lone surrogates among them, the structural ones often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...Array.from('|^~\\&\r\n\u000b\u001c')),
    ),
    { maxLength: 20 },
  )
  .map((units) => units.join(''));

describe('escapes', () => {
  it('hides every delimiter as chapter 2.7 lists them', () => {
    expect(escapeText('a|b^c&d~e\\f')).toBe('a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f');
  });

  it('keeps a line end inside its field', () => {
    expect(escapeText('one\r\ntwo')).toBe('one\\.br\\two');
    expect(unescapeText('one\\.br\\two')).toBe('one\ntwo');
  });

  it('reads hexadecimal bytes as UTF-8 where they are, else as ISO 8859-1', () => {
    expect(unescapeText('OPERA\\XC7\\\\XC3\\O')).toBe('OPERAÇÃO');
    expect(unescapeText('M\\XC3BC\\ller')).toBe('Müller');
    expect(unescapeText('M\\XC3\\\\XBC\\ller')).toBe('Müller');
  });

  it('leaves what is no sequence as it was written', () => {
    expect(unescapeText('C:\\temp')).toBe('C:\\temp');
    expect(unescapeText('5\\foo\\6')).toBe('5\\foo\\6');
    expect(unescapeText('a \\ b \\F\\ c')).toBe('a \\ b | c');
  });

  it('survives the round trip whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = text.replace(/\r\n?/g, '\n');
        expect(unescapeText(escapeText(text))).toBe(lines);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\\', 'F', 'X', '0D', '|', '.br', '\n', '^', ' ', 'é')), (parts) => {
        expect(unescapeText(escapeText(parts.join('')))).toBe(parts.join(''));
      }),
    );
  });

  it('never throws on hostile text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\\', 'X', 'FF', 'C3', '.sp', '9', '\u000b')), (parts) => {
        expect(typeof unescapeText(parts.join(''))).toBe('string');
      }),
    );
  });
});

describe('messages', () => {
  it('reads fields, repetitions, components and subcomponents', () => {
    const message = read('MSH|^~\\&|A|B\rPID|1||111^^^H&1.2&ISO^MR~222||DOE^JANE\r');
    const pid = message.segments[1];
    expect(valueAt(pid, 3, { component: 4, subcomponent: 2 })).toBe('1.2');
    expect(valueAt(pid, 3, { repetition: 2 })).toBe('222');
    expect(valueAt(pid, 5, { component: 2 })).toBe('JANE');
    expect(valueAt(pid, 2)).toBeUndefined();
  });

  it('takes the delimiters from the header', () => {
    const message = read('MSH#!*%$#A##########\rPID###7!!!H$1');
    expect(valueAt(message.segments[1], 3, { component: 4, subcomponent: 2 })).toBe('1');
  });

  it('reads LF and CRLF as segment ends, and a byte order mark', () => {
    expect(read('\uFEFFMSH|^~\\&|A\nPID|1\r\nPV1|1').segments.map((each) => each.name)).toEqual(['MSH', 'PID', 'PV1']);
  });

  it('keeps the rest of a text whose sender forgot to escape a line end', () => {
    const message = read('MSH|^~\\&|A\rNTE|1||first\nsecond\rPV1|1');
    expect(valueAt(message.segments[1], 3)).toBe('first\nsecond');
  });

  it.each([
    ['', 'empty'],
    ['PID|1', 'no-header'],
    ['MSH||||', 'bad-delimiters'],
    ['MSH|^^\\&|', 'bad-delimiters'],
    ['MSHAB~C', 'bad-delimiters'],
    ['MSH|^~\\&|A\rMSH|^~\\&|B', 'several-messages'],
  ])('says why %j is no message', (text, code) => {
    expect(parseHl7(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('builds what it reads', () => {
    const message: Hl7Message = {
      delimiters: STANDARD_DELIMITERS,
      segments: [headerSegment(['A', undefined, ['C', 'D']]), segment('NTE', '1', undefined, 'a|b'), segment('OBX')],
    };
    expect(encodeHl7(message)).toBe('MSH|^~\\&|A||C^D\rNTE|1||a\\F\\b\rOBX\r');
    expect(read(encodeHl7(message))).toEqual(message);
  });

  it('names the message type', () => {
    expect(messageType(read('MSH|^~\\&|||||||ORM^O01^ORM_O01'))).toBe('ORM^O01');
    expect(messageType(read('MSH|^~\\&|||||||ACK'))).toBe('ACK');
  });

  it('survives the round trip whatever the values', () => {
    const trimmed = <Part extends readonly unknown[] | string>(parts: readonly Part[]) => {
      let length = parts.length;
      while (length > 0 && parts[length - 1]?.length === 0) length -= 1;
      return parts.slice(0, length);
    };
    const text = anyText.map((each) => each.replace(/\r\n?/g, '\n'));
    const component = fc.array(text, { maxLength: 3 }).map(trimmed);
    const repetition = fc.array(component, { maxLength: 3 }).map(trimmed);
    const field: fc.Arbitrary<Field> = fc.array(repetition, { maxLength: 3 }).map(trimmed);
    const fields = fc.array(field, { maxLength: 5 }).map(trimmed);
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 4 }), (segments) => {
        const message: Hl7Message = {
          delimiters: STANDARD_DELIMITERS,
          segments: [headerSegment(['A']), ...segments.map((each) => ({ name: 'ZXX', fields: each }))],
        };
        expect(read(encodeHl7(message))).toEqual(message);
      }),
    );
  });
});
