import { describe, expect, it } from 'vitest';

import type { EpochMs } from '#shared/kernel/clock.ts';
import { reportBodySchema, templateSchema } from '#shared/contract/schemas.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import type { CheckFacts } from '#shared/reporting/checks/check-facts.ts';
import { addEntry, entriesOf, entryTitle, removeEntry, templateOfBody } from '#shared/reporting/entries.ts';
import { readPartialDate } from '#shared/reporting/partial-date.ts';
import { plainSections } from '#shared/reporting/plain-sections.ts';
import { startReport, type ReportBody } from '#shared/reporting/report.ts';
import { stampChanges } from '#shared/reporting/stamp-changes.ts';
import { fillField, NODULE_TEMPLATE, twoNodules } from './nodule-report.ts';

const linesOf = (body: ReportBody, role: string) => plainSections(body).find((each) => each.role === role)?.lines;
const group = NODULE_TEMPLATE.sections[1]?.groups?.[0];
if (group === undefined) throw new Error('no group');

describe('a date', () => {
  it.each([
    ['2024-03-12', '2024-03-12'],
    ['2024-03', '2024-03'],
    ['2024', '2024'],
    [' 3/2024 ', '2024-03'],
    ['03.2024', '2024-03'],
    ['2024/3', '2024-03'],
    ['March 2024', '2024-03'],
    ['12 Mar 2024', '2024-03-12'],
    ['March 12, 2024', '2024-03-12'],
    ['12-MAR-2024', '2024-03-12'],
    ['20240312', '2024-03-12'],
    ['13/02/2024', '2024-02-13'],
    ['2/13/2024', '2024-02-13'],
    ['5/5/2024', '2024-05-05'],
    ['2024-02-29', '2024-02-29'],
  ])('typed as %j is %s', (typed, date) => {
    expect(readPartialDate(typed)).toEqual({ date });
  });

  it.each([
    ['3/4/2024', 'ambiguous'],
    ['2023-02-29', 'unknown'],
    ['13/2024', 'unknown'],
    ['12 Mar 24', 'unknown'],
    ['last year', 'unknown'],
    ['', 'unknown'],
    ['2024-03-12 or later', 'unknown'],
  ])('is not guessed from %j', (typed, why) => {
    expect(readPartialDate(typed)).toEqual({ date: undefined, why });
  });
});

describe('a repeated group', () => {
  it('begins without an entry; an entry has every field of the group, with its default', () => {
    const start = startReport(NODULE_TEMPLATE);
    expect(entriesOf(start.sections[1] as ReportBody['sections'][number])).toEqual([]);
    const body = addEntry('findings', group)(start);
    const [entry] = entriesOf(body.sections[1] as ReportBody['sections'][number]);
    expect(entry && entryTitle(entry)).toBe('Nodule 1');
    expect(entry?.fields.map(({ label, value, source, kind }) => [label, value, source, kind])).toEqual([
      ['Size', '', 'default', undefined],
      ['Side', '', 'default', 'laterality'],
      ['Type', 'solid', 'default', undefined],
      ['Known since', '', 'default', 'date'],
    ]);
  });

  it('keeps order and values when one before is taken away, and numbers what is left', () => {
    const body = removeEntry('findings', 'nodules', 1)(twoNodules);
    expect(linesOf(body, 'findings')).toEqual(['Nodule 1: Size 4 mm, Side right, Type part-solid', 'No effusion.']);
    const again = addEntry('findings', group)(body);
    const ids = again.sections[1]?.fields.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    expect(entriesOf(again.sections[1] as ReportBody['sections'][number]).map(entryTitle)).toEqual([
      'Nodule 1',
      'Nodule 2',
    ]);
  });

  it('is one line an entry in the text, none for an entry with nothing in it', () => {
    expect(linesOf(twoNodules, 'findings')).toEqual([
      'Nodule 1: Size 12 mm, Side left, Type solid, Known since 2023-11',
      'Nodule 2: Size 4 mm, Side right, Type part-solid',
      'No effusion.',
    ]);
    const cleared = fillField('nodules-1-type', '')(addEntry('findings', group)(startReport(NODULE_TEMPLATE)));
    expect(linesOf(cleared, 'findings')).toBeUndefined();
  });

  it('crosses the door unchanged, as its template does', () => {
    expect(reportBodySchema.parse(twoNodules)).toEqual(twoNodules);
    expect(templateSchema.parse(NODULE_TEMPLATE)).toEqual(NODULE_TEMPLATE);
  });

  it('gives each value the time of its own change', () => {
    const before = addEntry('findings', group)(startReport(NODULE_TEMPLATE));
    const after = stampChanges(before, fillField('nodules-1-side', 'left')(before), 7 as EpochMs);
    expect(after.sections[1]?.fields.map(({ id, at }) => [id, at])).toEqual([
      ['nodules-1-size', undefined],
      ['nodules-1-side', 7],
      ['nodules-1-type', undefined],
      ['nodules-1-since', undefined],
    ]);
  });

  it('is known to checks and speech field by field, each by the name of its entry', () => {
    const fields = templateOfBody(NODULE_TEMPLATE, twoNodules).sections[1]?.fields ?? [];
    expect(fields.map(({ id, label }) => [id, label])).toEqual([
      ['nodules-1-size', 'Nodule 1 size'],
      ['nodules-1-side', 'Nodule 1 side'],
      ['nodules-1-type', 'Nodule 1 type'],
      ['nodules-1-since', 'Nodule 1 known since'],
      ['nodules-2-size', 'Nodule 2 size'],
      ['nodules-2-side', 'Nodule 2 side'],
      ['nodules-2-type', 'Nodule 2 type'],
      ['nodules-2-since', 'Nodule 2 known since'],
    ]);
  });
});

describe('checks before signing look at', () => {
  const codes = (body: ReportBody, facts: { order?: Partial<CheckFacts['order']>; priors?: readonly string[] } = {}) =>
    checkReport({
      facts: {
        patient: { sex: 'unknown', name: 'Doe^Jane' },
        order: { exam: 'IMAGING', ...facts.order },
        study: { priors: facts.priors ?? ['2023-11-02'] },
      },
      template: NODULE_TEMPLATE,
      body,
    }).map(({ code, quote }) => [code, quote]);
  const good = fillField('compared', '2023-11')(twoNodules);

  it('nothing where all is as it should be', () => {
    expect(codes(good)).toEqual([]);
  });

  it('a required value of an entry, and a number out of its range there', () => {
    expect(codes(fillField('nodules-2-size', '')(good))).toEqual([['field-unfilled', 'Nodule 2 size']]);
    expect(codes(fillField('nodules-1-size', '0.5')(good))).toEqual([['field-range', 'Nodule 1 size: 0.5']]);
  });

  it('a date nobody understands', () => {
    expect(codes(fillField('nodules-1-since', 'autumn')(good))).toEqual([
      ['field-date', 'Nodule 1 known since: autumn'],
    ]);
  });

  it('the date of a prior that nobody has', () => {
    expect(codes(fillField('compared', '2022')(good))).toEqual([['comparison-date', '2022']]);
    expect(codes(fillField('compared', '2023')(good))).toEqual([]);
    expect(codes(fillField('compared', '2023-11-03')(good))).toEqual([['comparison-date', '2023-11-03']]);
  });

  it('the coded side against the side that was ordered', () => {
    const order = { exam: 'XR WRIST RIGHT', laterality: 'right' } as const;
    expect(codes(good, { order })).toEqual([
      ['laterality', 'Nodule 1: Size 12 mm, Side left, Type solid, Known since 2023-11'],
    ]);
  });

  it('the coded side against the words beside it', () => {
    const body = fillField('nodules-1-type', 'solid, right apex')(good);
    expect(codes(body)).toEqual([['laterality-entry', 'Nodule 1: left']]);
  });
});
