import { describe, expect, it } from 'vitest';

import { compareNames } from '#shared/domain/person-name-match.ts';

const compare = (one: string, other: string) => compareNames([one], [other]);

describe('two names that are one person’s', () => {
  it.each([
    ['DOE^JANE', 'Doe^Jane', 'case'],
    ['Doe^Jane^^Dr', 'DOE^JANE', 'a title'],
    ['Müller^Jürgen', 'Muller^Jurgen', 'accents left out'],
    ['Müller^Jürgen', 'MUELLER^JUERGEN', 'umlauts spelled out'],
    ['Strauß^Anna', 'STRAUSS^ANNA', 'sharp s'],
    ['Sørensen^Åse', 'SOERENSEN^AASE', 'Nordic letters spelled out'],
    ['Łukasz^Nowak', 'LUKASZ^NOWAK', 'a stroke through a letter'],
    ['O’Brien^Kate', "OBRIEN^KATE'", 'apostrophes'],
    ['Smith-Jones^Ann', 'SMITH JONES^ANN', 'a hyphen for a space'],
    ['Smith-Jones^Ann', 'SMITHJONES^ANN', 'a hyphen left out'],
    ['Garcia Lopez^Maria', 'GARCIA^MARIA', 'one part of a double name'],
    ['Doe^Jane^Mary', 'DOE^JANE', 'a middle name more'],
    ['Doe^J', 'DOE^JANE', 'an initial'],
    ['Doe^Jean-Luc', 'DOE^JEANLUC', 'a hyphen in the given name'],
    ['Jane^Doe', 'DOE^JANE', 'family and given name transposed'],
    ['Doe, Jane', 'DOE^JANE', 'a comma in one component'],
    ['Jane Doe', 'DOE^JANE', 'both names in one component'],
    ['Doe^John^^^Jr.', 'DOE^JOHN^^^JUNIOR', 'a generation spelled out'],
    ['Yamada^Tarou=山田^太郎', 'YAMADA^TARO=山田^太郎', 'another romanisation of the same characters'],
    ['=高橋^花子', 'Takahashi^Hanako=髙橋^花子', 'a variant of a character'],
    ['山田^太郎', 'Yamada^Tarou=山田^太郎=やまだ^たろう', 'characters in the first group'],
  ])('%s and %s: %s', (one, other) => {
    expect(compare(one, other).verdict).toBe('same');
    expect(compare(other, one).verdict).toBe('same');
  });

  it('agree by a name from before marriage where a source knows it', () => {
    expect(compareNames(['Miller^Anna', 'Brown^Anna'], ['BROWN^ANNA'])).toEqual({
      verdict: 'same',
      rule: 'another known name',
    });
  });
});

describe('two names that are not', () => {
  it.each([
    ['Doe^Jane', 'ROE^JANE', 'another family name'],
    ['Doe^Jane', 'DOE^JOAN', 'another given name'],
    ['Johnson^Ann', 'JONSON^ANN', 'one letter less'],
    ['Doe^John^^^Jr', 'DOE^JOHN^^^SR', 'another generation'],
    ['Doe^John^^^II', 'DOE^JOHN^^^III', 'another number'],
    ['Brown^Anna', 'MILLER^ANNA', 'a maiden name nobody told us'],
    ['Yamada^Tarou=山田^太郎', 'YAMADA^TAROU=山田^太朗', 'other characters that sound alike'],
    ['が^あ', 'か^あ', 'a voiced sound'],
    ['Doe', 'ROE^JANE', 'another family name where one given name is missing'],
  ])('%s and %s: %s', (one, other) => {
    expect(compare(one, other).verdict).toBe('different');
    expect(compare(other, one).verdict).toBe('different');
  });
});

describe('a name that says nothing', () => {
  it.each([
    ['', 'DOE^JANE'],
    ['^^^', 'DOE^JANE'],
    ['UNKNOWN^UNKNOWN', 'DOE^JANE'],
    ['Anonymous', 'DOE^JANE'],
    ['DOE', 'DOE^JANE'],
    ['Doe^Jane', '=山田^花子'],
  ])('%s against %s is no contradiction', (one, other) => {
    expect(compare(one, other).verdict).toBe('unknown');
    expect(compare(other, one).verdict).toBe('unknown');
  });
});
