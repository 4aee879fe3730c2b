import { describe, expect, it } from 'vitest';

import { demoCatalogue } from '#electron/demo-site/studies/index.ts';
import { identityConflicts, type Statement } from '#shared/domain/identity.ts';
import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';
import { noteConflicts } from '#shared/domain/note-conflicts.ts';
import { pertinentNotes } from '#shared/domain/pertinent-notes.ts';
import { gradeRequisition } from '#shared/domain/requisition-grade.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
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

describe('stories that were written for something else', () => {
  const NOW = Date.parse('2026-11-21T23:00:00Z') as EpochMs;
  const studies = demoCatalogue(7, NOW).filter(({ role }) => role === 'current');

  it.each(studies.map((study) => [study.key, study] as const))('%s: no contradiction is invented', (_key, study) => {
    const { exam, patient, reason, notes } = study;
    expect(noteConflicts({ exam, patient, reason, facts: notes }, study.studyDateTime)).toEqual([]);
  });

  it.each(studies.map((study) => [study.key, study] as const))('%s: no prior is said to be missing', (_key, study) => {
    const priors = study.priorKeys.flatMap((key) =>
      demoCatalogue(7, NOW)
        .filter((each) => each.key === key)
        .map(({ studyDateTime }) => ({ date: new Date(studyDateTime).toISOString().slice(0, 10) })),
    );
    expect(mentionedPriors(study.reason, study.notes, priors)).toEqual([]);
  });
});
