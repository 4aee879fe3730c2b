import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';

import { NotesPanel } from '#renderer/notes/NotesPanel.tsx';
import { notesFromFacts } from '#shared/domain/notes.ts';
import { CONTEXT_CASES, TOLD_AT, type ContextCase } from '#tests/support/context-cases.ts';
import { believableCase, believableRows } from '#tests/support/fake-door/believable-data.ts';

const EXPECTED_TITLES: Readonly<Record<string, string>> = {
  reason: 'Reason for exam',
  history: 'History',
  allergy: 'Allergies',
  lab: 'Laboratory',
  'technologist-note': 'Technologist',
  'prior-report': 'Before',
};

/** The panel's words for one case, by the heading they stand under. */
function drawn({ order, exam, reason, facts, priors = [] }: ContextCase): ReadonlyMap<string, string> {
  const [row] = believableRows(1, TOLD_AT);
  if (row === undefined) throw new Error('no row');
  const { reason: _other, ...rest } = row;
  const { missing } = notesFromFacts(facts);
  const opened = {
    ...believableCase(row, TOLD_AT, false),
    row: {
      ...rest,
      exam,
      patient: { id: 'p', mrn: order.mrn, name: order.name, sex: order.sex, birthDate: order.birthDate ?? '' },
      ...(reason === undefined ? {} : { reason }),
    },
    notes: { facts: facts.map((each) => ({ ...each })), missing: [...missing] },
    priors: priors.map(({ description, date = '', hasReport }) => ({ description, date, hasReport })),
    priorsAskedAt: TOLD_AT,
  };
  const panel = createElement(NotesPanel, { opened });
  const html = renderToStaticMarkup(createElement(MantineProvider, null, panel));
  const words = (part: string) =>
    part
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  const [first = '', ...groups] = html.split('<h3>');
  return new Map([
    ['', words(first)],
    ...groups.map((group): [string, string] => {
      const [heading = '', body = ''] = group.split('</h3>');
      return [words(heading).replace(/ Caution$/, ''), words(body)];
    }),
  ]);
}

describe('the notes of each constructed case show everything planted, and invent nothing', () => {
  it.each(CONTEXT_CASES.map((each) => [each.title, each] as const))('%s', (_title, each) => {
    const { contradictions = [], missing = [], priors, grade } = each.planted;
    const shown = drawn(each);
    expect(shown.get('')).toContain(`Request ${grade}`);
    expect(shown.has('Contradictions')).toBe(contradictions.length > 0);
    for (const about of contradictions) expect(shown.get('Contradictions')).toContain(about);
    const usual = notesFromFacts(each.facts).missing.map((kind) => EXPECTED_TITLES[kind]);
    const notGiven = [...shown].filter(([, body]) => body.startsWith('Not given')).map(([heading]) => heading);
    for (const title of missing) expect(shown.get(title)).toMatch(/^Not given \(asked for: /);
    expect(notGiven.filter((title) => !missing.includes(title) && !usual.includes(title))).toEqual([]);
    const before = shown.get('Before') ?? '';
    expect(before.includes('mentioned, not here')).toBe(priors !== undefined);
    for (const quote of priors ?? [])
      expect(before).toMatch(new RegExp(`${quote} mentioned, not here: .*asked .*, answer none`));
    for (const { text, source } of each.facts) {
      expect([...shown.values()].some((body) => body.includes(text) && body.includes(source))).toBe(true);
    }
  });

  it('says how a value stands against the one before', () => {
    const falling = CONTEXT_CASES.find(({ title }) => title === 'kidney function rising over a month');
    if (falling === undefined) throw new Error('no such case');
    expect(drawn(falling).get('Kidney function')).toContain('88 mL/min, up from 31');
  });
});
