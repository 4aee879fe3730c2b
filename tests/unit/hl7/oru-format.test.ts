import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeCharset } from '#shared/hl7/encode-charset.ts';
import { parseHl7, segmentsOf, valueAt, type Hl7Message } from '#shared/hl7/message.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { USUAL_ORU_FORMAT, type OruFormat } from '#shared/hl7/oru-format.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { twoNodules } from '#tests/unit/reporting/nodule-report.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const oru = (format: Partial<OruFormat> = {}, signed: SignedReport = sampleReport(), more: object = {}): Hl7Message => {
  const text = oruFromReport({
    signed,
    channelIndex: 0,
    pdfBase64: 'JVBERi0=',
    format: { ...USUAL_ORU_FORMAT, ...format },
    ...more,
  });
  const parsed = parseHl7(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value;
};
const one = (message: Hl7Message, name: string) => segmentsOf(message, name)[0];
const obx = (message: Hl7Message) =>
  segmentsOf(message, 'OBX').map((each) => [valueAt(each, 2), valueAt(each, 3), valueAt(each, 5)]);

describe('an ORU as its site wants it', () => {
  it('is of HL7 2.3.1 with a TX for every line and no print', () => {
    const message = oru({ version: '2.3.1', lines: 'one-each', content: 'text' });
    expect(valueAt(one(message, 'MSH'), 12)).toBe('2.3.1');
    expect(valueAt(one(message, 'MSH'), 9, { component: 3 })).toBeUndefined();
    expect(obx(message).filter(([, code]) => code === '59776-5')).toEqual([
      ['TX', '59776-5', 'Midline shift: 0 mm'],
      ['TX', '59776-5', 'No haemorrhage & no fracture.'],
      ['TX', '59776-5', 'Soft tissue swelling < 5 mm | left.'],
    ]);
    expect(obx(message).some(([type]) => type === 'ED')).toBe(false);
  });

  it('is the print alone, flagged there when the result is critical', () => {
    const message = oru({ content: 'pdf' }, sampleReport(), { criticalLevel: 'red' });
    expect(segmentsOf(message, 'OBX').map((each) => [valueAt(each, 2), valueAt(each, 8)])).toEqual([
      ['ST', undefined],
      ['ED', 'AA'],
    ]);
  });

  it.each([
    ['red', 'AA'],
    ['orange', 'AA'],
    ['yellow', 'A'],
  ] as const)('raises OBX-8 of the impression for a %s result, and of nothing else', (criticalLevel, flag) => {
    const flags = segmentsOf(oru({}, sampleReport(), { criticalLevel }), 'OBX').map((each) => [
      valueAt(each, 3),
      valueAt(each, 8),
    ]);
    expect(flags.filter(([, value]) => value !== undefined)).toEqual([['19005-8', flag]]);
  });

  it('carries the site’s own fields and codes; a fact is text, never structure', () => {
    const task = {
      ...sampleReport().task,
      accessionNumber: 'A^1|~&' as SignedReport['task']['accessionNumber'] & string,
    };
    const message = oru(
      {
        fields: {
          'MSH-5': 'RIS',
          'MSH-6': 'MERCY^2.16.1^ISO',
          'OBR-18': '',
          'OBR-20': '{accession}/{version}',
          'PID-3.4': '{siteName}',
          'ZRP-2': '{report}^{reader}',
        },
        codes: { '59776-5': 'GDT^Findings^L' },
      },
      sampleReport({ task }),
    );
    expect(valueAt(one(message, 'MSH'), 5)).toBe('RIS');
    expect([1, 2, 3].map((component) => valueAt(one(message, 'MSH'), 6, { component }))).toEqual([
      'MERCY',
      '2.16.1',
      'ISO',
    ]);
    expect(valueAt(one(message, 'OBR'), 18)).toBeUndefined();
    expect(valueAt(one(message, 'OBR'), 20)).toBe('A^1|~&/1');
    expect(valueAt(one(message, 'PID'), 3)).toBe('M-77');
    expect(valueAt(one(message, 'PID'), 3, { component: 4 })).toBe('Mercy General');
    expect(valueAt(one(message, 'ZRP'), 2)).toBe(sampleReport().reportUuid);
    expect(valueAt(one(message, 'ZRP'), 2, { component: 2 })).toBe('dr-lee');
    expect(obx(message).map(([, code]) => code)).toContain('GDT');
  });

  it('breaks a long text over several OBX of one identifier and loses no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (words) => {
        const text = `x${words.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')}x`;
        const body = { ...sampleBody, sections: [section('findings', text)] };
        const parts = segmentsOf(oru({ longestText: 40 }, sampleReport({ body })), 'OBX')
          .filter((each) => valueAt(each, 3) === '59776-5')
          .map((each) => each.fields[4]?.[0]?.[0]?.[0] ?? '');
        expect(parts.join('')).toBe(text);
        expect(parts.every((part) => part.length <= 40 && part.isWellFormed())).toBe(true);
      }),
    );
  });

  it('points at the key images on the site’s own service', () => {
    const image = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4', sopClassUid: '1' };
    const body = { ...sampleBody, keyImages: [{ ...image, frame: 7, label: 'Series 3, image 12' }] };
    const message = oru({}, sampleReport({ body }), { imagesUrl: 'https://pacs.example/dicom-web/' });
    expect(obx(message)).toContainEqual([
      'RP',
      '113000',
      'https://pacs.example/dicom-web/studies/1.2/series/1.2.3/instances/1.2.3.4/frames/7',
    ]);
  });
});

describe('character sets', () => {
  it('write what they have as one byte, and say what they have not', () => {
    expect([...encodeCharset('é€', '8859/15', utf8)]).toEqual([0xe9, 0xa4]);
    expect(Buffer.from(encodeCharset('Müller Łódź 山 €', '8859/1', utf8)).toString('latin1')).toBe(
      'Müller (U+0141)ódz (U+5C71) (U+20AC)',
    );
    expect(Buffer.from(encodeCharset('Müller', 'ASCII', utf8)).toString('latin1')).toBe('Muller');
    expect(encodeCharset('Müller 山', 'UNICODE UTF-8', utf8)).toEqual(utf8('Müller 山'));
  });

  it.skipIf(lacks('python3-hl7'))('are read by another implementation as declared', () => {
    const body = { ...sampleBody, sections: [section('findings', 'Ödem, 5 µm | „breit“')] };
    const text = oruFromReport({
      signed: sampleReport({ body }),
      channelIndex: 0,
      format: { ...USUAL_ORU_FORMAT, charset: '8859/1', content: 'text' },
    });
    const file = join(tempFolder(), 'oru.hl7');
    // The script reads UTF-8: what iso-8859-1 bytes say is handed to it as such.
    const bytes = encodeCharset(text, '8859/1', utf8);
    writeFileSync(file, Buffer.from(bytes).toString('latin1'));
    const script = fileURLToPath(new URL('../../support/oru_facts.py', import.meta.url));
    const facts = JSON.parse(execFileSync('/usr/bin/python3', [script, file], { encoding: 'utf8' })) as {
      readonly charset: string;
      readonly obx: readonly (readonly string[])[];
    };
    expect(facts.charset).toBe('8859/1');
    expect(facts.obx.at(-1)?.[3]).toBe('Ödem, 5 µm | (U+201E)breit(U+201C)');
  });

  it.skipIf(lacks('python3-hl7'))('carry what the report holds as data so that another implementation reads it', () => {
    const file = join(tempFolder(), 'oru.hl7');
    const signed = sampleReport({ body: twoNodules });
    writeFileSync(file, oruFromReport({ signed, channelIndex: 0, format: { ...USUAL_ORU_FORMAT, content: 'text' } }));
    const script = fileURLToPath(new URL('../../support/oru_facts.py', import.meta.url));
    const { obx } = JSON.parse(execFileSync('/usr/bin/python3', [script, file], { encoding: 'utf8' })) as {
      readonly obx: readonly (readonly string[])[];
    };
    expect(obx.filter(([, , subId]) => subId === '1.1').map((each) => each.slice(0, 4))).toEqual([
      ['NM', '410668003^Length^SCT', '1.1', '12'],
      ['CWE', '272741003^Laterality^SCT', '1.1', '7771000^Left^SCT'],
      ['CWE', 'type^Type^L', '1.1', 'RID5741^solid^RADLEX'],
      ['DT', 'since^Known since^L', '1.1', '202311'],
    ]);
  });
});
