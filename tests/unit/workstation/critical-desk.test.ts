import type { AuditEvent, Communication, DiagnosticReport, Observation, ServiceRequest, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { createCriticalDesk } from '#electron/workstation/critical-desk.ts';
import { createCriticalHandlers } from '#electron/workstation/critical-handlers.ts';
import { createDeliveries } from '#electron/workstation/deliveries.ts';
import { createEventBus } from '#electron/workstation/event-bus.ts';
import { createReadings } from '#electron/workstation/readings.ts';
import type { WorkstationPorts } from '#electron/workstation/ports.ts';
import { calls, type CallName, type CallRequest, type CallResponse } from '#shared/contract/calls.ts';
import { criticalCalls } from '#shared/contract/critical-calls.ts';
import type { AuditFacts } from '#shared/domain/audit-entry.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { PatientId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { inboxLinkFromFhir } from '#shared/fhir/inbox-link-fhir.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { MERCY_RULES } from '#tests/unit/critical/critical-support.ts';

const mercy: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { unordered: 'ignore' },
  returns: [{ kind: 'inbox' }],
  turnaroundMinutes: {},
  critical: MERCY_RULES,
};

const UUID = '0f4c1a52-7c61-4a3e-9f0e-0f6f3d0a1b2c';

type CriticalName = keyof typeof criticalCalls & CallName;

function open({ hasPages = true } = {}) {
  const clock = createManualClock(NIGHT);
  const fhir = createMemoryFhir({ clock });
  const events: string[] = [];
  const audited: string[] = [];
  const bus = createEventBus();
  bus.listen(({ type }) => void events.push(type));
  const readings = createReadings({ fhir, clock, log: silentLog });
  const ports = {
    fhir,
    clock,
    log: silentLog,
    reader: reader(),
    sites: () => [mercy],
    audit: { record: ({ act, outcome = 'done' }: AuditFacts) => void audited.push(`${act} ${outcome}`) },
    inboxUrl: () => (hasPages ? 'https://reports.example' : undefined),
    readings,
    events: bus,
    deliveries: createDeliveries({ fhir, clock, log: silentLog, sites: () => [mercy] } as never),
    claims: {
      read: async (taskId: TaskId) => {
        const found = readingTaskFromFhir(await fhir.read<Task>('Task', taskId).catch(() => undefined));
        return found.ok ? { ok: true, value: found.value } : { ok: false, error: 'not-found' };
      },
    },
    rowFor: (task: ReadingTask) => ({ taskId: task.id }) as unknown as WorklistRow,
  };
  const desk = createCriticalDesk(ports as unknown as WorkstationPorts & Parameters<typeof createCriticalDesk>[0]);
  const handlers = createCriticalHandlers(desk) as Record<string, (request: unknown) => Promise<unknown>>;
  return {
    clock,
    fhir,
    events,
    audited,
    desk,
    /** Parsed as the door parses. Rows are checked elsewhere. */
    async call<Name extends CriticalName>(name: Name, request: CallRequest<Name>): Promise<CallResponse<Name>> {
      const answer = await handlers[name]?.(calls[name].request.parse(request));
      return (name === 'support' ? answer : calls[name].response.parse(answer)) as CallResponse<Name>;
    },
    async put(facts: Partial<ReadingTask> = {}): Promise<string> {
      const task = readingTask('1', { patient: { ...readingTask('1').patient, id: 'p1' as PatientId }, ...facts });
      const { id: _id, meta: _meta, ...resource } = readingTaskToFhir(task);
      return (await fhir.create<Task>(resource)).id ?? '';
    },
    acts: () => fhir.all<AuditEvent>('AuditEvent').map(({ type, outcome }) => `${type.code} ${outcome}`),
  };
}

const told = { name: 'Dr. Rao', role: 'ED physician', how: 'phone', readBack: true } as const;

describe('marking a finding', () => {
  it('is one act: a Communication with the six facts, an audit entry, and the sentence for the report', async () => {
    const rig = open();
    const taskId = await rig.put();
    const answer = await rig.call('recordCritical', { uuid: UUID, taskId, level: 'red', finding: 'Subdural.', told });
    expect(answer).toEqual({
      status: 'recorded',
      isConfirmed: true,
      sentence:
        'Critical result (red): Subdural. Told to Dr. Rao (ED physician) by phone by Dana Lee at 2026-11-21 17:00 (America/New_York). Read-back confirmed.',
    });
    const [communication] = rig.fhir.all<Communication>('Communication');
    expect(communication).toMatchObject({ status: 'completed', sent: '2026-11-21T22:00:00.000Z' });
    expect(rig.acts()).toEqual(['critical.recorded 0']);
    const entity = rig.fhir.all<AuditEvent>('AuditEvent')[0]?.entity?.map(({ what }) => what?.reference);
    expect(entity).toEqual([`Communication/${communication?.id}`, `Task/${taskId}`]);
  });

  it('without a telling goes to the call list of the support desk, with the number to call now', async () => {
    const rig = open();
    const taskId = await rig.put();
    await rig.call('recordCritical', { uuid: UUID, taskId, level: 'orange', finding: 'Free air' });
    const { calls: list } = await rig.call('support', {});
    expect(list).toMatchObject([
      {
        result: { level: 'orange', caller: 'support-desk', windowEndsAt: minutesFrom(NIGHT, 360) },
        next: { name: 'Rao', phone: '+1 555 0101' },
      },
    ]);
  });

  it('sent twice is one result', async () => {
    const rig = open();
    const taskId = await rig.put();
    const request = {
      uuid: UUID,
      taskId,
      level: 'red',
      finding: 'Subdural',
      told: { ...told, readBack: false },
    } as const;
    await rig.call('recordCritical', request);
    await rig.call('recordCritical', request);
    expect((await rig.call('criticalResults', {})).open).toHaveLength(1);
  });

  it('is refused for a reading nobody knows, and when the hub is away, with nothing written', async () => {
    const rig = open();
    const taskId = await rig.put();
    const request = { uuid: UUID, level: 'red', finding: 'Subdural' } as const;
    expect(await rig.call('recordCritical', { ...request, taskId: 'x' })).toEqual({ status: 'not-found' });
    rig.fhir.beforeTransaction(async () => {
      throw new FhirError({ code: 'unreachable', sent: false });
    });
    await expect(rig.call('recordCritical', { ...request, taskId })).rejects.toThrow('The hub does not answer.');
    expect(rig.fhir.all('Communication')).toEqual([]);
    expect(rig.acts()).toEqual([]);
  });
});

describe('an open result', () => {
  const record = async (rig: ReturnType<typeof open>) => {
    const taskId = await rig.put();
    await rig.call('recordCritical', {
      uuid: UUID,
      taskId,
      level: 'red',
      finding: 'Subdural',
      told: { ...told, readBack: false },
    });
    return (await rig.call('criticalResults', {})).open[0]!;
  };

  it('stays on the board after its report is signed, until somebody confirms', async () => {
    const rig = open();
    const { id, taskId } = await record(rig);
    const resource = await rig.fhir.read<Task>('Task', taskId);
    await rig.fhir.update<Task>({ ...resource, status: 'completed' });
    expect((await rig.call('criticalResults', {})).open).toHaveLength(1);
    expect(await rig.call('tellCritical', { id, told })).toEqual({ status: 'done' });
    const board = await rig.call('criticalResults', {});
    expect(board.open).toEqual([]);
    expect(board.confirmed).toMatchObject([{ id, confirmation: { via: 'read-back' } }]);
  });

  it('can be handed over, and a later call is recorded with what was said', async () => {
    const rig = open();
    const { id } = await record(rig);
    expect(await rig.call('handOverCritical', { id })).toEqual({ status: 'done' });
    await rig.call('tellCritical', { id, told: { ...told, name: 'Kim', readBack: false } });
    const [result] = (await rig.call('criticalResults', {})).open;
    expect(result).toMatchObject({
      caller: 'support-desk',
      tellings: [{ to: { name: 'Dr. Rao' } }, { to: { name: 'Kim' } }],
    });
    expect(rig.acts()).toEqual(['critical.recorded 0', 'critical.handed-over 0', 'critical.called 0']);
  });

  it('once confirmed is not told again', async () => {
    const rig = open();
    const { id } = await record(rig);
    await rig.call('tellCritical', { id, told });
    expect(await rig.call('tellCritical', { id, told })).toEqual({ status: 'confirmed-before' });
    expect(await rig.call('tellCritical', { id: 'nothing', told })).toEqual({ status: 'not-found' });
    expect(rig.audited).toEqual([
      'critical.recorded done',
      'critical.called done',
      'critical.acknowledged done',
      'critical.called refused',
      'critical.called refused',
    ]);
  });
});

describe('a recommendation', () => {
  it('is data on the hub, gives the sentence, comes to the desk when due, and is closed by a word of the site', async () => {
    const rig = open();
    const taskId = await rig.put();
    const answer = await rig.call('recommend', {
      uuid: UUID,
      taskId,
      what: 'CT chest',
      why: '7 mm nodule',
      dueAt: minutesFrom(NIGHT, 30),
    });
    expect(answer).toEqual({
      status: 'recorded',
      sentence: 'Recommendation: CT chest by 2026-11-21, because of 7 mm nodule.',
    });
    expect(rig.fhir.all<ServiceRequest>('ServiceRequest')).toMatchObject([
      { intent: 'proposal', reasonCode: [{ text: '7 mm nodule' }] },
    ]);
    expect((await rig.call('support', {})).recommendations).toEqual([]);
    rig.clock.advance(31 * MINUTE_MS);
    const [due] = (await rig.call('support', {})).recommendations;
    expect(await rig.call('closeRecommendation', { id: due!.id, as: 'done', by: 'Rao' })).toEqual({ status: 'done' });
    expect(await rig.call('closeRecommendation', { id: due!.id, as: 'done', by: 'Rao' })).toEqual({
      status: 'closed-before',
    });
    expect((await rig.call('support', {})).recommendations).toEqual([]);
  });
});

describe('a question to the site', () => {
  it('waits at the desk; its answer stands among the notes of the patient', async () => {
    const rig = open();
    const taskId = await rig.put();
    await rig.call('askSite', { uuid: UUID, taskId, text: 'When did it begin?' });
    const [question] = (await rig.call('support', {})).questions;
    expect(question).toMatchObject({ text: 'When did it begin?', siteId: 'mercy' });
    const answer = { id: question!.id, text: '01:10', by: 'Nurse Kim' };
    expect(await rig.call('answerQuestion', answer)).toEqual({ status: 'done' });
    expect(await rig.call('answerQuestion', answer)).toEqual({ status: 'answered-before' });
    expect((await rig.call('support', {})).questions[0]?.answer).toMatchObject({ text: '01:10', by: 'Nurse Kim' });
    expect(rig.fhir.all<Observation>('Observation')).toMatchObject([
      { subject: { reference: 'Patient/p1' }, code: { text: 'When did it begin?' }, valueString: '01:10' },
    ]);
    expect(rig.acts()).toEqual(['question.asked 0', 'question.answered 0']);
    expect(rig.events).toEqual(['critical-changed', 'critical-changed', 'critical-changed']);
  });
});

describe('the fair clock', () => {
  const ask = (rig: ReturnType<typeof open>, taskId: string, uuid: string, text: string) =>
    rig.call('askSite', { uuid, taskId, text });

  const pausesOf = async (rig: ReturnType<typeof open>, taskId: string) => {
    const task = readingTaskFromFhir(await rig.fhir.read<Task>('Task', taskId));
    return task.ok ? task.value.pauses : undefined;
  };

  it('stands still while a question is open, and goes on with the last answer', async () => {
    const rig = open();
    const taskId = await rig.put();
    const askedAt = rig.clock.now();
    await ask(rig, taskId, UUID, 'When did it begin?');
    await ask(rig, taskId, UUID.replace(/.$/, '9'), 'Any allergy?');
    const waits = { from: askedAt, reason: 'an answer to a question' };
    expect(await pausesOf(rig, taskId)).toEqual([waits]);
    const [first, second] = (await rig.call('support', {})).questions;
    rig.clock.advance(12 * MINUTE_MS);
    await rig.call('answerQuestion', { id: first!.id, text: '01:10', by: 'Nurse Kim' });
    expect(await pausesOf(rig, taskId)).toEqual([waits]);
    rig.clock.advance(3 * MINUTE_MS);
    await rig.call('answerQuestion', { id: second!.id, text: 'none', by: 'Nurse Kim' });
    expect(await pausesOf(rig, taskId)).toEqual([{ ...waits, until: askedAt + 15 * MINUTE_MS }]);
  });
});

describe('the support desk', () => {
  it('lists readings without images after a quarter of an hour, and readings about to breach', async () => {
    const rig = open();
    const waiting = await rig.put({ state: 'ordered', authoredOn: minutesFrom(NIGHT, -20) });
    await rig.put({ state: 'ordered', authoredOn: minutesFrom(NIGHT, -5), dueAt: minutesFrom(NIGHT, 5) });
    const soon = await rig.put({ state: 'ready', dueAt: minutesFrom(NIGHT, 10) });
    await rig.put({ state: 'ready', dueAt: minutesFrom(NIGHT, 60) });
    await rig.put({ state: 'completed', dueAt: minutesFrom(NIGHT, 5) });
    const desk = await rig.call('support', {});
    expect(desk.missingImages.map(({ taskId }) => taskId)).toEqual([waiting]);
    expect(desk.breaches.map(({ taskId }) => taskId)).toEqual([soon]);
    expect(rig.fhir.all<DiagnosticReport>('DiagnosticReport')).toEqual([]);
  });

  it('makes a way into a site inbox, of which only digests are kept', async () => {
    const rig = open();
    const invited = await rig.call('inviteSite', { siteId: 'mercy' });
    if (invited.status !== 'invited') throw new Error(invited.status);
    expect(invited.url).toMatch(/^https:\/\/reports\.example\/enter\/[\w-]{43}$/);
    expect(invited.code).toMatch(/^\d{8}$/);
    const token = invited.url.split('/').at(-1)!;
    const kept = JSON.stringify(rig.fhir.all('Task')) + JSON.stringify(rig.fhir.all('AuditEvent'));
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(invited.code);
    const { inbox } = await rig.call('support', {});
    expect(inbox.sites).toEqual([{ siteId: 'mercy', siteName: 'Mercy General' }]);
    expect(inbox.links).toMatchObject([{ siteId: 'mercy', state: 'code-waiting' }]);
    const linkId = inbox.links[0]!.id;
    const made = await rig.call('newInboxCode', { linkId });
    expect(made).toMatchObject({ status: 'made', codeUntil: minutesFrom(NIGHT, 60) });
    rig.clock.advance(61 * MINUTE_MS);
    expect((await rig.call('support', {})).inbox.links[0]?.state).toBe('needs-code');
    expect(await rig.call('revokeInboxLink', { linkId })).toEqual({ status: 'done' });
    expect(await rig.call('newInboxCode', { linkId })).toEqual({ status: 'not-found' });
    expect(inboxLinkFromFhir(rig.fhir.all<Task>('Task')[0])?.isRevoked).toBe(true);
    expect(rig.acts()).toEqual(['inbox.invited 0', 'inbox.code-made 0', 'inbox.revoked 0']);
  });

  it('makes none where no pages are served', async () => {
    const rig = open({ hasPages: false });
    expect(await rig.call('inviteSite', { siteId: 'mercy' })).toEqual({ status: 'no-inbox' });
    expect(await open().call('inviteSite', { siteId: 'elsewhere' })).toEqual({ status: 'no-inbox' });
  });
});
