import type { Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import type { PatientId, TaskId } from '#shared/domain/identifiers.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';
import { HL7, openDelivery, siteWith } from './delivery-support.ts';

const uuid = (n: number): string => `6f1c2a90-5b1d-4c0e-9f3a-0000000000${String(n).padStart(2, '0')}`;
interface Which {
  readonly task?: string;
  readonly patient?: string;
  readonly version?: number;
}
const signed = (n: number, { task = `t-${n}`, patient = `p-${n}`, version = 1 }: Which = {}) => {
  const sample = sampleReport();
  return sampleReport({
    reportUuid: uuid(n),
    version,
    taskId: task as TaskId,
    signedAt: (Date.UTC(2026, 10, 21, 21) + n * 1000) as EpochMs,
    task: { ...sample.task, patient: { ...sample.task.patient, id: patient as PatientId } },
  });
};
const seen = (open: ReturnType<typeof openDelivery>) => open.channel.seen.map((one) => one.signed.reportUuid);
/** As a person does from the board of stuck deliveries. */
async function resendFirst(open: ReturnType<typeof openDelivery>): Promise<void> {
  const [first] = open.fhir.all<Task>('Task');
  const delivery = deliveryFromFhir(first);
  if (!delivery.ok) throw new Error('unreadable');
  const waiting = { ...delivery.value, state: 'waiting', notBefore: open.time.clock.now() } as const;
  await open.fhir.update(deliveryToFhir(waiting, undefined, first), delivery.value.version);
}
const down = { kind: 'not-taken', code: 'hl7-refused' } as const;

describe('the order in which a site gets its reports', () => {
  it('keeps the reports of one patient in the order of signing, and lets other patients pass', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1, { patient: 'ann' }));
    await open.sign(signed(2, { patient: 'ann' }));
    await open.sign(signed(3, { patient: 'ben' }));
    open.channel.answer({ kind: 'unknown', code: 'hl7-timeout' });
    await open.loop.kick();
    await open.loop.kick();
    expect(seen(open)).toEqual([1, 3].map(uuid));
    await open.time.advance(10 * SECOND_MS);
    await open.loop.kick();
    expect(seen(open)).toEqual([1, 3, 1, 2].map(uuid));
  });

  it('holds a later version back while a person must look at the earlier one, and nothing else of the patient', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1, { task: 'chest', patient: 'ann' }));
    open.channel.answer({ kind: 'refused', code: 'hl7-AE' });
    await open.loop.kick();
    await open.sign(signed(2, { task: 'chest', patient: 'ann', version: 2 }));
    await open.sign(signed(3, { task: 'head', patient: 'ann' }));
    await open.loop.kick();
    expect(seen(open)).toEqual([1, 3].map(uuid));
    await resendFirst(open);
    await open.loop.kick();
    expect(seen(open)).toEqual([1, 3, 1, 2].map(uuid));
  });

  it('holds it back too when the person sends the earlier one again while the line is being walked', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1, { task: 'chest', patient: 'ann' }));
    open.channel.answer({ kind: 'refused', code: 'hl7-AE' });
    await open.loop.kick();
    await open.sign(signed(2, { patient: 'ben' }));
    await open.sign(signed(3, { task: 'chest', patient: 'ann', version: 2 }));
    let finish: () => void = () => undefined;
    open.channel.answer(new Promise((resolve) => (finish = () => resolve({ kind: 'accepted', ackId: 'AA x' }))));
    const round = open.loop.kick();
    await open.time.advance(1);
    await resendFirst(open);
    finish();
    await round;
    await open.loop.kick();
    expect(seen(open)).toEqual([1, 2, 1, 3].map(uuid));
  });
});

describe('a site that does not answer', () => {
  it('is left alone after three failures, and then asked by one report alone', async () => {
    const open = openDelivery([siteWith([HL7])]);
    for (let n = 1; n <= 9; n += 1) await open.sign(signed(n));
    open.channel.answer(down, down, down, down);
    for (let count = 0; count < 6; count += 1) await open.loop.kick();
    expect(open.channel.seen).toHaveLength(3);
    await open.time.advance(6 * SECOND_MS);
    await open.loop.kick();
    expect(open.channel.seen).toHaveLength(4);
    await open.time.advance(MINUTE_MS);
    await open.loop.kick();
    expect(open.deliveries().every(({ state }) => state === 'accepted')).toBe(true);
  });

  it('is an alarm once its window has passed, said once for each report', async () => {
    const open = openDelivery([{ ...siteWith([HL7]), acknowledgeWithinMinutes: 90 }]);
    await open.sign(signed(1));
    open.channel.answer(down, down, down);
    await open.loop.kick();
    expect(open.logged).not.toContain('delivery.overdue');
    await open.time.advance(31 * MINUTE_MS);
    await open.loop.kick();
    await open.loop.kick();
    expect(open.logged.filter((event) => event === 'delivery.overdue')).toHaveLength(1);
  });
});

describe('what the ledger keeps', () => {
  it('is every try with its outcome, and the site’s own words', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer(down, { kind: 'accepted', ackId: 'AA x', answer: 'MSA|AA|x' });
    await open.loop.kick();
    await open.time.advance(10 * SECOND_MS);
    await open.loop.kick();
    const [delivery] = open.deliveries();
    expect(delivery?.tries?.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['not-taken', 'hl7-refused'],
      ['accepted', undefined],
    ]);
    expect(delivery?.answer).toBe('MSA|AA|x');
  });

  it('is told later when the hub is away just then, and nothing is sent again for it', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    let finish: () => void = () => undefined;
    open.channel.answer(new Promise((resolve) => (finish = () => resolve({ kind: 'accepted', ackId: 'AA x' }))));
    const round = open.loop.kick();
    await open.time.advance(1);
    open.fhir.failWith({ code: 'unreachable', sent: false });
    finish();
    await round;
    expect(open.deliveries()).toMatchObject([{ state: 'waiting', problem: 'unanswered' }]);
    open.fhir.failWith(undefined);
    await open.time.advance(3 * MINUTE_MS);
    await open.loop.kick();
    expect(open.channel.seen).toHaveLength(1);
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', acknowledgement: 'AA x', attempts: 1 }]);
  });

  it('keeps who opened the report although the attempt was under way just then', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    let finish: () => void = () => undefined;
    open.channel.answer(new Promise((resolve) => (finish = () => resolve({ kind: 'accepted', ackId: 'x' }))));
    const round = open.loop.kick();
    await open.time.advance(1);
    const [task] = open.fhir.all<Task>('Task');
    const read = deliveryFromFhir(task);
    if (!read.ok) throw new Error('unreadable');
    const opened = { ...read.value, openedAt: open.time.clock.now(), openedBy: 'Dr. House' };
    await open.fhir.update(deliveryToFhir(opened, undefined, task), read.value.version);
    finish();
    await round;
    expect(open.deliveries()).toMatchObject([{ state: 'accepted', openedBy: 'Dr. House' }]);
  });

  it('leaves alone what was undone in its window', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    const [task] = open.fhir.all<Task>('Task');
    if (task === undefined) throw new Error('no task');
    await open.fhir.update({ ...task, status: 'cancelled' }, task.meta?.versionId);
    await open.loop.kick();
    expect(open.channel.seen).toEqual([]);
  });

  it('asks first whether the site has it when an attempt is repeated', async () => {
    const open = openDelivery([siteWith([HL7])]);
    await open.sign(signed(1));
    open.channel.answer({ kind: 'unknown', code: 'x' });
    await open.loop.kick();
    await open.time.advance(10 * SECOND_MS);
    await open.loop.kick();
    expect(open.channel.seen.map(({ isRepeat }) => isRepeat)).toEqual([false, true]);
  });
});
