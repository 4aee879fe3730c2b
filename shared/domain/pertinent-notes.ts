import { examFactsFromText } from './exam-facts.ts';
import type { ToldFact } from './notes.ts';
import type { Exam } from './order.ts';
import { ageInYears, type Sex } from './patient.ts';

/** What a reader looks for among the facts before reading. */
export const NOTE_TOPICS = [
  'kidney-function',
  'contrast-reaction',
  'allergy',
  'pregnancy',
  'implant',
  'anticoagulation',
  'family-history',
  'weight',
  'infection',
] as const;
export type NoteTopic = (typeof NOTE_TOPICS)[number];

interface Topic {
  readonly title: string;
  readonly isAbout: (fact: ToldFact) => boolean;
}

const says =
  (pattern: RegExp) =>
  ({ label, text, kind }: ToldFact): boolean =>
    kind !== 'prior-report' && kind !== 'document' && pattern.test(`${label} ${text}`);
const labelled =
  (pattern: RegExp) =>
  ({ label }: ToldFact): boolean =>
    pattern.test(label);

const ANTICOAGULANT =
  /\b(?:apixaban|eliquis|rivaroxaban|xarelto|dabigatran|pradaxa|edoxaban|warfarin|coumadin|phenprocoumon|(?:enoxa|dalte)?(?:heparin|parin)|anticoag\w*|blood thinners?)\b/i;

export const TOPICS: Readonly<Record<NoteTopic, Topic>> = {
  'kidney-function': { title: 'Kidney function', isAbout: labelled(/\be?GFR\b|creatinin|kidney function/i) },
  'contrast-reaction': { title: 'Contrast reaction', isAbout: ({ kind }) => kind === 'contrast-reaction' },
  allergy: { title: 'Allergies', isAbout: ({ kind }) => kind === 'allergy' },
  pregnancy: { title: 'Pregnancy', isAbout: ({ kind }) => kind === 'pregnancy' },
  implant: { title: 'Implants', isAbout: ({ kind }) => kind === 'implant' },
  anticoagulation: { title: 'Anticoagulation', isAbout: says(ANTICOAGULANT) },
  'family-history': { title: 'Family history', isAbout: says(/family (?:history|hx)|\bfhx?\b|\bBRCA/i) },
  weight: { title: 'Weight', isAbout: labelled(/\bweight\b/i) },
  infection: {
    title: 'Infection',
    isAbout: says(/\bMRSA\b|\bVRE\b|\bC\.? ?diff|isolation|contagious|covid|tubercul/i),
  },
};

/** Whom and what a rule is for; what is left out holds for all. */
export interface PertinenceRule {
  readonly modalities?: readonly string[];
  readonly bodyParts?: readonly string[];
  readonly contrast?: boolean;
  readonly sex?: Sex;
  readonly fromYears?: number;
  readonly toYears?: number;
  readonly topics: readonly NoteTopic[];
  /** Topics whose absence is no gap: they are shown first where somebody told them. */
  readonly ifTold?: readonly NoteTopic[];
  readonly why: string;
}

/** In this order on the screen. A site's own rules may take their place: they are data. */
const PERTINENCE_RULES: readonly PertinenceRule[] = [
  {
    modalities: ['CT', 'XA'],
    contrast: true,
    topics: ['contrast-reaction', 'allergy', 'kidney-function'],
    why: 'iodinated contrast',
  },
  { modalities: ['MR'], topics: ['implant'], why: 'magnetic field' },
  {
    modalities: ['MR'],
    contrast: true,
    topics: ['kidney-function', 'contrast-reaction', 'allergy'],
    why: 'gadolinium',
  },
  { modalities: ['MG'], topics: ['family-history'], why: 'breast' },
  { bodyParts: ['BREAST'], topics: ['family-history'], why: 'breast' },
  {
    modalities: ['CT', 'CR', 'DX', 'RF', 'XA', 'NM', 'PT'],
    sex: 'F',
    fromYears: 12,
    toYears: 55,
    topics: ['pregnancy'],
    why: 'radiation at childbearing age',
  },
  { toYears: 16, topics: ['weight'], why: 'a child' },
  {
    topics: [],
    ifTold: ['anticoagulation', 'infection', 'pregnancy', 'implant', 'contrast-reaction'],
    why: 'a danger',
  },
];

export interface PertinentTopic<Fact extends ToldFact = ToldFact> {
  readonly topic: NoteTopic;
  readonly title: string;
  readonly why: string;
  /** Newest first; empty: nobody told, and it should be known. */
  readonly facts: readonly Fact[];
}

export interface ExamOfPatient {
  readonly exam: Exam;
  readonly patient: { readonly sex: Sex; readonly birthDate?: string };
}

/** What of the facts this exam is about, the rules' first topic first, each topic once. */
export function pertinentNotes<Fact extends ToldFact>(
  { exam, patient }: ExamOfPatient,
  facts: readonly Fact[],
  now: number,
  rules: readonly PertinenceRule[] = PERTINENCE_RULES,
): readonly PertinentTopic<Fact>[] {
  const told = examFactsFromText(exam.text);
  const of = {
    modality: exam.modality ?? told.modality,
    bodyPart: exam.bodyPart ?? told.bodyPart,
    contrast: exam.contrast ?? told.contrast,
    sex: patient.sex,
    years: ageInYears(patient.birthDate, now),
  };
  const found = new Map<NoteTopic, PertinentTopic<Fact>>();
  for (const rule of rules.filter((each) => holds(each, of))) {
    for (const topic of [...rule.topics, ...(rule.ifTold ?? [])]) {
      if (found.has(topic)) continue;
      const { title, isAbout } = TOPICS[topic];
      const about = facts.filter(isAbout).toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0));
      if (about.length === 0 && !rule.topics.includes(topic)) continue;
      found.set(topic, { topic, title, why: rule.why, facts: about });
    }
  }
  return [...found.values()];
}

interface RuledExam {
  readonly modality: string | undefined;
  readonly bodyPart: string | undefined;
  readonly contrast: boolean | undefined;
  readonly sex: Sex;
  readonly years: number | undefined;
}

/** An age or a sex that is not known keeps no rule of danger away: pregnancy is asked for unless it cannot be. */
function holds(rule: PertinenceRule, { modality, bodyPart, contrast, sex, years }: RuledExam): boolean {
  const isSex = rule.sex === undefined || rule.sex === sex || (rule.sex === 'F' && sex !== 'M');
  // Who is a child is known or not; who may be pregnant must not be missed.
  const isAge =
    years === undefined
      ? rule.toYears === undefined || rule.fromYears !== undefined
      : years >= (rule.fromYears ?? 0) && years < (rule.toYears ?? Number.POSITIVE_INFINITY);
  return (
    isSex &&
    isAge &&
    (rule.modalities === undefined || rule.modalities.includes(modality ?? '')) &&
    (rule.bodyParts === undefined || rule.bodyParts.includes((bodyPart ?? '').toUpperCase())) &&
    (rule.contrast === undefined || rule.contrast === contrast)
  );
}
