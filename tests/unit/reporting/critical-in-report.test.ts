import { describe, expect, it } from 'vitest';

import { isOverridable } from '#shared/reporting/complaint.ts';
import { checkCritical } from '#shared/reporting/checks/critical-in-report.ts';
import type { CriticalResult, Telling } from '#shared/domain/critical-result.ts';
import { minutesFrom, NIGHT } from '#tests/support/reading-tasks.ts';
import { criticalResult } from '#tests/unit/critical/critical-support.ts';
import { section } from './sample-report.ts';

const rao: Telling = {
  by: { id: 'dr-lee', name: 'Lee^Dana' },
  to: { name: 'Rao', role: 'ED physician' },
  how: 'phone',
  at: NIGHT,
  readBack: true,
};
/** 22:00 UTC is 17:00 in New York in November. */
const TOLD =
  'Critical result (red): Acute subdural haematoma, left. Told to Rao (ED physician) by phone by Dana Lee at 2026-11-21 17:00 (America/New_York). Read-back confirmed.';
const HANDED_OVER =
  'Critical result (red): Acute subdural haematoma, left. The call to the site was handed to the support desk.';

const told = (facts: Partial<CriticalResult> = {}) => criticalResult({ tellings: [rao], ...facts });

const check = (recorded: readonly CriticalResult[], impression: string, addenda: readonly string[] = []) =>
  checkCritical(recorded, {
    body: {
      templateId: 't',
      title: 'T',
      sections: [section('findings', 'Crescent along the left convexity.'), section('impression', impression)],
    },
    addenda,
    timeZone: 'America/New_York',
  });

describe('the sentence of a critical result', () => {
  it('that stands in the report is no complaint', () => {
    expect(check([told()], `Subdural haematoma.\n${TOLD}`)).toEqual([]);
    expect(check([], 'Normal.')).toEqual([]);
  });

  it('that was removed stops the signature, which may go on with a reason', () => {
    const complaints = check([told()], 'Subdural haematoma.');
    expect(complaints).toMatchObject([
      { code: 'critical-sentence-missing', severity: 'stop', quote: 'Acute subdural haematoma, left' },
    ]);
    expect(complaints[0]?.fix).toContain(TOLD);
    expect(complaints.every(isOverridable)).toBe(true);
  });

  it.each([
    ['another level', TOLD.replace('red', 'orange')],
    ['another person', TOLD.replace('Rao', 'Stone')],
    ['half of it', TOLD.slice(0, TOLD.indexOf(' Told'))],
    ['no read-back', TOLD.replace('Read-back confirmed', 'Read-back not confirmed')],
  ])('with %s is not the sentence that was recorded', (_what, impression) => {
    expect(check([told()], impression)).toHaveLength(1);
  });

  it('may be broken into lines and stand in any section', () => {
    expect(check([told()], TOLD.replaceAll(' ', '\n '))).toEqual([]);
    expect(check([told()], TOLD.toUpperCase())).toEqual([]);
  });

  it('stands as it was when it was written, whoever was told since', () => {
    expect(check([told()], HANDED_OVER)).toEqual([]);
    const stone = { ...rao, to: { name: 'Stone', role: 'Medical director' }, at: minutesFrom(NIGHT, 30) };
    expect(check([told({ tellings: [rao, stone] })], TOLD)).toEqual([]);
  });

  it('may stand in an addendum of the same version', () => {
    expect(check([told()], 'Subdural haematoma.', [`Late entry. ${TOLD}`])).toEqual([]);
  });

  it('is asked for of each result by itself', () => {
    const other = told({ uuid: 'other', finding: 'Free air' });
    expect(check([told(), other], TOLD).map(({ quote }) => quote)).toEqual(['Free air']);
  });
});
