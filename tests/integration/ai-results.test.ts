import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aiResultsFromSc } from '#shared/dicom/ai-result-from-sc.ts';
import { aiResultsFromSr } from '#shared/dicom/ai-result-from-sr.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { lacks } from '#tests/support/peers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overread-ai-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const REPORT = '1.2.840.10008.5.1.4.1.1.88.33';

/** The data set as dcmtk writes it to a file and tells it in DICOM JSON. */
function asDcmtkTells(sopClass: string, lines: readonly string[]): DicomJson {
  const [dump, dicom] = [join(folder, 'object.dump'), join(folder, 'object.dcm')];
  const head = [`(0008,0016) UI [${sopClass}]`, '(0008,0018) UI [1.2.826.0.1.3680043.10.1.77]'];
  writeFileSync(dump, [...head, ...lines, ''].join('\n'));
  execFileSync('dump2dcm', ['+E', dump, dicom]);
  return JSON.parse(execFileSync('dcm2json', [dicom], { encoding: 'utf8' })) as DicomJson;
}

const coded = (tag: string, code: string, meaning: string, scheme = 'DCM') => [
  `(${tag}) SQ`,
  '(fffe,e000) na',
  `(0008,0100) SH [${code}]`,
  `(0008,0102) SH [${scheme}]`,
  `(0008,0104) LO [${meaning}]`,
  '(fffe,e00d) na',
  '(fffe,e0dd) na',
];
const sequence = (tag: string, ...items: readonly (readonly string[])[]) => [
  `(${tag}) SQ`,
  ...items.flatMap((item) => ['(fffe,e000) na', ...item, '(fffe,e00d) na']),
  '(fffe,e0dd) na',
];
const algorithm = sequence('0018,a001', [
  '(0008,0070) LO [Northlight]',
  '(0008,1090) LO [Bleed Watch]',
  ...coded('0040,a170', '109102', 'Processing Equipment'),
]);

describe.skipIf(lacks('dcmtk'))('what an algorithm left in a study, as dcmtk tells it', () => {
  it.each([
    [
      'its comment',
      ['(0020,4000) LT [Suspected intracranial hemorrhage, 93 %]'],
      'Suspected intracranial hemorrhage, 93 %',
      0.93,
    ],
    ['its series description', ['(0008,103e) LO [ICH positive]'], 'ICH positive', undefined],
    ['a score', ['(0008,2111) ST [PE detected, score: 0.71]'], 'PE detected, score: 0.71', 0.71],
  ])('is read from a secondary capture: %s', (_, words, finding, probability) => {
    expect(aiResultsFromSc(asDcmtkTells(CAPTURE, [...words, ...algorithm]))).toEqual([
      { finding, ...(probability === undefined ? {} : { probability }), algorithm: 'Northlight Bleed Watch' },
    ]);
  });

  it('is known by equipment that calls itself an algorithm', () => {
    const own = ['(0008,0070) LO [Northlight]', '(0008,1090) LO [Northlight Stroke AI 3]'];
    expect(aiResultsFromSc(asDcmtkTells(CAPTURE, [...own, '(0008,103e) LO [LVO suspected]']))).toEqual([
      { finding: 'LVO suspected', algorithm: 'Northlight Stroke AI 3' },
    ]);
  });

  it.each([
    ['says no', CAPTURE, ['(0020,4000) LT [No hemorrhage detected]', ...algorithm]],
    ['says negative', CAPTURE, ['(0008,103e) LO [ICH negative, none found]', ...algorithm]],
    ['is a mere map', CAPTURE, ['(0008,103e) LO [Tmax map]', ...algorithm]],
    ['was made by a person', CAPTURE, ['(0008,1090) LO [Viewer 5]', '(0020,4000) LT [fracture found here]']],
    ['is no capture', '1.2.840.10008.5.1.4.1.1.2', ['(0020,4000) LT [Suspected hemorrhage]', ...algorithm]],
  ])('moves nothing when the object %s', (_, sopClass, lines) => {
    expect(aiResultsFromSc(asDcmtkTells(sopClass, lines))).toEqual([]);
  });

  it('is read from a structured report', () => {
    const text = (concept: readonly string[], value: string) => [
      '(0040,a010) CS [CONTAINS]',
      '(0040,a040) CS [TEXT]',
      ...concept,
      `(0040,a160) UT [${value}]`,
    ];
    const finding = [
      '(0040,a010) CS [CONTAINS]',
      '(0040,a040) CS [CODE]',
      ...coded('0040,a043', '121071', 'Finding'),
      ...coded('0040,a168', '36118008', 'Pneumothorax', 'SCT'),
    ];
    const certainty = [
      '(0040,a010) CS [CONTAINS]',
      '(0040,a040) CS [NUM]',
      ...coded('0040,a043', '111012', 'Certainty of Finding'),
      ...sequence('0040,a300', [...coded('0040,08ea', '%', 'percent', 'UCUM'), '(0040,a30a) DS [81]']),
    ];
    const report = asDcmtkTells(REPORT, [
      '(0040,a040) CS [CONTAINER]',
      ...sequence(
        '0040,a730',
        text(coded('0040,a043', '111001', 'Algorithm Name'), 'Chest Triage'),
        finding,
        certainty,
      ),
    ]);
    expect(aiResultsFromSr(report)).toEqual([
      { finding: 'Pneumothorax', probability: 0.81, algorithm: 'Chest Triage' },
    ]);
  });
});
