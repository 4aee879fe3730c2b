import { describe, expect, it } from 'vitest';

import type { Person, PersonNumber } from '#shared/domain/identity.ts';
import { matchPatients } from '#shared/domain/patient-match.ts';

type Known = Omit<Person, 'mrn'>;
const national = (value: string, issuer = 'NHS'): PersonNumber => ({ kind: 'personal', issuer, value });
const insured = (value: string, issuer = 'AOK'): PersonNumber => ({ kind: 'insurance', issuer, value });
const record = (value: string, issuer: string): PersonNumber => ({ kind: 'record', issuer, value });

const anna: Known = { name: 'Meier^Anna', birthDate: '1961-07-05', sex: 'F' };
const of = (change: Partial<Known> & { readonly numbers?: readonly PersonNumber[] }): Known => {
  const { numbers, ...rest } = change;
  return { ...anna, ...rest, ...(numbers === undefined ? {} : { traits: { ...rest.traits, numbers } }) };
};

describe('two records of two sites', () => {
  it.each<[string, Partial<Known>, Partial<Known>, string]>([
    ['name and birth date alone', {}, {}, 'suggested'],
    ['name and year of birth', {}, { birthDate: '1961' }, 'none'],
    ['name without a birth date', { birthDate: '' }, {}, 'none'],
    ['birth dates that registration made up', { birthDate: '1900-01-01' }, { birthDate: '1900-01-01' }, 'none'],
    ['a mistyped birth date', {}, { birthDate: '1961-07-06' }, 'never'],
    ['another sex', {}, { sex: 'M' }, 'never'],
    [
      'sex not told, with a phone',
      { traits: { phones: ['030 123456789'] } },
      { sex: 'unknown', traits: { phones: ['030 123456789'] } },
      'suggested',
    ],
    ['family and given name swapped', {}, { name: 'Anna^Meier' }, 'suggested'],
    [
      'swapped, with a postcode',
      { traits: { postcodes: ['10115'] } },
      { name: 'ANNA^MEIER', traits: { postcodes: ['10115'] } },
      'probable',
    ],
    [
      'a phone written with its country',
      { traits: { phones: ['0170 1234567'] } },
      { traits: { phones: ['+49 170 1234567'] } },
      'probable',
    ],
    ['an extension is nobody’s phone', { traits: { phones: ['4711'] } }, { traits: { phones: ['4711'] } }, 'suggested'],
    [
      'a postcode written apart',
      { traits: { postcodes: ['SW1A 1AA'] } },
      { traits: { postcodes: ['sw1a1aa'] } },
      'probable',
    ],
    ['people move', { traits: { postcodes: ['10115'] } }, { traits: { postcodes: ['80331'] } }, 'suggested'],
    [
      'the mother’s name',
      { traits: { mothersNames: ['Schulz^Erna'] } },
      { traits: { mothersNames: ['Schulz^Erna'] } },
      'probable',
    ],
    [
      'an umlaut spelled out',
      { name: 'Müller^Jürgen', sex: 'M', traits: { postcodes: ['1'] } },
      { name: 'MUELLER^JUERGEN', sex: 'M', traits: { postcodes: ['1'] } },
      'probable',
    ],
    [
      'accents lost on the way',
      { name: 'Núñez^José', sex: 'M', traits: { postcodes: ['1'] } },
      { name: 'NUNEZ^JOSE', sex: 'M', traits: { postcodes: ['1'] } },
      'probable',
    ],
    ['another script says nothing', { name: 'Иванова^Анна' }, { name: 'Ivanova^Anna' }, 'none'],
    ['another name in one other script', { name: 'Иванова^Анна' }, { name: 'Петрова^Анна' }, 'never'],
    [
      'an initial is no full name',
      { name: 'Meier^A', traits: { postcodes: ['1'] } },
      { traits: { postcodes: ['1'] } },
      'suggested',
    ],
    [
      'part of a double name',
      { name: 'Meier-Voss^Anna', traits: { postcodes: ['1'] } },
      { traits: { postcodes: ['1'] } },
      'suggested',
    ],
    [
      'the name before marriage',
      { otherNames: ['Voss^Anna'], traits: { postcodes: ['1'] } },
      { name: 'Voss^Anna', traits: { postcodes: ['1'] } },
      'probable',
    ],
    ['another given name', {}, { name: 'Meier^Berta' }, 'never'],
  ])('%s', (_what, one, other, strength) => {
    const [a, b] = [of(one), of(other)];
    expect(matchPatients(a, b).strength).toBe(strength);
    expect(matchPatients(b, a).strength).toBe(strength);
  });

  it.each<[string, Known, Known, string]>([
    [
      'one national number',
      of({ numbers: [national('943 476 5919')] }),
      of({ numbers: [national('9434765919')] }),
      'certain',
    ],
    [
      'one national number, birth date missing on one side',
      of({ numbers: [national('1')] }),
      of({ birthDate: '', numbers: [national('1')] }),
      'certain',
    ],
    [
      'one national number and another birth date',
      of({ numbers: [national('1')] }),
      of({ birthDate: '1999-01-01', numbers: [national('1')] }),
      'never',
    ],
    [
      'one national number and another name',
      of({ numbers: [national('1')] }),
      of({ name: 'Roe^Richard', numbers: [national('1')] }),
      'never',
    ],
    [
      'the same digits of two issuers',
      of({ numbers: [national('1', 'NHS')] }),
      of({ numbers: [national('1', 'CHI')] }),
      'suggested',
    ],
    [
      'a national number made up at the desk',
      of({ numbers: [national('999-99-9999')] }),
      of({ numbers: [national('999999999')] }),
      'suggested',
    ],
    ['two national numbers of one issuer', of({ numbers: [national('1')] }), of({ numbers: [national('2')] }), 'never'],
    [
      'one national number among others',
      of({ numbers: [national('1', 'A'), national('2', 'B')] }),
      of({ numbers: [national('2', 'B')] }),
      'certain',
    ],
    ['the same insurance number', of({ numbers: [insured('A1')] }), of({ numbers: [insured('A1')] }), 'certain'],
    [
      'an insurance number that was changed',
      of({ numbers: [insured('A1')] }),
      of({ numbers: [insured('A2')] }),
      'suggested',
    ],
    [
      'an insurance number without a birth date',
      of({ birthDate: '', numbers: [insured('A1')] }),
      of({ numbers: [insured('A1')] }),
      'none',
    ],
    [
      'an old number of the other hospital',
      of({ numbers: [record('4711', 'MERCY')] }),
      of({ numbers: [record('4711', 'MERCY'), record('8', 'LEX')] }),
      'probable',
    ],
    [
      'one number of two hospitals',
      of({ numbers: [record('4711', 'MERCY')] }),
      of({ numbers: [record('4711', 'LEX')] }),
      'suggested',
    ],
    [
      'one national number, the name in Cyrillic letters',
      { ...of({ numbers: [national('1')] }), name: 'Иванова^Анна' },
      { ...of({ numbers: [national('1')] }), name: 'Ivanova^Anna' },
      'probable',
    ],
    [
      'one national number, the name in another script',
      { ...of({ numbers: [national('1')] }), name: '山田^太郎' },
      { ...of({ numbers: [national('1')] }), name: 'Yamada^Taro' },
      'probable',
    ],
  ])('%s', (_what, a, b, strength) => {
    expect(matchPatients(a, b).strength).toBe(strength);
    expect(matchPatients(b, a).strength).toBe(strength);
  });
});

describe('people who are not one', () => {
  const household = { phones: ['030 5550123'], postcodes: ['10115'], mothersNames: ['Schulz^Erna'] };
  it.each<[string, Partial<Known>, Partial<Known>]>([
    ['twins', { name: 'Meier^Anna' }, { name: 'Meier^Berta' }],
    ['twins whose second names tell them apart', { name: 'Santos^Maria^Luisa' }, { name: 'Santos^Maria^Joana' }],
    ['twins of whom one is written with an initial', { name: 'Meier^A' }, { name: 'Meier^Anton', sex: 'F' }],
    [
      'father and son of one name',
      { name: 'Doe^John', sex: 'M', birthDate: '1950-01-01' },
      { name: 'Doe^John', sex: 'M', birthDate: '1980-01-01' },
    ],
    [
      'senior and junior without birth dates',
      { name: 'Doe^John^^^Sr', sex: 'M', birthDate: '' },
      { name: 'Doe^John^^^Jr', sex: 'M', birthDate: '' },
    ],
    [
      'father and son of one name, one without a birth date',
      { name: 'Doe^John', sex: 'M', birthDate: '' },
      { name: 'Doe^John', sex: 'M' },
    ],
  ])('%s share a household and an insurance, and are not used without a reader', (_what, one, other) => {
    const numbers = [insured('F-1')];
    const [a, b] = [
      of({ ...one, traits: { ...household, numbers } }),
      of({ ...other, traits: { ...household, numbers } }),
    ];
    expect(['never', 'none', 'suggested']).toContain(matchPatients(a, b).strength);
  });

  it('says what speaks against it', () => {
    expect(matchPatients(anna, of({ birthDate: '1961-07-06', sex: 'M' })).evidence).toEqual([
      'other birth date',
      'other sex',
    ]);
  });
});

it('says its evidence in words', () => {
  const a = of({ numbers: [national('1', 'urn:overread:issuer:NHS%20England')], traits: { phones: ['030 5550123'] } });
  const b = of({ numbers: [national('1', 'urn:overread:issuer:NHS%20England')], traits: { phones: ['030 5550123'] } });
  expect(matchPatients(a, b)).toEqual({
    strength: 'certain',
    evidence: ['same personal number of NHS England', 'same name', 'same birth date', 'same sex', 'same phone number'],
  });
});
