import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import { writeMrrt } from '#electron/adapters/mrrt/write-mrrt.ts';
import type { Template } from '#shared/reporting/report.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { NODULE_TEMPLATE } from '#tests/unit/reporting/nodule-report.ts';

const OWN = fileURLToPath(new URL('../../../build/templates/', import.meta.url));
const IMPRINT = { creator: 'Night Reads', date: '2026-11-22' };

function readBack(html: string) {
  const { template } = parseMrrt(html);
  if (template === undefined) throw new Error('no template');
  return { template, again: parseMrrt(writeMrrt(template, IMPRINT)) };
}

describe('a template given out as MRRT', () => {
  it.each(readdirSync(OWN))('%s is read back the same, without a complaint', (name) => {
    const { template, again } = readBack(readFileSync(join(OWN, name), 'utf8'));
    expect(again).toEqual({ template, complaints: [] });
  });

  it('keeps every kind of field, codes, defaults and letters that HTML uses itself', () => {
    const template: Template = {
      id: 'urn:x:1',
      title: 'Liver & "bile" <test>',
      language: 'de',
      modalities: ['CT', 'MR'],
      bodyParts: ['ABDOMEN'],
      contrast: true,
      sections: [
        {
          id: 'find',
          title: 'Findings',
          role: 'findings',
          defaultText: 'Liver: 1 < 2 & "normal".\nSecond </textarea><script>alert(1)</script> line.',
          fields: [
            {
              id: 'largest',
              label: 'Size > 5',
              kind: 'number',
              unit: 'mm',
              min: 0,
              max: 400,
              required: true,
              defaultValue: '12.5',
              codes: [
                { value: 'RID39465', scheme: 'RADLEX', meaning: 'size "largest" > all' },
                { value: '33728-7', scheme: 'LOINC', meaning: "Size & node's shape" },
              ],
            },
            {
              id: 'where',
              label: 'Side',
              kind: 'choice',
              options: [
                { value: '', label: '' },
                { value: 'r', label: 'right <R>' },
                { value: 'l', label: 'left' },
              ],
              required: false,
              defaultValue: 'l',
            },
            {
              id: 'leg',
              label: 'Leg',
              kind: 'laterality',
              options: [
                { value: '', label: '' },
                { value: 'right', label: 'rechts' },
                { value: 'left', label: 'links' },
                { value: 'bilateral', label: 'beidseits' },
                { value: 'midline', label: 'Mitte' },
              ],
              required: true,
              defaultValue: 'left',
            },
            { id: 'day', label: 'Day', kind: 'date', required: true, defaultValue: '2024-03' },
            {
              id: 'coded',
              label: 'Coded',
              kind: 'choice',
              options: [
                { value: 'a', label: 'A', codes: [{ value: 'RID5741', scheme: 'RADLEX', meaning: 'solid' }] },
                { value: 'b', label: 'B' },
              ],
              required: false,
              defaultValue: 'a',
            },
            { id: 'note', label: 'Note', kind: 'text', required: false, defaultValue: 'a "b"' },
            { id: 'lines', label: 'Lines', kind: 'text', required: true, defaultValue: 'one\ntwo' },
          ],
        },
        ...NODULE_TEMPLATE.sections.filter(({ groups }) => groups !== undefined),
        { id: 'own', title: 'Anything else', role: 'other', fields: [], defaultText: '' },
        { id: 'imp', title: 'Conclusion', role: 'impression', fields: [], defaultText: '' },
      ],
    };
    const html = writeMrrt(template, IMPRINT);
    expect(parseMrrt(html)).toEqual({ template, complaints: [] });
    expect(html).not.toContain('<script>alert');
  });
});

describe.skipIf(lacks('testdata'))('a template of others, given out again', () => {
  const folder = join(TESTDATA, 'mrrt');
  const files = lacks('testdata') ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const usable = files
    .filter((name) => name.endsWith('.html'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

  it.each(usable.filter(([, html]) => parseMrrt(html).template !== undefined))('is the same: %s', (_, html) => {
    const { template, again } = readBack(html);
    expect(again).toEqual({ template, complaints: [] });
  });
});
