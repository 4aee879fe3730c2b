import type { AuditEvent, Communication, Observation, Patient, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { createCriticalWatch } from '#electron/gateway/critical/create-critical-watch.ts';
import { takeCriticalAcknowledgement } from '#electron/gateway/critical/take-acknowledgement.ts';
import { confirm, type CriticalResult } from '#shared/domain/critical-result.ts';
import type { AccessionNumber, SiteId } from '#shared/domain/identifiers.ts';
import type { Recommendation } from '#shared/domain/recommendation.ts';
import type { Site } from '#shared/domain/site.ts';
import type { RecordedAct } from '#shared/fhir/act-to-audit-event.ts';
import { criticalFromFhir } from '#shared/fhir/critical-from-fhir.ts';
import { changeCritical, recordCritical } from '#shared/fhir/critical-on-hub.ts';
import { askQuestion, readOpenQuestions } from '#shared/fhir/question-on-hub.ts';
import { recommendationFromFhir } from '#shared/fhir/recommendation-fhir.ts';
import { recordRecommendation } from '#shared/fhir/recommendation-on-hub.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/kernel/clock.ts';
import type { Log, LogFields } from '#shared/kernel/log.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';
import { minutesFrom, NIGHT } from '#tests/support/reading-tasks.ts';
import { criticalResult, MERCY_RULES, recommendation } from './critical-support.ts';

const ACT: RecordedAct = {
  act: 'critical.recorded',
  at: NIGHT,
  by: { id: 'dr-lee', name: 'Lee^Dana' },
  about: [],
  outcome: 'done',
};

const mercy: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
  critical: MERCY_RULES,
};

function open({ hasSiteFhir = false, takesNotices = false } = {}) {
  const time = createManualTime(NIGHT);
  const fhir = createMemoryFhir({ clock: time.clock });
  const siteFhir = createMemoryFhir({ clock: time.clock });
  const lines: { readonly event: string; readonly fields: LogFields | undefined }[] = [];
  const note = (event: string, fields?: LogFields) => void lines.push({ event, fields });
  const log: Log = { info: note, warn: note, error: note };
  const notices: string[] = [];
  const createWatch = () =>
    createCriticalWatch({
      fhir,
      sites: () => [mercy],
      siteFhirOf: () => (hasSiteFhir ? siteFhir : undefined),
      sendNotice: async (site, what) => {
        if (takesNotices) notices.push(`${site.id} ${what}`);
        return takesNotices;
      },
      clock: time.clock,
      timer: time.timer,
      log,
      audit: { record: ({ act }) => void audited.push(act) },
    });
  const audited: string[] = [];
  return {
    time,
    fhir,
    siteFhir,
    lines,
    notices,
    audited,
    createWatch,
    results: (): CriticalResult[] =>
      fhir.all<Communication>('Communication').flatMap((resource) => {
        const read = criticalFromFhir(resource);
        return read.ok ? [read.value] : [];
      }),
    recommendations: (): Recommendation[] =>
      fhir.all<Task>('Task').flatMap((resource) => recommendationFromFhir(resource) ?? []),
    acts: () => fhir.all<AuditEvent>('AuditEvent').map(({ type }) => type.code),
  };
}

describe('the clock of a critical result', () => {
  it('escalates at the end of the window to who is on call, alarms, and records it', async () => {
    const rig = open({ takesNotices: true });
    await recordCritical(rig.fhir, criticalResult(), ACT);
    const watch = rig.createWatch();
    await rig.time.advance(59 * MINUTE_MS);
    await watch.look();
    expect(rig.results()[0]?.escalations).toEqual([]);
    expect(rig.notices).toEqual(['mercy critical-result']);
    watch.start();
    await rig.time.advance(2 * MINUTE_MS);
    await watch.stop();
    expect(rig.results()[0]).toMatchObject({ caller: 'support-desk', escalations: [{ to: { name: 'Rao' } }] });
    expect(rig.lines.find(({ event }) => event === 'critical.escalated')?.fields).toEqual({
      siteId: 'mercy',
      taskId: 't1',
      attempt: 1,
      code: 'red',
    });
    expect(rig.notices).toHaveLength(2);
    expect(rig.acts()).toEqual(['critical.recorded', 'critical.escalated']);
    expect(rig.audited).toEqual(['critical.escalated']);
  });

  it('survives a restart: what ran out meanwhile escalates at the first look, once', async () => {
    const rig = open();
    await recordCritical(rig.fhir, criticalResult(), ACT);
    await rig.time.advance(61 * MINUTE_MS);
    await rig.createWatch().look();
    await rig.createWatch().look();
    expect(rig.results()[0]?.escalations).toHaveLength(1);
  });

  it('goes on down the tree and never disappears, however long nobody answers', async () => {
    const rig = open();
    await recordCritical(rig.fhir, criticalResult(), ACT);
    const watch = rig.createWatch();
    for (let hour = 0; hour < 24; hour += 1) {
      await rig.time.advance(60 * MINUTE_MS);
      await watch.look();
    }
    const [result] = rig.results();
    expect(result?.confirmation).toBeUndefined();
    expect(result?.escalations.map(({ to }) => to?.name)).toEqual(
      expect.arrayContaining(['Rao', 'Stone', 'Night desk']),
    );
  });

  it('leaves alone what another program confirmed between look and write', async () => {
    const rig = open();
    await recordCritical(rig.fhir, criticalResult(), ACT);
    await rig.time.advance(61 * MINUTE_MS);
    const [before] = rig.results();
    rig.fhir.beforeTransaction(async () => {
      await changeCritical(rig.fhir, before?.id ?? '', (now) => confirm(now, { at: NIGHT, by: 'Rao', via: 'page' }), {
        act: 'critical.acknowledged',
        at: NIGHT,
        by: ACT.by,
      });
    });
    await rig.createWatch().look();
    expect(rig.results()[0]).toMatchObject({ escalations: [], confirmation: { via: 'page' } });
  });

  it('recorded twice under one uuid is one', async () => {
    const rig = open();
    await recordCritical(rig.fhir, criticalResult(), ACT);
    await recordCritical(rig.fhir, criticalResult(), ACT);
    expect(rig.results()).toHaveLength(1);
  });

  it('says that the hub is away instead of failing', async () => {
    const rig = open();
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    expect(await rig.createWatch().look()).toEqual({ ok: false, code: 'unreachable' });
  });
});

describe('acknowledgement from the site', () => {
  it('is taken from its own FHIR server: a Task it accepts', async () => {
    const rig = open({ hasSiteFhir: true });
    await recordCritical(rig.fhir, criticalResult(), ACT);
    const watch = rig.createWatch();
    await watch.look();
    await watch.look();
    const tasks = rig.siteFhir.all<Task>('Task');
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ status: 'requested', priority: 'stat', groupIdentifier: { value: 'A-1' } });
    await rig.siteFhir.update<Task>({ ...tasks[0]!, status: 'accepted', owner: { display: 'Dr. Rao' } });
    await rig.time.advance(15 * SECOND_MS);
    await watch.look();
    expect(rig.results()[0]?.confirmation).toMatchObject({ by: 'Dr. Rao', via: 'fhir' });
    expect(rig.acts()).toEqual(['critical.recorded', 'critical.acknowledged']);
  });

  it('is not waited for when that server is away: the window runs', async () => {
    const rig = open({ hasSiteFhir: true });
    await recordCritical(rig.fhir, criticalResult(), ACT);
    rig.siteFhir.failWith({ code: 'unreachable', sent: false });
    await rig.time.advance(61 * MINUTE_MS);
    const watch = rig.createWatch();
    expect(await watch.look()).toEqual({ ok: true });
    expect(rig.results()[0]?.escalations).toHaveLength(1);
    await rig.time.advance(MINUTE_MS);
    await watch.look();
    expect(rig.lines.filter(({ event }) => event === 'critical.site-not-asked')).toHaveLength(1);
    rig.siteFhir.failWith(undefined);
    await rig.time.advance(MINUTE_MS);
    await watch.look();
    expect(rig.siteFhir.all<Task>('Task')).toHaveLength(1);
  });

  it('by order number confirms what is open of that order at that site, again without harm, and no other', async () => {
    const rig = open();
    const other = criticalResult({ uuid: '0f4c1a52-7c61-4a3e-9f0e-0f6f3d0a1b2d', siteId: 'lex' as SiteId });
    await recordCritical(rig.fhir, criticalResult(), ACT);
    await recordCritical(rig.fhir, other, ACT);
    const said = { accessionNumber: 'A-1' as AccessionNumber, by: 'Dr. Rao' };
    const ports = { fhir: rig.fhir, clock: rig.time.clock };
    expect(await takeCriticalAcknowledgement(said, mercy, ports)).toBe('taken');
    expect(await takeCriticalAcknowledgement(said, mercy, ports)).toBe('taken');
    expect(rig.results().map(({ siteId, confirmation }) => [siteId, confirmation?.via])).toEqual([
      ['mercy', 'hl7'],
      ['lex', undefined],
    ]);
    const unknown = { ...said, accessionNumber: 'A-2' as AccessionNumber };
    expect(await takeCriticalAcknowledgement(unknown, mercy, ports)).toBe('unknown');
  });
});

describe('a recommendation that falls due', () => {
  it.each([
    [true, 'notice'],
    [false, 'support-desk'],
  ] as const)('reminds the site once; with a way for notices: %s, by %s', async (takesNotices, remindedBy) => {
    const rig = open({ takesNotices });
    await recordRecommendation(rig.fhir, recommendation({ dueAt: minutesFrom(NIGHT, 10) }), ACT);
    const watch = rig.createWatch();
    await watch.look();
    expect(rig.recommendations()[0]?.state).toBe('open');
    await rig.time.advance(11 * MINUTE_MS);
    await watch.look();
    await watch.look();
    expect(rig.recommendations()[0]).toMatchObject({ state: 'reminded', remindedBy });
    expect(rig.notices).toHaveLength(takesNotices ? 1 : 0);
    expect(rig.acts()).toEqual(['critical.recorded', 'recommendation.reminded']);
  });
});

describe('a question to a site', () => {
  it('is told of once by a notice that says nothing of it', async () => {
    const rig = open({ takesNotices: true });
    const { uuid, taskId, siteId, siteName, patientName, examText } = criticalResult();
    const place = { uuid, taskId, siteId, siteName, patientName, examText };
    await askQuestion(rig.fhir, { id: '', version: '', ...place, text: 'When?', askedAt: NIGHT, askedBy: ACT.by });
    const watch = rig.createWatch();
    await watch.look();
    await watch.look();
    expect(rig.notices).toEqual(['mercy question']);
  });

  async function asked() {
    const rig = open({ hasSiteFhir: true, takesNotices: true });
    const { uuid, taskId, siteId, siteName, patientName, examText } = criticalResult();
    const patient = await rig.fhir.create<Patient>({ resourceType: 'Patient' });
    const place = { uuid, taskId, siteId, siteName, patientName, examText };
    const text = 'When did it begin?';
    await askQuestion(rig.fhir, { id: '', version: '', ...place, text, askedAt: NIGHT, askedBy: ACT.by });
    const [question] = rig.fhir.all<Communication>('Communication');
    await rig.fhir.update<Communication>({ ...question!, subject: { reference: `Patient/${patient.id}` } });
    const watch = rig.createWatch();
    await watch.look();
    const [task, ...others] = rig.siteFhir.all<Task>('Task');
    if (task === undefined || others.length > 0) throw new Error('expected one Task at the site');
    return { rig, watch, task };
  }

  it('stands at the site’s own FHIR server once, and is answered there: beside the images, in the audit', async () => {
    const { rig, watch, task } = await asked();
    expect(task).toMatchObject({ status: 'requested', description: 'When did it begin?' });
    await rig.time.advance(20 * SECOND_MS);
    await watch.look();
    expect(rig.siteFhir.all('Task')).toHaveLength(1);
    expect((await readOpenQuestions(rig.fhir)).map(({ text }) => text)).toEqual(['When did it begin?']);
    const output = [{ type: { text: 'Answer' }, valueString: '01:10, at home' }];
    await rig.siteFhir.update<Task>({ ...task, status: 'completed', owner: { display: 'Nurse Kim' }, output });
    await rig.time.advance(20 * SECOND_MS);
    await watch.look();
    expect(await readOpenQuestions(rig.fhir)).toEqual([]);
    const [note] = rig.fhir.all<Observation>('Observation');
    expect([note?.code.text, note?.valueString, note?.performer?.[0]?.display]).toEqual([
      'When did it begin?',
      '01:10, at home',
      'Nurse Kim, asked by us',
    ]);
    expect(rig.acts()).toContain('question.answered');
    expect(rig.audited).toContain('question.answered');
  });

  it('that the site rejects is told with its reason, and no longer waited for', async () => {
    const { rig, watch, task } = await asked();
    await rig.siteFhir.update<Task>({ ...task, status: 'rejected', statusReason: { text: 'patient left' } });
    await rig.time.advance(20 * SECOND_MS);
    await watch.look();
    expect(await readOpenQuestions(rig.fhir)).toEqual([]);
    expect(rig.fhir.all<Observation>('Observation')[0]?.valueString).toBe('not answered by the site: patient left');
  });
});
