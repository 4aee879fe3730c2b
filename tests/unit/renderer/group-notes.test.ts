import { describe, expect, it } from 'vitest';

import { factSentence } from '#renderer/notes/fact-to-report.ts';
import { groupNotes, searchGroups } from '#renderer/notes/group-notes.ts';

describe('clinical notes', () => {
  it('put what can harm the patient first, then the reason', () => {
    const groups = groupNotes({
      facts: [
        { kind: 'reason', label: '', text: 'Weakness', source: 'HL7 order' },
        { kind: 'implant', label: 'Pacemaker', text: 'since 2020', source: 'HL7 order' },
        { kind: 'contrast-reaction', label: 'Iohexol', text: 'hives', source: 'Site FHIR' },
      ],
      missing: [],
    });
    expect(groups.map(({ title }) => title)).toEqual(['Contrast reaction', 'Implants', 'Reason for exam']);
    expect(groups.map(({ isDanger }) => isDanger)).toEqual([true, true, false]);
  });

  it('keep a kind that nobody sent, empty and without a warning', () => {
    expect(groupNotes({ facts: [], missing: ['allergy'] })).toEqual([
      { kind: 'allergy', title: 'Allergies', isDanger: false, facts: [] },
    ]);
  });

  it('show the newest fact of a kind first', () => {
    const [labs] = groupNotes({
      facts: [
        { kind: 'lab', label: 'eGFR', text: 'old', at: 1, source: 's' },
        { kind: 'lab', label: 'eGFR', text: 'new', at: 2, source: 's' },
      ],
      missing: [],
    });
    expect(labs?.facts.map(({ text }) => text)).toEqual(['new', 'old']);
  });
});

describe('a search in the notes', () => {
  const groups = groupNotes({
    facts: [
      { kind: 'allergy', label: 'Penicillin', text: 'rash', source: 'HL7 order' },
      { kind: 'lab', label: 'eGFR', text: '41 mL/min', source: 'Site FHIR' },
      { kind: 'prior-report', label: 'CT head', text: 'No hemorrhage.', source: 'Site FHIR' },
    ],
    missing: ['history'],
  });
  const found = (words: string) => searchGroups(groups, words).flatMap(({ facts }) => facts.map(({ label }) => label));

  it('finds facts by all of its words, in any case, and in where they came from', () => {
    expect(found('RASH')).toEqual(['Penicillin']);
    expect(found('site hemorrhage')).toEqual(['CT head']);
    expect(found('site fhir')).toEqual(['eGFR', 'CT head']);
    expect(found('rash hemorrhage')).toEqual([]);
  });

  it('shows no empty group', () => {
    expect(searchGroups(groups, 'rash').map(({ kind }) => kind)).toEqual(['allergy']);
  });
});

describe('a fact in the report', () => {
  it('says where and when it came from', () => {
    const at = new Date(2026, 10, 21, 1, 12).getTime();
    const fact = { kind: 'lab', label: 'eGFR', text: '41 mL/min', source: 'Site FHIR', at } as const;
    expect(factSentence(fact, at + 60_000)).toBe('eGFR 41 mL/min (Site FHIR, 01:12).');
    const { at: _undated, ...undated } = fact;
    expect(factSentence(undated, at)).toBe('eGFR 41 mL/min (Site FHIR).');
  });
});
