import { describe, expect, it } from 'vitest';

import { showAge, showAgeAndSex } from '#renderer/ui/format/age.ts';
import { showPersonName, showReaderName } from '#renderer/ui/format/person-name.ts';
import { showDue, urgencyOf } from '#renderer/ui/format/time.ts';

const MINUTE = 60_000;
const NOW = new Date(2026, 10, 21, 2, 14, 7).getTime();

describe('words for a person', () => {
  it('show the family name in capitals, then given and middle names, without titles', () => {
    expect(showPersonName('Doe^Jane^Q^Dr.')).toBe('DOE, Jane Q');
  });
  it('show the ideographic spelling beside the Latin one', () => {
    expect(showPersonName('Yamada^Tarou=山田^太郎=やまだ^たろう')).toBe('YAMADA, Tarou (山田 太郎)');
  });
  it('show the ideographic spelling alone where there is no other', () => {
    expect(showPersonName('=山田^太郎')).toBe('山田 太郎');
  });
  it('say so when there is no name', () => {
    expect(showPersonName('')).toBe('Name not given');
    expect(showPersonName('^^')).toBe('Name not given');
  });
  it('address a reader with the given name first', () => {
    expect(showReaderName('Lee^Dana')).toBe('Dana Lee');
  });
});

describe('age', () => {
  it('counts whole years, not before the birthday', () => {
    expect(showAge('1952-11-21', NOW)).toBe('74');
    expect(showAge('1952-11-22', NOW)).toBe('73');
  });
  it('says months under two years and days under one month', () => {
    expect(showAge('2025-09-01', NOW)).toBe('14 mo');
    expect(showAge('2026-11-12', NOW)).toBe('9 d');
  });
  it('takes a date of which only the year or the month is known', () => {
    expect(showAge('1952', NOW)).toBe('74');
    expect(showAge('2026-09', NOW)).toBe('2 mo');
  });
  it('says that it is not known rather than guess', () => {
    expect(showAgeAndSex(undefined, 'unknown', NOW)).toBe('age ? sex ?');
    expect(showAge('soon', NOW)).toBe('age ?');
    expect(showAge('2027-01-01', NOW)).toBe('age ?');
  });
});

describe('due', () => {
  it('counts seconds within the hour', () => {
    expect(showDue(NOW + 10 * MINUTE + 42_000, NOW)).toBe('in 10:42');
  });
  it('counts minutes within the day, hours beyond', () => {
    expect(showDue(NOW + 100 * MINUTE, NOW)).toBe('in 1 h 40 min');
    expect(showDue(NOW + 51 * 60 * MINUTE, NOW)).toBe('in 2 d 3 h');
  });
  it('says overdue in words', () => {
    expect(showDue(NOW - 3 * MINUTE, NOW)).toBe('Overdue 3 min');
    expect(showDue(NOW - 5000, NOW)).toBe('Overdue < 1 min');
    expect(showDue(NOW - 278 * MINUTE, NOW)).toBe('Overdue 4:38 h');
    expect(showDue(NOW - 51 * 60 * MINUTE, NOW)).toBe('Overdue 2 d 3 h');
  });
  it('is soon within a quarter of an hour', () => {
    expect(urgencyOf(NOW + 15 * MINUTE, NOW)).toBe('soon');
    expect(urgencyOf(NOW + 16 * MINUTE, NOW)).toBe('later');
    expect(urgencyOf(NOW - 1, NOW)).toBe('overdue');
    expect(urgencyOf(undefined, NOW)).toBe('none');
  });
});
