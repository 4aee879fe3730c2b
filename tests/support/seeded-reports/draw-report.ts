import type { CheckFacts } from '#shared/reporting/checks/check-facts.ts';
import type { Laterality } from '#shared/domain/order.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { ReportBody, SectionRole, Template } from '#shared/reporting/report.ts';

import { body } from './body.ts';
import { chestAndLimbs } from './chest-and-limbs.ts';
import { headAndSpine } from './head-and-spine.ts';
import type { Abnormality, Scenario, Wordings } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [...chestAndLimbs, ...headAndSpine, ...body];

/** What a draw is made of, before it becomes a report: the faults are planted here. */
export interface DrawnReport {
  readonly scenario: Scenario;
  readonly abnormality: Abnormality | undefined;
  facts: CheckFacts;
  /** Sentences by section. */
  text: Record<'indication' | 'technique' | 'comparison' | 'findings' | 'impression', string[]>;
  readonly fill: (wording: string) => string;
  readonly sizeMm: number | undefined;
  readonly side: 'left' | 'right';
}

export type Random = () => number;
export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

const AT = Date.UTC(2026, 10, 21) as EpochMs;
const NAMES = ['Okafor^Ngozi', 'Lindqvist^Astrid', 'Barnes^Walter', 'Moreau^Camille', 'Tanaka^Kenji', 'Novak^Petra'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** One date as different people write it. */
export function writtenDate(random: Random, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const name = MONTHS[Number(month) - 1] ?? '';
  return pick(random, [
    iso,
    `${Number(day)} ${name} ${year}`,
    `${name} ${Number(day)}, ${year}`,
    `${month}/${day}/${year}`,
    `${day}.${month}.${year}`,
    `${Number(day)} ${name.slice(0, 3)} ${year}`,
  ]);
}

const writtenSize = (random: Random, mm: number): string =>
  mm >= 10 && random() < 0.4 ? `${(mm / 10).toFixed(1)} cm` : pick(random, [`${mm} mm`, `${mm}mm`, `${mm} mm`]);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One report without a fault: what it says is true of its patient, its order and its images. */
export function drawReport(random: Random, among: readonly Scenario[] = SCENARIOS, isAbnormal?: boolean): DrawnReport {
  const scenario = pick(random, among);
  const side = random() < 0.5 ? 'left' : 'right';
  const other = side === 'left' ? 'right' : 'left';
  const wantsAbnormal = isAbnormal ?? random() < 0.55;
  const abnormality = wantsAbnormal ? pick(random, scenario.abnormal) : undefined;
  const range = abnormality?.sizeMm;
  const sizeMm = range === undefined ? undefined : range[0] + Math.floor(random() * (range[1] - range[0] + 1));
  const fill = (wording: string): string =>
    capital(
      wording
        .replaceAll('{SIDE}', side.toUpperCase())
        .replaceAll('{side}', side)
        .replaceAll('{other}', other)
        .replaceAll('{size}', () => writtenSize(random, sizeMm ?? 10)),
    );
  const say = (wordings: Wordings): string => fill(pick(random, wordings));
  const sex = scenario.sex ?? (random() < 0.5 ? 'F' : 'M');
  const bornYear = 1940 + Math.floor(random() * 60);
  const priors =
    random() < 0.5
      ? []
      : [
          `${2019 + Math.floor(random() * 6)}-${two(1 + Math.floor(random() * 12))}-${two(13 + Math.floor(random() * 15))}`,
        ];
  const exam = fill(pick(random, scenario.exams));
  const facts: CheckFacts = {
    patient: {
      sex,
      name: pick(random, NAMES),
      birthDate: `${bornYear}-${two(1 + Math.floor(random() * 12))}-${two(13 + Math.floor(random() * 15))}`,
    },
    order: {
      exam,
      bodyPart: scenario.bodyPart,
      ...(scenario.contrast === undefined ? {} : { contrast: scenario.contrast }),
      ...(scenario.isSided === true ? { laterality: side as Laterality } : {}),
    },
    study: { modality: scenario.modality, bodyPart: scenario.bodyPart, priors },
    at: AT,
  };
  const age = 2026 - bornYear;
  const person = sex === 'F' ? ['woman', 'female', 'lady'] : ['man', 'male', 'gentleman'];
  const indication = say(scenario.indications);
  const isRemoved = scenario.removed !== undefined && abnormality === undefined && random() < 0.5;
  const shown = isRemoved ? scenario.removed : undefined;
  const isStillTrue = (sentence: string) => shown === undefined || !sentence.toLowerCase().includes(shown.organ);
  const normals = scenario.normals
    .filter(() => random() < 0.8)
    .map(say)
    .filter(isStillTrue);
  const place = Math.floor(random() * (normals.length + 1));
  const findings = abnormality === undefined ? normals : normals.toSpliced(place, 0, say(abnormality.found));
  const [prior] = priors;
  return {
    scenario,
    abnormality,
    facts,
    fill,
    sizeMm,
    side,
    text: {
      indication: [
        ...(random() < 0.4 ? [`${age}-year-old ${pick(random, person)}.`] : []),
        indication,
        ...(shown === undefined ? [] : [pick(random, shown.history)]),
      ],
      technique: [say(scenario.techniques)],
      comparison:
        prior === undefined
          ? [pick(random, ['None.', 'None available.', 'No prior studies.', ''])]
          : [
              pick(random, [
                `Prior exam of ${writtenDate(random, prior)}.`,
                `${writtenDate(random, prior)}.`,
                `Compared with ${writtenDate(random, prior)}.`,
              ]),
            ],
      findings: [
        ...(findings.length === 0
          ? shown === undefined
            ? [say(scenario.normals[0] ?? ['Unremarkable.'])]
            : []
          : findings),
        ...(shown === undefined ? [] : [shown.fits]),
        ...(random() < 0.3 ? [pick(random, scenario.slips).denied] : []),
      ],
      impression: [
        abnormality !== undefined
          ? say(abnormality.concluded)
          : shown === undefined
            ? say(scenario.normalImpressions)
            : pick(random, [
                'No new abnormality.',
                'No residual or recurrent disease.',
                'Expected postoperative appearance.',
              ]),
        ...(random() < 0.25
          ? [
              pick(random, [
                'Clinical correlation is advised.',
                'Discussed with the referring team.',
                'No other acute finding.',
                'Follow-up as clinically indicated.',
              ]),
            ]
          : []),
      ],
    },
  };
}

const ROLES = ['indication', 'technique', 'comparison', 'findings', 'impression'] as const;

/** The drawn text in the sections of the template that the exam gets; a template's required choices are made, its other fields left empty. */
export function bodyOf(drawn: DrawnReport, template: Template, random: Random): ReportBody {
  const joint = random() < 0.3 ? '\n' : ' ';
  const isNumbered = random() < 0.2;
  return {
    templateId: template.id,
    title: template.title,
    sections: template.sections.map((section) => {
      const role = ROLES.find((known: SectionRole) => known === section.role);
      const sentences = role === undefined ? [] : drawn.text[role].filter((sentence) => sentence !== '');
      const isList = isNumbered && role === 'impression';
      return {
        id: section.id,
        title: section.title,
        role: section.role,
        text: isList ? sentences.map((sentence, at) => `${at + 1}. ${sentence}`).join('\n') : sentences.join(joint),
        textSource: 'typed',
        fields: section.fields.map((field) => ({
          id: field.id,
          label: field.label,
          value: field.required ? (field.options?.find(({ value }) => value !== '')?.value ?? '1') : '',
          source: 'typed',
        })),
      };
    }),
  };
}
