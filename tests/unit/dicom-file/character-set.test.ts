import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readDicom, toDicomJson } from '#electron/adapters/dicom-file/index.ts';
import { textDecoder } from '#electron/adapters/dicom-file/character-set.ts';
import { textsOf } from '#shared/dicom/study-summary.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));
const ESC = 0x1b;

describe('text under Specific Character Set', () => {
  it('decodes the Japanese example of PS3.5 H.3.1', () => {
    const decode = textDecoder(['', 'ISO 2022 IR 87']);
    const name = bytes(
      'Yamada^Tarou=',
      ESC,
      '$B;3ED',
      ESC,
      '(B^',
      ESC,
      '$BB@O:',
      ESC,
      '(B=',
      ESC,
      '$B$d$^$@',
      ESC,
      '(B^',
      ESC,
      '$B$?$m$&',
      ESC,
      '(B',
    );
    expect(decode(name, true)).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう');
  });

  it('decodes the Korean example of PS3.5 I.2', () => {
    const decode = textDecoder(['', 'ISO 2022 IR 149']);
    const name = bytes('Hong^Gildong=', ESC, '$)C', 0xfb, 0xf3, '^', ESC, '$)C', 0xd1, 0xce, 0xd4, 0xd7);
    expect(decode(name, true)).toBe('Hong^Gildong=洪^吉洞');
  });

  it('returns to the first set at a delimiter of a person name', () => {
    const decode = textDecoder(['ISO 2022 IR 100', 'ISO 2022 IR 126']);
    const name = bytes('Buc^J', 0xe9, 'r', 0xf4, 'me\\', ESC, '-F', 0xc4, 0xe9, '^', 0xe9);
    expect(decode(name, true)).toBe('Buc^Jérôme\\Δι^é');
  });

  it('does not take the second byte of a GB18030 character for a backslash', () => {
    expect(textDecoder(['GB18030'])(bytes(0x81, 0x5c), false)).not.toContain('\\');
  });

  it('reads ISO_IR 100 as Latin-1, not as windows-1252', () => {
    expect(textDecoder(['ISO_IR 100'])(Uint8Array.of(0xe4, 0x85), false)).toBe('ä\u0085');
  });

  it('takes undeclared text for UTF-8 where it is valid, else for Latin-1', () => {
    expect(textDecoder([])(new TextEncoder().encode('Müller'), false)).toBe('Müller');
    expect(textDecoder([])(bytes('M', 0xfc, 'ller'), false)).toBe('Müller');
  });
});

describe.skipIf(!hasDicomTestdata)('names in real files', () => {
  it('are decoded inside sequences that have a character set of their own', () => {
    const read = readDicom(readFileSync(dicomPath('charset/chrsqencoding.dcm')));
    if (!read.ok) throw new Error(read.error.reason);
    const [item] = (toDicomJson(read.value)['00321064']?.Value ?? []) as DicomJson[];
    expect(textsOf(item?.['00100010'])).toEqual(['ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう']);
  });
});
