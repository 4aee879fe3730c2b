import { expect, it } from 'vitest';

import type { SectionRole } from '#shared/reporting/report.ts';
import { chooseTemplate } from '#shared/reporting/choose-template.ts';
import { spokenOf } from '#shared/reporting/speech/spoken-of.ts';
import { understand } from '#shared/reporting/speech/understand.ts';
import { SCENARIOS } from '#tests/support/seeded-reports/draw-report.ts';
import { placeIn, shippedTemplates } from './shipped-templates.ts';

const filled = (wording: string): string => wording.replaceAll('{side}', 'left').replaceAll('{size}', '8 mm');
/** The clauses of a sentence with their commas spoken. */
const said = (sentence: string): readonly string[] =>
  filled(sentence)
    .replace(/[.]$/, '')
    .split(/[,;:.]\s+/)
    .flatMap((clause, index) => [...(index === 0 ? [] : ['comma']), ...spokenOf(clause)]);

it('two in three sentences of reports that were not written for dictation can be said in their sections', async () => {
  const templates = await shippedTemplates();
  const sentences = SCENARIOS.flatMap((scenario) => {
    const { exams, modality, bodyPart, normals, abnormal, normalImpressions, indications } = scenario;
    const template = chooseTemplate(templates, { text: exams[0] ?? '', modality, bodyPart });
    const name = template.id.slice('urn:overread:template:'.length);
    const under = (role: SectionRole, lines: readonly string[]) => {
      const place = placeIn(templates, name, role);
      return [...new Set(lines)].map((line) => ({ line, place }));
    };
    return [
      ...under('findings', [...normals.flat(), ...abnormal.flatMap(({ found, denied }) => [...found, ...denied])]),
      ...under('impression', [...normalImpressions, ...abnormal.flatMap(({ concluded }) => concluded)]),
      ...under('indication', indications),
    ];
  });
  const understood = sentences.filter(({ line, place }) => understand(said(line), place)?.kind === 'text');
  expect(sentences.length).toBeGreaterThan(300);
  expect(understood.length / sentences.length).toBeGreaterThan(2 / 3);
});
