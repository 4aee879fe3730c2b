import { mentionedPriors } from './mentioned-priors.ts';
import { noteConflicts } from './note-conflicts.ts';
import type { ToldFact } from './notes.ts';
import type { Exam } from './order.ts';
import type { Sex } from './patient.ts';
import { pertinentNotes, type NoteTopic } from './pertinent-notes.ts';
import type { Prior } from './reading-task.ts';
import { gradeRequisition, type RequestPart } from './requisition-grade.ts';

const ABOUT_TOPIC: Readonly<Record<NoteTopic, string>> = {
  'kidney-function': 'Please send the latest creatinine or eGFR with its date.',
  'contrast-reaction': 'Has the patient had contrast medium before, and was there a reaction?',
  allergy: 'Does the patient have any allergy?',
  pregnancy: 'Is the patient pregnant, or may she be?',
  implant: 'Does the patient have a pacemaker or any other implant?',
  anticoagulation: 'Does the patient take anticoagulants?',
  'family-history': 'Is there a family history of breast or ovarian cancer?',
  weight: 'What does the child weigh?',
  infection: 'Is the patient isolated for an infection?',
};

const ABOUT_PART: Readonly<Record<RequestPart, string>> = {
  impression: 'What is the working diagnosis?',
  'clinical-findings': 'Which symptoms or findings, where, and since when?',
  question: 'What is the question to be answered?',
};

export interface AskedCase {
  readonly exam: Exam;
  readonly patient: { readonly sex: Sex; readonly birthDate?: string };
  readonly reason?: string;
  readonly facts: readonly ToldFact[];
  readonly priors: readonly Pick<Prior, 'date'>[];
}

/** Questions worth asking of this very case: what contradicts itself, what the exam needs and nobody told, what the request leaves open. */
export function cannedQuestions({ exam, patient, reason, facts, priors }: AskedCase, now: number): readonly string[] {
  const told = { exam, patient, facts, ...(reason === undefined ? {} : { reason }) };
  const contradictions = noteConflicts(told, now).map(({ about, statements: [one, other] }) => {
    const [first, second] = [one, other].map(({ text, source }) => `“${text}” (${source})`);
    return `${about}: ${first} or ${second}?`;
  });
  const gaps = pertinentNotes(told, facts, now).filter((topic) => topic.facts.length === 0);
  const absent = mentionedPriors(reason, facts, priors).map(
    ({ quote }) => `Please send the exam of ${quote}, or say where it was made.`,
  );
  return [
    ...new Set([
      ...contradictions,
      ...gaps.map(({ topic }) => ABOUT_TOPIC[topic]),
      ...gradeRequisition(reason, facts).missing.map((part) => ABOUT_PART[part]),
      ...absent,
    ]),
  ];
}
