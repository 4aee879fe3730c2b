import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { medicalWords } from '#shared/reporting/spelling/medical-words.ts';
import { corrected, createSpelling } from '#shared/reporting/spelling/near-words.ts';
import { ORDINARY_WORDS } from '#shared/reporting/spelling/ordinary-words.ts';
import { seededRandom } from '#tests/campaign/seeded-random.ts';
import { drawReport, SCENARIOS } from '#tests/support/seeded-reports/draw-report.ts';
import { RIGHT, WRONG } from '#tests/support/seeded-reports/written-reports.ts';

const { templates } = await loadTemplates([fileURLToPath(new URL('../../../../build/templates', import.meta.url))]);
const spelling = createSpelling(medicalWords(templates), ORDINARY_WORDS);

describe('spelling', () => {
  it.each([
    ['hemorrage', 'hemorrhage'],
    ['haemorrage', 'haemorrhage'],
    ['pnuemothorax', 'pneumothorax'],
    ['apendix', 'appendix'],
    ['efusion', 'effusion'],
    ['fracutre', 'fracture'],
    ['consolidaton', 'consolidation'],
  ])('doubts %s and means %s', (word, suggestion) => {
    expect(spelling.doubtsIn(`There is ${word} on the left.`)).toEqual([{ word, suggestion }]);
  });

  it.each([
    'The pleural effusion layers posteriorly; non-displaced fractures, peri-appendiceal stranding, subsegmental emboli.',
    'Seen by Dr. Hemmorrage and in Efusionville, MRN pnuemothorax4.',
    'Oesophageal and esophageal, haematoma and hematoma, grey and gray.',
    'Xylocrine zorbing of the quoxel.',
  ])('leaves alone: %s', (text) => {
    expect(spelling.doubtsIn(text)).toEqual([]);
  });

  it('corrects a word wherever it stands alone, and as it was written', () => {
    const [doubt] = spelling.doubtsIn('Efusion. Small.');
    expect(doubt).toEqual({ word: 'Efusion', suggestion: 'Effusion' });
    if (doubt !== undefined)
      expect(corrected('Efusion. Efusions. Efusion', doubt)).toBe('Effusion. Efusions. Effusion');
  });

  it('marks next to nothing in reports that are spelled right', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 300 }, () => Object.values(drawReport(random, SCENARIOS).text).flat().join(' '));
    const written = [...RIGHT, ...WRONG].map((one) => `${one.technique} ${one.findings} ${one.impression}`);
    const marks = [...drawn, ...written].flatMap((text) => spelling.doubtsIn(text));
    expect(marks.length).toBeLessThanOrEqual(Math.floor(0.01 * (drawn.length + written.length)));
  });

  it('notices most single slips in longer words, and means the right word', () => {
    const random = seededRandom(2);
    const words = new Set(
      RIGHT.flatMap(({ findings, impression }) => `${findings} ${impression}`.toLowerCase().match(/\p{L}{6,}/gu) ?? []),
    );
    const outcomes = [...words].map((word) => {
      const at = 1 + Math.floor(random() * (word.length - 2));
      const slips = [
        `${word.slice(0, at)}${word.slice(at + 1)}`,
        `${word.slice(0, at)}${word[at]}${word.slice(at)}`,
        `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
      ];
      const slip = slips[Math.floor(random() * slips.length)] ?? word;
      const [doubt] = spelling.doubtsIn(`the ${slip} is`);
      return slip === word ? 'none' : doubt === undefined ? 'missed' : doubt.suggestion === word ? 'right' : 'wrong';
    });
    const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length;
    expect(count('right') / (count('right') + count('wrong') + count('missed'))).toBeGreaterThan(0.6);
    expect(count('wrong') / (count('right') + count('wrong'))).toBeLessThan(0.03);
  });
});
