import { describe, expect, it } from 'vitest';

import { aiResultsFromSr } from '#shared/dicom/ai-result-from-sr.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

const sequence = (...items: unknown[]) => ({ vr: 'SQ', Value: items });
const code = (value: string, meaning: string, scheme = 'DCM') =>
  sequence({
    '00080100': { vr: 'SH', Value: [value] },
    '00080102': { vr: 'SH', Value: [scheme] },
    '00080104': { vr: 'LO', Value: [meaning] },
  });
const item = (type: string, concept: unknown, rest: object) => ({
  '0040A040': { vr: 'CS', Value: [type] },
  '0040A043': concept,
  ...rest,
});
const text = (concept: unknown, value: string) => item('TEXT', concept, { '0040A160': { vr: 'UT', Value: [value] } });
const number = (concept: unknown, value: string | number, unit: string) =>
  item('NUM', concept, {
    '0040A300': sequence({ '004008EA': code(unit, unit, 'UCUM'), '0040A30A': { vr: 'DS', Value: [value] } }),
  });
const coded = (concept: unknown, meaning: string, children: readonly unknown[] = []) =>
  item('CODE', concept, {
    '0040A168': code('1386000', meaning, 'SCT'),
    ...(children.length === 0 ? {} : { '0040A730': sequence(...children) }),
  });
const container = (concept: unknown, ...children: unknown[]) =>
  item('CONTAINER', concept, { '0040A730': sequence(...children) });
const report = (...children: unknown[]) => ({ '0040A730': sequence(...children) }) as unknown as DicomJson;

const algorithm = text(code('111001', 'Algorithm Name'), 'Bleed Triage 2.1');
const FINDING = code('121071', 'Finding');

describe('a structured report of an algorithm (TID 1500)', () => {
  it('gives the finding, the probability beside it and the algorithm', () => {
    const measurements = container(
      code('126010', 'Imaging Measurements'),
      container(
        code('125007', 'Measurement Group'),
        coded(FINDING, 'Intracranial hemorrhage'),
        number(code('111012', 'Certainty of Finding'), '93.5', '%'),
      ),
    );
    expect(aiResultsFromSr(report(algorithm, measurements))).toEqual([
      { finding: 'Intracranial hemorrhage', probability: 0.935, algorithm: 'Bleed Triage 2.1' },
    ]);
  });

  it('takes a probability under the finding, in numbers or text, of a fraction', () => {
    const score = number(code('X1', 'AI confidence score', '99VENDOR'), 0.4, '1');
    expect(aiResultsFromSr(report(algorithm, coded(FINDING, 'Pneumothorax', [score])))).toEqual([
      { finding: 'Pneumothorax', probability: 0.4, algorithm: 'Bleed Triage 2.1' },
    ]);
  });

  it('gives each of several findings its own, and one without a probability as such', () => {
    const group = (meaning: string, ...rest: unknown[]) =>
      container(code('125007', 'Measurement Group'), coded(FINDING, meaning), ...rest);
    const found = aiResultsFromSr(
      report(algorithm, group('LVO', number(code('P', 'Probability'), 0.7, '1')), group('ASPECTS 7')),
    );
    expect(found.map(({ finding, probability }) => [finding, probability])).toEqual([
      ['LVO', 0.7],
      ['ASPECTS 7', undefined],
    ]);
  });

  it('gives nothing where no algorithm is named: a person wrote it', () => {
    expect(aiResultsFromSr(report(coded(FINDING, 'Intracranial hemorrhage')))).toEqual([]);
  });

  it('survives nonsense, and content nested without end', () => {
    let deep: unknown = coded(FINDING, 'x');
    for (let level = 0; level < 5000; level += 1) deep = container(FINDING, deep);
    expect(aiResultsFromSr(report(algorithm, deep))).toEqual([]);
    const nonsense = [{}, { '0040A730': { vr: 'SQ', Value: [null, 3, 'x', []] } }, { '0040A730': 'no' }];
    for (const each of nonsense) expect(aiResultsFromSr(each as unknown as DicomJson)).toEqual([]);
  });
});
