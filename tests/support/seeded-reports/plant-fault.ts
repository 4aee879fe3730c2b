import type { Template } from '#shared/reporting/report.ts';

import { drawReport, pick, SCENARIOS, writtenDate, type DrawnReport, type Random } from './draw-report.ts';
import type { Scenario } from './scenario.ts';

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const swapped = (text: string): string =>
  text.replace(/\b(left|right)\b/gi, (word) => {
    const turned = word.toLowerCase() === 'left' ? 'right' : 'left';
    return word.charAt(0) === word.charAt(0).toUpperCase() ? turned.charAt(0).toUpperCase() + turned.slice(1) : turned;
  });
const isSized = ({ sizeMm }: Scenario['abnormal'][number]): boolean => sizeMm !== undefined;
const sized = (scenarios: readonly Scenario[]): Scenario[] =>
  scenarios
    .map((scenario) => ({
      ...scenario,
      abnormal: scenario.abnormal.filter((one) => isSized(one) && one.concluded.some((w) => w.includes('{size}'))),
    }))
    .filter(({ abnormal }) => abnormal.length > 0);

export interface FaultKind {
  readonly kind: string;
  /** Any of these names the planted fault. */
  readonly codes: readonly string[];
  readonly plant: (random: Random, template: (drawn: DrawnReport) => Template) => DrawnReport;
  /** Changes of the report that sections of text cannot carry. */
  readonly clearsRequiredField?: boolean;
}

const FOREIGN_ORGANS = {
  M: ['The uterus is retroverted.', 'A follicle in the left ovary.', 'Endometrium is 6 mm thick.', 'No adnexal mass.'],
  F: [
    'The prostate is enlarged.',
    'Seminal vesicles are symmetric.',
    'Both testes are homogeneous.',
    'Prostatic calcification.',
  ],
} as const;
const PROMPTS = [
  'Nodule of [ ] mm.',
  'Measures *** in diameter.',
  'Grade ???',
  'Seen on the [left/right].',
  'Level: ___',
  '<describe>',
  'Compared with [date].',
  '{size} in length.',
];
const STRANGERS = [
  'Mr. Petersen was informed.',
  'Name: Petersen, Karl',
  'Mrs. Delacroix is known for this.',
  'Patient name: Delacroix, Anne.',
];

/** Fifteen things that go wrong in reports, each planted into an otherwise right one. */
export const FAULT_KINDS: readonly FaultKind[] = [
  {
    kind: 'side other than ordered',
    codes: ['laterality'],
    plant(random) {
      const drawn = drawReport(
        random,
        SCENARIOS.filter(({ isSided }) => isSided === true),
        true,
      );
      drawn.text.findings = drawn.text.findings.map(swapped);
      drawn.text.impression = drawn.text.impression.map(swapped);
      return drawn;
    },
  },
  {
    kind: 'impression on the other side than the findings',
    codes: ['contradiction-side', 'laterality'],
    plant(random) {
      const sided = SCENARIOS.map((scenario) => ({
        ...scenario,
        abnormal: scenario.abnormal.filter(({ found, concluded }) =>
          [...found, ...concluded].every((w) => w.includes('{side}')),
        ),
      }));
      const drawn = drawReport(
        random,
        sided.filter(({ abnormal }) => abnormal.length > 0),
        true,
      );
      drawn.text.impression = drawn.text.impression.map(swapped);
      return drawn;
    },
  },
  {
    kind: 'organ of the other sex',
    codes: ['sex'],
    plant(random) {
      const drawn = drawReport(
        random,
        SCENARIOS.filter(({ bodyPart }) => ['ABDOMEN', 'PELVIS', 'PROSTATE'].includes(bodyPart)),
      );
      drawn.text.findings.push(pick(random, drawn.facts.patient.sex === 'F' ? FOREIGN_ORGANS.F : FOREIGN_ORGANS.M));
      return drawn;
    },
  },
  {
    kind: 'text of another body part',
    codes: ['body-part'],
    plant(random) {
      const drawn = drawReport(random);
      const far = SCENARIOS.filter(
        ({ bodyPart, modality }) => modality === drawn.scenario.modality && bodyPart !== drawn.scenario.bodyPart,
      );
      const foreign = drawReport(
        random,
        far.length > 0 ? far : SCENARIOS.filter(({ bodyPart }) => bodyPart === 'HEAD'),
        false,
      );
      drawn.text.technique = foreign.text.technique;
      drawn.text.findings = foreign.text.findings;
      drawn.text.impression = foreign.text.impression;
      return drawn;
    },
  },
  {
    kind: 'technique that the images refute',
    codes: ['contrast', 'modality'],
    plant(random) {
      const drawn = drawReport(random);
      drawn.text.technique = [drawn.fill(pick(random, drawn.scenario.foreignTechniques))];
      return drawn;
    },
  },
  {
    kind: 'finding in the findings, denied in the impression',
    codes: ['contradiction'],
    plant(random) {
      const drawn = drawReport(random, SCENARIOS, true);
      drawn.text.impression = [drawn.fill(pick(random, drawn.abnormality?.denied ?? ['']))];
      return drawn;
    },
  },
  {
    kind: 'negation lost',
    codes: ['contradiction'],
    plant(random) {
      const drawn = drawReport(random, SCENARIOS, false);
      const slip = pick(random, drawn.scenario.slips);
      drawn.text.findings = [
        ...drawn.text.findings.filter((sentence) => sentence !== slip.denied),
        random() < 0.5 ? slip.again : slip.denied,
      ];
      drawn.text.impression = [slip.lost];
      return drawn;
    },
  },
  {
    kind: 'centimetres for millimetres',
    codes: ['units'],
    plant(random) {
      const drawn = drawReport(random, sized(SCENARIOS), true);
      const { abnormality, scenario, sizeMm = 10, side } = drawn;
      const says = (wordings: readonly string[], size: string) =>
        pick(
          random,
          wordings.filter((w) => w.includes('{size}')),
        )
          .replaceAll('{size}', size)
          .replaceAll('{side}', side)
          .replaceAll('{other}', side === 'left' ? 'right' : 'left');
      const [inFindings, inImpression] =
        random() < 0.5 ? [`${sizeMm} mm`, `${sizeMm} cm`] : [`${sizeMm} cm`, `${sizeMm} mm`];
      drawn.text.findings = [
        ...scenario.normals.map(([first = '']) => drawn.fill(first)),
        says(abnormality?.found ?? [], inFindings),
      ];
      drawn.text.impression = [says(abnormality?.concluded ?? [], inImpression)];
      return drawn;
    },
  },
  {
    kind: 'no impression',
    codes: ['impression-missing'],
    plant(random) {
      // A mammogram's category is a conclusion by itself.
      const drawn = drawReport(
        random,
        SCENARIOS.filter(({ id }) => id !== 'mammography'),
      );
      drawn.text.impression = [pick(random, ['', ' ', '.', '-'])];
      return drawn;
    },
  },
  {
    kind: 'required field empty',
    codes: ['field-unfilled'],
    clearsRequiredField: true,
    plant: (random) =>
      drawReport(
        random,
        SCENARIOS.filter(({ id }) => id === 'mammography'),
      ),
  },
  {
    kind: 'prompt left over',
    codes: ['prompt-left'],
    plant(random) {
      const drawn = drawReport(random);
      const where = pick(random, ['findings', 'impression'] as const);
      drawn.text[where].push(pick(random, PROMPTS));
      return drawn;
    },
  },
  {
    kind: 'comparison with an exam that does not exist',
    codes: ['comparison-date'],
    plant(random) {
      const drawn = drawReport(random);
      const date = writtenDate(random, `2018-0${1 + Math.floor(random() * 9)}-${13 + Math.floor(random() * 15)}`);
      drawn.text.comparison = [
        pick(random, [`Prior exam of ${date}.`, `${date}.`, `Comparison is made with the study from ${date}.`]),
      ];
      return drawn;
    },
  },
  {
    kind: "another patient's name or sex",
    codes: ['other-patient', 'sex'],
    plant(random) {
      const drawn = drawReport(random);
      const isWoman = drawn.facts.patient.sex === 'F';
      const wrongPerson = isWoman
        ? ['He was hit by a car.', 'This gentleman has pain.', 'His symptoms began today.']
        : ['She was hit by a car.', 'This lady has pain.', 'Her symptoms began today.'];
      if (random() < 0.5) drawn.text.indication.push(pick(random, wrongPerson));
      else drawn.text[pick(random, ['indication', 'impression'] as const)].push(pick(random, STRANGERS));
      return drawn;
    },
  },
  {
    kind: 'misheard word',
    codes: ['misheard'],
    plant(random) {
      const drawn = drawReport(random, SCENARIOS, false);
      const pair = pick(random, drawn.scenario.misheard);
      drawn.text.findings.push(drawn.fill(pair.found));
      drawn.text.impression = [drawn.fill(pair.misheard)];
      return drawn;
    },
  },
  {
    kind: 'removed organ called normal',
    codes: ['absent-organ'],
    plant(random) {
      const drawn = drawReport(
        random,
        SCENARIOS.filter(({ removed }) => removed !== undefined),
        false,
      );
      const { removed } = drawn.scenario;
      if (removed === undefined) return drawn;
      drawn.text.indication = [lowered(pick(random, removed.history))];
      drawn.text.findings = [
        ...drawn.text.findings.filter((sentence) => sentence !== removed.fits),
        pick(random, removed.untrue),
      ];
      return drawn;
    },
  },
];
