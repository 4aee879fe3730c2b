import { describe, expect, it } from 'vitest';

import { groupNotes } from '#renderer/notes/group-notes.ts';

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
