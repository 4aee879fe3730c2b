import { describe, expect, it } from 'vitest';

import { cannedQuestions } from '#shared/domain/canned-questions.ts';
import { CONTEXT_CASES, TOLD_AT } from '#tests/support/context-cases.ts';

const questionsOf = (title: string): readonly string[] => {
  const found = CONTEXT_CASES.find((each) => each.title === title);
  if (found === undefined) throw new Error('no such case');
  const { order, exam, reason, facts, priors = [] } = found;
  return cannedQuestions({ exam, patient: order, facts, priors, ...(reason === undefined ? {} : { reason }) }, TOLD_AT);
};

describe('questions for a case', () => {
  it('ask for what this exam needs and nobody told', () => {
    expect(questionsOf('kidney function is not known')).toEqual([
      'Please send the latest creatinine or eGFR with its date.',
    ]);
    expect(questionsOf('MR, implants not asked')).toEqual(['Does the patient have a pacemaker or any other implant?']);
  });

  it('ask which of two sources is right, naming both', () => {
    expect(questionsOf('no allergy in the order, one in the record')).toEqual([
      'Allergies: “No known allergies” (HL7 order) or “Penicillin anaphylaxis” (Site FHIR)?',
    ]);
  });

  it('ask for the parts that the request lacks, and for exams it speaks of', () => {
    expect(questionsOf('a question without findings')).toEqual(['Which symptoms or findings, where, and since when?']);
    expect(questionsOf('a prior that is only spoken of')).toEqual([
      'Please send the exam of 3/2024, or say where it was made.',
    ]);
  });

  it('are none where nothing is missing', () => {
    expect(questionsOf('all that contrast needs is known')).toEqual([]);
  });
});
