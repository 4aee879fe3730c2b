import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  compareBirthDates,
  comparePatientIds,
  compareSexes,
  conflictKey,
  identityConflicts,
  isPerhapsSamePerson,
  undecided,
  type Person,
} from '#shared/domain/identity.ts';

const jane: Person = { name: 'Doe^Jane', birthDate: '1952-03-04', sex: 'F', mrn: '4711' };
const conflictsWith = (images: Partial<Person>) =>
  identityConflicts([
    { source: 'order', person: jane },
    { source: 'images', person: { ...jane, ...images } },
  ]).map(({ fact }) => fact);

describe('a birth date', () => {
  it.each([
    ['1952-03-04', '1952-04-03', 'different'],
    ['1952-03-04', '1953-03-04', 'different'],
    ['1952-03-04', '1952-03-04', 'same'],
    ['1952', '1952-03-04', 'same'],
    ['1951', '1952-03-04', 'different'],
    [undefined, '1952-03-04', 'unknown'],
    ['1900-01-01', '1952-03-04', 'unknown'],
    ['someday', '1952-03-04', 'unknown'],
  ] as const)('%s against %s is %s', (one, other, verdict) => {
    expect(compareBirthDates(one, other).verdict).toBe(verdict);
  });
});

describe('a sex', () => {
  it.each([
    ['M', 'F', 'different'],
    ['F', 'F', 'same'],
    ['O', 'F', 'unknown'],
    ['M', 'unknown', 'unknown'],
  ] as const)('%s against %s is %s', (one, other, verdict) => {
    expect(compareSexes(one, other).verdict).toBe(verdict);
  });
});

describe('a patient id', () => {
  it.each([
    [{ mrn: '4711' }, { mrn: '0004711' }, 'same'],
    [{ mrn: 'ab12' }, { mrn: 'AB12 ' }, 'same'],
    [{ mrn: '4711' }, { mrn: '4712' }, 'different'],
    [{ mrn: '' }, { mrn: '4711' }, 'unknown'],
    [{ mrn: '4711', issuer: 'MERCY' }, { mrn: '815', issuer: 'HARBOR' }, 'unknown'],
    [{ mrn: '4711', issuer: 'MERCY' }, { mrn: '815', issuer: 'mercy' }, 'different'],
    [{ mrn: '4711', issuer: 'MERCY' }, { mrn: '815' }, 'different'],
    [{ mrn: '4711', issuer: 'MERCY' }, { mrn: '815', otherNumbers: [{ mrn: '4711', issuer: 'MERCY' }] }, 'same'],
    [{ mrn: '4711', issuer: 'MERCY' }, { mrn: '4711', issuer: 'HARBOR' }, 'unknown'],
  ] as const)('%o against %o is %s', (one, other, verdict) => {
    expect(comparePatientIds(one, other).verdict).toBe(verdict);
  });
});

describe('what sources say of one patient', () => {
  it('is no conflict where all say the same, or one says nothing', () => {
    expect(conflictsWith({})).toEqual([]);
    expect(conflictsWith({ name: '', sex: 'unknown', mrn: '' })).toEqual([]);
  });

  it('names each fact that differs, with both values and where they stand', () => {
    const [conflict] = identityConflicts([
      { source: 'order', person: jane },
      { source: 'images', person: { ...jane, birthDate: '1952-03-05' } },
    ]);
    expect(conflict).toEqual({
      fact: 'birth-date',
      one: { source: 'order', value: '1952-03-04' },
      other: { source: 'images', value: '1952-03-05' },
      rule: 'other birth date',
    });
    expect(conflictsWith({ name: 'Roe^Richard', sex: 'M', mrn: '9' })).toEqual(['name', 'sex', 'patient-id']);
  });

  it('contradicts also where the order is silent and images and notes are not', () => {
    const { birthDate: _none, ...undated } = jane;
    const conflicts = identityConflicts([
      { source: 'order', person: undated },
      { source: 'images', person: jane },
      { source: 'notes', person: { ...jane, birthDate: '1990-01-01' } },
    ]);
    expect(conflicts.map(({ one, other }) => [one.source, other.source])).toEqual([['images', 'notes']]);
  });

  it('contradicts within the images of one study', () => {
    const conflicts = identityConflicts([
      { source: 'images', person: jane },
      { source: 'images', person: { ...jane, sex: 'M' } },
    ]);
    expect(conflicts.map(({ fact }) => fact)).toEqual(['sex']);
  });

  it('is told once, however many images say it', () => {
    const other = { source: 'images', person: { ...jane, sex: 'M' } } as const;
    expect(identityConflicts([{ source: 'order', person: jane }, other, other])).toHaveLength(1);
  });

  it('never contradicts itself, whatever it is', () => {
    const person = fc.record({
      name: fc.string(),
      birthDate: fc.string(),
      sex: fc.constantFrom('M' as const, 'F' as const, 'O' as const, 'unknown' as const),
      mrn: fc.string(),
    });
    fc.assert(
      fc.property(person, (one) => {
        expect(
          identityConflicts([
            { source: 'order', person: one },
            { source: 'images', person: { ...one } },
          ]),
        ).toEqual([]);
      }),
    );
  });
});

describe('a decision', () => {
  const conflicts = identityConflicts([
    { source: 'order', person: jane },
    { source: 'images', person: { ...jane, birthDate: '1952-03-05' } },
  ]);
  const decision = {
    verdict: 'same-person',
    conflicts: conflicts.map(conflictKey),
    by: 'dr-lee',
    byName: 'Lee^Dana',
    at: 1,
    reason: 'typo',
  } as const;

  it('covers the conflicts that were looked at, and no others', () => {
    expect(undecided(conflicts, [decision])).toEqual([]);
    const later = identityConflicts([
      { source: 'order', person: jane },
      { source: 'images', person: { ...jane, birthDate: '1952-03-06' } },
    ]);
    expect(undecided(later, [decision])).toEqual(later);
  });

  it('holds until a later one says otherwise', () => {
    expect(undecided(conflicts, [decision, { ...decision, verdict: 'sent-back' }])).toEqual(conflicts);
    expect(undecided(conflicts, [{ ...decision, verdict: 'sent-back' }, decision])).toEqual([]);
  });
});

describe('a study under the number of an order', () => {
  it('may stand there when the patient id agrees or cannot be compared, or name and birth date agree', () => {
    expect(isPerhapsSamePerson(jane, { ...jane, name: 'Roe^Ann' })).toBe(true);
    expect(isPerhapsSamePerson(jane, { ...jane, mrn: '' })).toBe(true);
    expect(isPerhapsSamePerson(jane, { ...jane, mrn: '9' })).toBe(true);
    expect(isPerhapsSamePerson(jane, { ...jane, mrn: '9', birthDate: '1960-01-01' })).toBe(false);
    expect(isPerhapsSamePerson(jane, { name: 'Doe^Jane', sex: 'F', mrn: '9' })).toBe(false);
  });
});
