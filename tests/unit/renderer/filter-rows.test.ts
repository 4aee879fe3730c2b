import { describe, expect, it } from 'vitest';

import { filterRows, NO_FILTERS } from '#renderer/worklist/filter-rows.ts';
import { rowName, stateWords } from '#renderer/worklist/row-words.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const NOW = Date.parse('2026-11-21T02:14:00Z');
const rows = believableRows(20, NOW);

describe('worklist filters', () => {
  it('leave the list as it is when there are none', () => {
    expect(filterRows(rows, NO_FILTERS)).toBe(rows);
  });
  it('find every word, wherever it stands and however it is written', () => {
    const found = filterRows(rows, { ...NO_FILTERS, words: 'jane HEAD' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row.patient.name.includes('Jane') && row.exam.text.includes('head'))).toBe(true);
  });
  it('hold all at once', () => {
    const found = filterRows(rows, { words: '', siteId: 'mercy', modality: 'CT', priority: 'urgent' });
    expect(found.every((row) => row.siteId === 'mercy' && row.exam.modality === 'CT')).toBe(true);
  });
});

describe('a row in words', () => {
  it('begins with the patient’s name as shown', () => {
    expect(rows.map((row) => rowName(row, NOW))[0]).toMatch(/^DOE, Jane, /);
  });
  it('says who holds it and since when', () => {
    expect(stateWords(rows[3]!, NOW)).toMatch(/^Held by Ken Ono since \d\d:\d\d$/);
  });
  it('says why it is not for this reader', () => {
    expect(rowName(rows[5]!, NOW)).toContain('Not for you: not licensed for Kentucky');
  });
});
