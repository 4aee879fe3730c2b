import { describe, expect, it } from 'vitest';

import type { Delivery } from '#shared/domain/delivery.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { fromArchive, judge, stableIdOf } from '#tests/campaign/deliver/compare.ts';
import { createDice } from '#tests/campaign/deliver/dice.ts';
import { makeReports } from '#tests/campaign/deliver/reports.ts';
import { dicomUidOf } from '#shared/reporting/stable-ids.ts';

const reports = makeReports(30, 'campaign' as SiteId, createDice(5), 0 as EpochMs);
const ids = reports.map((report) => stableIdOf('hl7', 0, report));
const ledger = (accepted: readonly SignedReport[]) =>
  new Map(accepted.map(({ reportUuid }) => [`${reportUuid}/0`, { state: 'accepted' } as Delivery]));
const verdict = (filed: readonly string[], known = reports, handled = new Set<string>()) =>
  judge(reports, 'hl7', { channelIndex: 0, filed, repeats: 0 }, ledger(known), handled);
const RIGHT = { lost: 0, doubled: 0, outOfOrder: 0, versionsOutOfOrder: 0, disagreements: 0, repeats: 0 };

/** A judge that saw nothing would let every campaign pass. */
describe('the judge of the delivery campaign', () => {
  it('passes what is right', () => {
    expect(verdict(ids)).toEqual(RIGHT);
  });
  it('sees a report that is missing, although the ledger says it is there', () => {
    expect(verdict(ids.slice(1))).toMatchObject({ lost: 1, disagreements: 1 });
  });
  it('sees a report that the peer has although the ledger does not know', () => {
    expect(verdict(ids, reports.slice(1))).toMatchObject({ lost: 0, disagreements: 1 });
  });
  it('sees a report that was filed twice, and one that nobody sent', () => {
    expect(verdict([...ids, ids[3] ?? ''])).toMatchObject({ doubled: 1 });
    expect(verdict([...ids, 'STRANGER'])).toMatchObject({ doubled: 1 });
  });
  it('sees an order that was not kept, unless a person gave the place up; never among versions', () => {
    const patient = reports.find(
      (one) => reports.filter(({ task }) => task.patient.id === one.task.patient.id).length > 1,
    );
    const last = reports.findLast(({ task }) => task.patient.id === patient?.task.patient.id);
    if (patient === undefined || last === undefined) throw new Error('no patient with two reports');
    const mixed = [stableIdOf('hl7', 0, last), ...ids.filter((id) => id !== stableIdOf('hl7', 0, last))];
    expect(verdict(mixed).outOfOrder).toBeGreaterThan(0);
    expect(verdict(mixed, reports, new Set([`${last.reportUuid}/0`])).outOfOrder).toBe(0);
    const later = reports.find(({ version }) => version > 1);
    if (later === undefined) throw new Error('no second version');
    const turned = [stableIdOf('hl7', 0, later), ...ids.filter((id) => id !== stableIdOf('hl7', 0, later))];
    expect(verdict(turned, reports, new Set([`${later.reportUuid}/0`])).versionsOutOfOrder).toBeGreaterThan(0);
  });
  it('lets the versions behind a refused report come after other reports of the patient, and nothing else', () => {
    const second = reports.find(({ version }) => version === 2);
    const original = reports.find(({ taskId }) => taskId === second?.taskId);
    if (second === undefined || original === undefined) throw new Error('no second version');
    const behind = [original, second].map((report) => stableIdOf('hl7', 0, report));
    const late = [...ids.filter((id) => !behind.includes(id)), ...behind];
    const alone = verdict(late, reports, new Set([`${original.reportUuid}/0`]));
    expect(alone).toMatchObject({ outOfOrder: 0 });
    expect(verdict(late).outOfOrder).toBeGreaterThanOrEqual(alone.outOfOrder);
  });
  it('counts a report as stored with the last of its objects, and an object that came twice as another', () => {
    const [one] = reports;
    if (one === undefined) throw new Error('no report');
    const plain = { ...one, body: { templateId: 't', title: 't', sections: one.body.sections } };
    const [pdf, text] = [dicomUidOf(one.reportUuid, 'pdf'), dicomUidOf(one.reportUuid, 'text-report')];
    expect(fromArchive(2, [pdf], [plain]).filed).toEqual([]);
    expect(fromArchive(2, [pdf, text], [plain]).filed).toEqual([one.reportUuid]);
    expect(fromArchive(2, [pdf, text, pdf], [plain]).filed).toEqual([one.reportUuid, pdf, pdf]);
  });
});
