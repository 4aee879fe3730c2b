import { describe, expect, it } from 'vitest';

import { identityConflicts, type Statement } from '#shared/domain/identity.ts';
import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';
import { noteConflicts } from '#shared/domain/note-conflicts.ts';
import { pertinentNotes } from '#shared/domain/pertinent-notes.ts';
import { gradeRequisition } from '#shared/domain/requisition-grade.ts';
import { CONTEXT_CASES, TOLD_AT, type ContextCase } from '#tests/support/context-cases.ts';

/** All that the rules say of a case, in the words its plants are named by. */
function saidOf({ order, images, notes, exam, reason, facts, priors = [] }: ContextCase) {
  const statements: Statement[] = [
    { source: 'order', person: order },
    ...(images === undefined ? [] : [{ source: 'images', person: images } as const]),
    ...(notes === undefined ? [] : [{ source: 'notes', person: notes } as const]),
  ];
  const told = { exam, patient: order, facts, ...(reason === undefined ? {} : { reason }) };
  return {
    identity: identityConflicts(statements).map(({ fact }) => fact),
    contradictions: noteConflicts(told, TOLD_AT).map(({ about }) => about),
    missing: pertinentNotes({ exam, patient: order }, facts, TOLD_AT)
      .filter((topic) => topic.facts.length === 0)
      .map(({ title }) => title),
    priors: mentionedPriors(reason, facts, priors).map(({ quote }) => quote),
    grade: gradeRequisition(reason, facts).grade,
  };
}

describe('of each constructed case everything planted is said, and nothing else', () => {
  it('are thirty cases or more', () => {
    expect(CONTEXT_CASES.length).toBeGreaterThanOrEqual(30);
    expect(new Set(CONTEXT_CASES.map(({ title }) => title)).size).toBe(CONTEXT_CASES.length);
  });

  it.each(CONTEXT_CASES.map((each) => [each.title, each] as const))('%s', (_title, each) => {
    expect(saidOf(each)).toEqual({ identity: [], contradictions: [], missing: [], priors: [], ...each.planted });
  });
});
