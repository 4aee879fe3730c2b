import type { DiagnosticReport, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { backoffMs, nextStep } from '#electron/gateway/delivery/next-step.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { PatientId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';
import { FOLDER, HL7, openDelivery, siteWith } from './delivery-support.ts';

const uuid = (n: number): string => `6f1c2a90-5b1d-4c0e-9f3a-0000000000${String(n).padStart(2, '0')}`;
/** Each of another patient, unless said otherwise. */
const signed = (n: number, taskId = `t-${n}`, facts: Partial<SignedReport> & { readonly patient?: string } = {}) => {
  const { patient = `p-${taskId}`, ...more } = facts;
  const sample = sampleReport();
  return sampleReport({
    reportUuid: uuid(n),
    taskId: taskId as TaskId,
    signedAt: (Date.UTC(2026, 10, 21, 21) + n * 1000) as EpochMs,
    task: { ...sample.task, patient: { ...sample.task.patient, id: patient as PatientId } },
    ...more,
  });
};
const north = (n: number) => ({ ...signed(n), task: { ...signed(n).task, siteId: 'north' as SiteId } });

describe('what follows an attempt', () => {
  const now = 0 as EpochMs;
  it('waits longer and longer, at most ten minutes, and never gives up', () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt))).toEqual([5, 10, 20, 40].map((s) => s * SECOND_MS));
    expect(backoffMs(1_000_000)).toBe(10 * MINUTE_MS);
    const down: AttemptOutcome = { kind: 'not-taken', code: 'hl7-refused' };
    expect(nextStep(down, 1_000_000, now)).toEqual({
      step: 'retry',
      notBefore: 10 * MINUTE_MS,
      problem: 'hl7-refused',
    });
  });
  it('spreads deliveries that failed together, over half the wait', () => {
    expect([0, 0.5, 1].map((jitter) => backoffMs(1, jitter))).toEqual([5000, 3750, 2500]);
  });
  it('asks a person about a refusal', () => {
    expect(nextStep({ kind: 'refused', code: 'hl7-AE' }, 1, now)).toEqual({ step: 'ask-a-person', problem: 'hl7-AE' });
  });
});

describe('delivery loop', () => {
  it('brings a report to every channel of its site and keeps the proof', async () => {
    const open = openDelivery([siteWith([HL7, FOLDER])]);
    await open.sign(signed(1), 'h..s');
    await open.loop.kick();
    expect(open.channel.seen.map(({ channel, channelIndex }) => [channel.kind, channelIndex])).toEqual([
      ['hl7', 0],
      ['folder', 1],
    ]);
    expect(open.channel.seen[0]?.signed).toEqual(signed(1));
    expect(open.channel.seen[0]?.signature).toBe('h..s');
    for (const delivery of open.deliveries()) {
      expect(delivery).toMatchObject({ state: 'accepted', attempts: 1, acknowledgedAt: open.time.clock.now() });
      expect(delivery.acknowledgement).toMatch(/^ack-/);
      expect(delivery.problem).toBeUndefined();
    }
    await open.loop.kick();
    expect(open.channel.seen).toHaveLength(2);
  });

  it('tries again by itself until the site takes it', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer({ kind: 'not-taken', code: 'hl7-refused' }, { kind: 'unknown', code: 'hl7-timeout' });
    open.loop.start();
    await open.time.advance(1);
    expect(open.deliveries()).toMatchObject([{ state: 'waiting', attempts: 1, problem: 'hl7-refused' }]);
    await open.time.advance(6 * SECOND_MS);
    expect(open.deliveries()).toMatchObject([{ state: 'waiting', attempts: 2, problem: 'hl7-timeout' }]);
    await open.time.advance(MINUTE_MS);
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', attempts: 3 }]);
    await open.loop.stop();
  });

  it('hands a refused report to a person and does not try again', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer({ kind: 'refused', code: 'hl7-AE' });
    await open.loop.kick();
    await open.time.advance(MINUTE_MS);
    await open.loop.kick();
    expect(open.channel.seen).toHaveLength(1);
    expect(open.deliveries()).toMatchObject([{ state: 'with-a-person', problem: 'hl7-AE', attempts: 1 }]);
  });

  it('says on the hub that it is sending before it sends', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    let finish: (outcome: AttemptOutcome) => void = () => undefined;
    open.channel.answer(new Promise((resolve) => (finish = resolve)));
    const round = open.loop.kick();
    await open.time.advance(1);
    expect(open.deliveries()).toMatchObject([{ state: 'waiting', attempts: 1, problem: 'unanswered' }]);
    expect(open.deliveries()[0]?.sentAt).toBeDefined();
    finish({ kind: 'accepted', ackId: 'x' });
    await round;
  });

  it('repeats what a killed gateway left unanswered, with the same content', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer(new Promise(() => undefined));
    void open.loop.kick();
    await open.time.advance(1);
    // The first gateway never hears of it again; another one starts.
    const successor = open.createLoop();
    await successor.kick();
    expect(open.channel.seen).toHaveLength(1);
    await open.time.advance(3 * MINUTE_MS);
    await successor.kick();
    expect(open.channel.seen).toHaveLength(2);
    expect(open.channel.seen[1]?.canonical).toBe(open.channel.seen[0]?.canonical);
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
  });

  it('lets only one of two gateways send', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    await Promise.all([open.loop.kick(), open.createLoop().kick()]);
    expect(open.channel.seen).toHaveLength(1);
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', attempts: 1 }]);
  });

  it('sends a channel one report at a time, in the order of signing', async () => {
    const open = openDelivery([siteWith([HL7])]);
    for (const n of [3, 1, 2]) await open.sign(signed(n));
    const answers: ((outcome: AttemptOutcome) => void)[] = [];
    for (let count = 0; count < 3; count += 1) {
      open.channel.answer(new Promise((resolve) => answers.push(resolve)));
    }
    const round = open.loop.kick();
    for (let count = 1; count <= 3; count += 1) {
      await open.time.advance(1);
      expect(open.channel.seen.map((one) => one.signed.reportUuid)).toEqual([1, 2, 3].slice(0, count).map(uuid));
      answers[count - 1]?.({ kind: 'accepted', ackId: 'x' });
    }
    await round;
  });

  it('does not let a site that answers slowly hold up another', async () => {
    const open = openDelivery([siteWith([HL7]), siteWith([HL7], 'north')]);
    await open.sign(signed(1));
    open.channel.answer(new Promise(() => undefined));
    open.loop.start();
    await open.time.advance(1);
    await open.sign(north(3));
    await open.time.advance(10 * SECOND_MS);
    expect(open.deliveries().find(({ taskId }) => taskId === 't-3')?.state).toBe('accepted');
  });

  it('leaves a site that is down alone for now, and others go on', async () => {
    const open = openDelivery([siteWith([HL7]), siteWith([HL7], 'north')]);
    await open.sign(signed(1));
    await open.sign(signed(2));
    await open.sign(north(3));
    open.channel.answer({ kind: 'not-taken', code: 'hl7-refused' });
    await open.loop.kick();
    const states = Object.fromEntries(
      open.deliveries().map(({ taskId, state, attempts }) => [taskId, [state, attempts]]),
    );
    expect(states).toEqual({ 't-1': ['waiting', 1], 't-2': ['waiting', 0], 't-3': ['accepted', 1] });
  });

  it('does not let one report that goes unanswered stop the ones behind it for good', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    await open.sign(signed(2));
    open.channel.answer({ kind: 'unknown', code: 'hl7-timeout' });
    await open.loop.kick();
    await open.loop.kick();
    const states = Object.fromEntries(open.deliveries().map(({ taskId, state }) => [taskId, state]));
    expect(states).toEqual({ 't-1': 'waiting', 't-2': 'accepted' });
  });

  it('holds a later version back until the earlier one has ended', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1, 't'));
    await open.sign(signed(2, 't'));
    open.channel.answer({ kind: 'unknown', code: 'hl7-timeout' });
    await open.loop.kick();
    await open.loop.kick();
    expect(open.channel.seen).toHaveLength(1);
    await open.time.advance(10 * SECOND_MS);
    await open.loop.kick();
    expect(open.channel.seen.map((one) => one.signed.reportUuid)).toEqual([1, 1, 2].map(uuid));
  });

  it.each<[string, string, (open: ReturnType<typeof openDelivery>) => Promise<void> | void]>([
    ['whose site is no longer configured', 'site-not-configured', (open) => open.configure([])],
    ['whose channel is another kind now', 'channel-not-configured', (open) => open.configure([siteWith([FOLDER])])],
    [
      'whose report was damaged on the hub',
      'report-damaged',
      async ({ fhir }) => {
        const [report] = fhir.all<DiagnosticReport>('DiagnosticReport');
        if (report === undefined) throw new Error('no report');
        const presentedForm = report.presentedForm?.map((form) => ({ ...form, data: 'e30=' })) ?? [];
        await fhir.update({ ...report, presentedForm }, report.meta?.versionId);
      },
    ],
  ])('hands a delivery to a person %s', async (_, problem, change) => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    await change(open);
    await open.loop.kick();
    expect(open.channel.seen).toEqual([]);
    expect(open.deliveries()).toMatchObject([{ state: 'with-a-person', problem, attempts: 0 }]);
  });

  it('does not leave a delivery waiting that it cannot read', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    const [task] = open.fhir.all<Task>('Task');
    if (task === undefined) throw new Error('no task');
    await open.fhir.update({ ...task, input: [] }, task.meta?.versionId);
    await open.loop.kick();
    expect(open.fhir.all<Task>('Task')[0]).toMatchObject({ status: 'failed' });
  });

  it('survives a fault in a channel: the duty stands', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer(new Error('bug'));
    await open.loop.kick();
    expect(open.deliveries()).toMatchObject([{ state: 'waiting', problem: 'internal-fault' }]);
  });

  it('keeps the acceptance although someone wrote the Task meanwhile', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    let finish: (outcome: AttemptOutcome) => void = () => undefined;
    open.channel.answer(new Promise((resolve) => (finish = resolve)));
    const round = open.loop.kick();
    await open.time.advance(1);
    const [task] = open.fhir.all<Task>('Task');
    const read = deliveryFromFhir(task);
    if (!read.ok) throw new Error('unreadable');
    await open.fhir.update(deliveryToFhir(read.value, undefined, task), read.value.version);
    finish({ kind: 'accepted', ackId: 'x' });
    await round;
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', acknowledgement: 'x' }]);
  });

  it('waits out a hub that does not answer, at any moment', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.fhir.failWith({ code: 'unreachable', sent: false });
    open.loop.start();
    await open.time.advance(MINUTE_MS);
    expect(open.channel.seen).toEqual([]);
    open.fhir.failWith(undefined);
    await open.time.advance(10 * SECOND_MS);
    expect(open.deliveries()).toMatchObject([{ state: 'accepted' }]);
    await open.loop.stop();
  });
});
