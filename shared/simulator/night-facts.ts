import type { Exam, PatientClass } from '../domain/order.ts';
import type { Priority } from '../domain/priority.ts';

/** Where the sites are: as many regions as a large firm's readers hold licences for, and some more. */
export const REGIONS: readonly string[] =
  'US-OH US-KY US-IN US-PA US-WV US-MI US-IL US-TN US-GA US-FL US-NC US-SC US-VA US-MD US-NY US-TX US-OK US-MO US-CO US-AZ'.split(
    ' ',
  );

/** Orders by hour of the day (UTC of the simulated region), against the mean of the night: evening peak, dip before dawn. */
export const HOUR_WEIGHTS: readonly number[] = [
  0.95, 0.8, 0.7, 0.65, 0.65, 0.75, 0.95, 1.15, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.25, 1.3, 1.35, 1.35, 1.3, 1.3,
  1.2, 1.1,
];

export interface SiteKind {
  readonly share: number;
  /** Who is examined there. */
  readonly patients: Readonly<Partial<Record<PatientClass, number>>>;
  /** Exam types that are ordered more or less often than elsewhere. */
  readonly exams: Readonly<Record<string, number>>;
  /** On top of the night's curve. */
  readonly weightAt: (hour: number) => number;
}

const ALL_NIGHT = () => 1;

export const SITE_KINDS: readonly SiteKind[] = [
  { share: 5, patients: { emergency: 75, icu: 8, inpatient: 17 }, exams: {}, weightAt: ALL_NIGHT },
  {
    share: 3,
    patients: { emergency: 95, outpatient: 5 },
    exams: { 'mr-brain': 0, 'mr-lumbar': 0 },
    weightAt: ALL_NIGHT,
  },
  // Intensive care has its films taken before the morning round.
  {
    share: 1,
    patients: { icu: 60, inpatient: 40 },
    exams: { 'xr-chest': 4 },
    weightAt: (hour) => (hour >= 4 && hour <= 6 ? 2.5 : 0.7),
  },
  // An imaging centre sends what its evening has left over.
  {
    share: 1,
    patients: { outpatient: 100 },
    exams: { 'mr-lumbar': 5, 'mr-joint': 6, 'mr-brain': 4, 'ct-head': 0.3 },
    weightAt: (hour) => (hour >= 19 && hour <= 22 ? 2 : 0.1),
  },
];

export interface ExamShare {
  readonly examType: string;
  readonly share: number;
  readonly exam: Exam;
  readonly priorities: Readonly<Record<PatientClass, Readonly<Partial<Record<Priority, number>>>>>;
}

/** How urgent the orders are, in percent, by where the patient lies. */
const ORDINARY: ExamShare['priorities'] = {
  emergency: { stat: 25, asap: 60, urgent: 15 },
  icu: { stat: 20, urgent: 50, routine: 30 },
  inpatient: { stat: 8, urgent: 32, routine: 60 },
  outpatient: { urgent: 6, routine: 94 },
};
const HEAD: ExamShare['priorities'] = {
  emergency: { stroke: 14, trauma: 7, stat: 29, asap: 45, urgent: 5 },
  icu: { stroke: 4, stat: 36, urgent: 45, routine: 15 },
  inpatient: { stroke: 4, stat: 21, urgent: 35, routine: 40 },
  outpatient: { urgent: 10, routine: 90 },
};
const TRAUMA: ExamShare['priorities'] = {
  emergency: { trauma: 12, stat: 28, asap: 50, urgent: 10 },
  icu: { stat: 25, urgent: 50, routine: 25 },
  inpatient: { stat: 12, urgent: 38, routine: 50 },
  outpatient: { urgent: 8, routine: 92 },
};
const FILM: ExamShare['priorities'] = {
  emergency: { stat: 10, asap: 55, routine: 35 },
  icu: { stat: 10, urgent: 30, routine: 60 },
  inpatient: { stat: 4, urgent: 16, routine: 80 },
  outpatient: { routine: 100 },
};

const ct = (bodyPart: string, text: string, contrast = false): Exam => ({ text, modality: 'CT', bodyPart, contrast });

/** What is ordered at night, in percent. */
export const EXAM_MIX: readonly ExamShare[] = [
  { examType: 'ct-head', share: 24, exam: ct('HEAD', 'CT head without contrast'), priorities: HEAD },
  { examType: 'cta-head', share: 5, exam: ct('HEAD', 'CTA head', true), priorities: HEAD },
  { examType: 'ct-c-spine', share: 6, exam: ct('CSPINE', 'CT cervical spine'), priorities: TRAUMA },
  { examType: 'ct-chest-with', share: 4, exam: ct('CHEST', 'CT chest with contrast', true), priorities: TRAUMA },
  { examType: 'cta-chest', share: 8, exam: ct('CHEST', 'CTA chest', true), priorities: ORDINARY },
  { examType: 'ct-abdomen', share: 9, exam: ct('ABDOMEN', 'CT abdomen and pelvis without'), priorities: ORDINARY },
  {
    examType: 'ct-abdomen-with',
    share: 13,
    exam: ct('ABDOMEN', 'CT abdomen and pelvis with', true),
    priorities: TRAUMA,
  },
  {
    examType: 'us-abdomen',
    share: 5,
    exam: { text: 'US abdomen', modality: 'US', bodyPart: 'ABDOMEN' },
    priorities: ORDINARY,
  },
  {
    examType: 'us-duplex',
    share: 3,
    exam: { text: 'Duplex leg veins', modality: 'US', bodyPart: 'LEG' },
    priorities: ORDINARY,
  },
  {
    examType: 'xr-chest',
    share: 12,
    exam: { text: 'Chest film', modality: 'DX', bodyPart: 'CHEST' },
    priorities: FILM,
  },
  { examType: 'xr-other', share: 6, exam: { text: 'Ankle film', modality: 'DX', bodyPart: 'ANKLE' }, priorities: FILM },
  {
    examType: 'mr-brain',
    share: 2,
    exam: { text: 'MR brain', modality: 'MR', bodyPart: 'BRAIN', contrast: false },
    priorities: HEAD,
  },
  {
    examType: 'mr-lumbar',
    share: 2,
    exam: { text: 'MR lumbar spine', modality: 'MR', bodyPart: 'LSPINE' },
    priorities: ORDINARY,
  },
  { examType: 'mr-joint', share: 1, exam: { text: 'MR knee', modality: 'MR', bodyPart: 'KNEE' }, priorities: ORDINARY },
];
