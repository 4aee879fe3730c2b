import { allFields, type Template } from '../report.ts';
import { ALL_SCORES } from '../scores/all-scores.ts';
import { PHONES_A_TO_H } from '../speech/phones-a-to-h.ts';
import { PHONES_I_TO_Z } from '../speech/phones-i-to-z.ts';
import { ABDOMEN, PELVIS } from '../speech/phrases/abdomen.ts';
import { CHEST } from '../speech/phrases/chest.ts';
import { COMMON_FINDINGS, COMMON_REASONS } from '../speech/phrases/frames.ts';
import { HEAD, NECK } from '../speech/phrases/head-neck.ts';
import { BREAST, LIMBS, NUCLEAR, SPINE } from '../speech/phrases/spine-limbs.ts';
import { TERMS } from '../speech/terms-en.ts';

const wordsOf = (texts: readonly string[]): string[] =>
  texts
    .join(' ')
    .toLowerCase()
    .match(/\p{L}{2,}/gu) ?? [];

const STOCKS = [ABDOMEN, PELVIS, CHEST, HEAD, NECK, SPINE, LIMBS, BREAST, NUCLEAR].flatMap((stock) => [
  ...stock.findings.map((finding) => finding.replaceAll(/\/(?:e?s)\b/g, '')),
  ...stock.structures,
  ...stock.places,
  ...stock.sentences,
  ...stock.impressions,
  ...stock.normals.flat(),
  ...stock.reasons,
]);
const PHONED = `${PHONES_A_TO_H}\n${PHONES_I_TO_Z}`.split('\n').map((line) => line.split(' ')[0] ?? '');
const SCORED = ALL_SCORES.flatMap(({ title, questions }) => [
  title,
  ...questions.flatMap((question) => [
    question.label,
    ...(question.kind === 'number' ? [] : question.options.map(({ label }) => label)),
  ]),
]);

/** Words of radiology as this program itself uses and understands them: templates, what can be said, scores. */
export const medicalWords = (templates: readonly Template[]): ReadonlySet<string> =>
  new Set(
    wordsOf([
      ...STOCKS,
      ...PHONED,
      ...SCORED,
      ...COMMON_FINDINGS,
      ...COMMON_REASONS,
      ...TERMS.flat(),
      ...templates.flatMap(({ title, sections }) => [
        title,
        ...sections.flatMap((section) => [
          section.title,
          section.defaultText,
          ...(section.groups ?? []).map(({ label }) => label),
          ...allFields(section).flatMap(({ label, options = [] }) => [label, ...options.map((option) => option.label)]),
        ]),
      ]),
    ]),
  );
