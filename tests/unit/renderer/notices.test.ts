import { beforeEach, describe, expect, it } from 'vitest';

import type { WorklistRow } from '#renderer/bridge/exact.ts';
import { arrivalsBetween } from '#renderer/notices/arrivals.ts';
import { createNotices, NO_NOTICES, type NoticeState } from '#renderer/notices/notices.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const NOW = Date.UTC(2026, 10, 21, 22);
const rows = believableRows(40, NOW);
const [stroke, stat, routine] = [rows[0]!, rows[2]!, rows[36]!];
const byId = (list: readonly WorklistRow[]) => new Map(list.map((row) => [row.taskId, row]));
const kinds = (before: readonly WorklistRow[], after: readonly WorklistRow[]) =>
  arrivalsBetween(byId(before), after).map(({ kind }) => kind);

describe('what has arrived', () => {
  it('is what was not there, and what only waited for its images', () => {
    expect(kinds([], [stroke, stat, routine])).toEqual(['activation', 'stat', 'other']);
    expect(kinds([{ ...stat, state: 'ordered' }], [stat])).toEqual(['stat']);
    expect(kinds([stat], [stat])).toEqual([]);
  });
  it('is what was raised to an emergency, and what a colleague handed over', () => {
    expect(kinds([routine], [{ ...routine, isEscalated: true, standsAs: 'stat' }])).toEqual(['stat']);
    expect(kinds([stroke], [{ ...stroke, state: 'claimed', mine: true, handedOverBy: 'Ono^Ken' }])).toEqual([
      'handed-over',
    ]);
  });
  it('is not what somebody gave back, what is not for this reader, held, or declined', () => {
    const claim = { radiologistId: 'r', radiologistName: 'R', since: NOW, leaseUntil: NOW + MINUTE_MS };
    expect(kinds([{ ...stat, claim, state: 'claimed' }], [stat])).toEqual([]);
    expect(kinds([], [{ ...stat, ineligible: ['not licensed'] }])).toEqual([]);
    expect(kinds([], [{ ...stat, claim, state: 'claimed' }])).toEqual([]);
    expect(kinds([], [{ ...stat, declined: 'own relative' }])).toEqual([]);
  });
});

const ASKED = {
  taskId: stroke.taskId,
  examText: 'CT head',
  modality: 'CT',
  siteName: 'Mercy General',
  standsAs: 'stroke',
  dueAt: NOW + 8 * MINUTE_MS,
  openExamText: 'MR knee',
  openStandsAs: 'routine',
} as const;

describe('the interruption shield', () => {
  let now = NOW;
  let isReading = false;
  let state: NoticeState = NO_NOTICES;
  let said: string[] = [];
  let sounded: string[] = [];
  let onDesktop: string[] = [];
  const open = () =>
    createNotices({
      now: () => now,
      isReading: () => isReading,
      sound: (kind) => sounded.push(kind),
      showOnDesktop: (title, body) => onDesktop.push(`${title} | ${body}`),
      say: (text) => said.push(text),
      changed: (next) => {
        state = next;
      },
    });
  beforeEach(() => {
    now = NOW;
    isReading = false;
    state = NO_NOTICES;
    [said, sounded, onDesktop] = [[], [], []];
  });

  it('lets an activation and a STAT through, with sound and a notice without patient or site', () => {
    isReading = true;
    open().take(byId([]), [stroke, stat]);
    expect(sounded).toEqual(['stat', 'activation']);
    expect(onDesktop).toHaveLength(2);
    expect(onDesktop.join()).toMatch(/Overread: STAT \| A case is ready to be read, DX, due in \d/);
    for (const { patient, siteName, accessionNumber } of [stroke, stat])
      for (const secret of [patient.name.split('^')[0]!, patient.mrn, siteName, accessionNumber!])
        expect(onDesktop.join()).not.toContain(secret);
  });

  it('keeps the rest back until the case has ended, then says it once', () => {
    isReading = true;
    const notices = open();
    notices.take(byId([]), [routine, { ...routine, taskId: 'another' }]);
    expect([said, sounded, onDesktop]).toEqual([[], [], []]);
    expect(state.waiting).toHaveLength(2);
    notices.caseEnded();
    expect(said).toEqual(['2 cases arrived while you were reading.']);
    notices.caseEnded();
    expect(said).toHaveLength(1);
  });

  it('counts the interruptions of the last hour and no older ones', () => {
    const notices = open();
    notices.take(byId([]), [stat]);
    now += 59 * MINUTE_MS;
    notices.take(byId([]), [{ ...stat, taskId: 'second' }]);
    expect(state.given).toHaveLength(2);
    now += 2 * MINUTE_MS;
    notices.take(byId([]), [{ ...stat, taskId: 'third' }]);
    expect(state.given).toHaveLength(2);
  });

  it('tells the reader who is asked to set a case aside so, in the middle of it, once, and instead of the arrival', () => {
    isReading = true;
    const notices = open();
    notices.ask(ASKED);
    notices.take(byId([]), [stroke]);
    notices.ask(ASKED);
    notices.ask(undefined);
    notices.ask(ASKED);
    expect(sounded).toEqual(['activation']);
    expect(said).toEqual([
      'Please set MR knee aside for Stroke code: CT head, Mercy General, due in 08:00. No reader who may read it is free.',
    ]);
    expect(onDesktop).toEqual(['Overread: Stroke code | Please set your case aside, CT, due in 08:00']);
    expect(state.given).toHaveLength(1);
    notices.ask({ ...ASKED, taskId: 'another', standsAs: 'stat' });
    expect(sounded).toEqual(['activation', 'stat']);
  });
});
