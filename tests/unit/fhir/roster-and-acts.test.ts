import { describe, expect, it } from 'vitest';

import { declinedBy, handedOverTo, withAct, type ReadingAct } from '#shared/domain/reading-act.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { readingActAsText, readingActFromText } from '#shared/fhir/reading-act-text.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { rosterFromFhir } from '#shared/fhir/roster-from-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { NIGHT, readingTask } from '#tests/support/reading-tasks.ts';

const ANA = 'dr-ana' as RadiologistId;
const BEN = 'dr-ben' as RadiologistId;
const act = (kind: ReadingAct['kind'], by = ANA, rest: Partial<ReadingAct> = {}): ReadingAct => ({
  kind,
  by,
  byName: 'Diaz^Ana',
  at: NIGHT,
  ...rest,
});

describe('acts of a reading', () => {
  it('travel on the Task and come back as they were, in their order', () => {
    const acts = [
      act('picked', ANA, { reason: 'asked "by name"' }),
      act('handed-over', ANA, { to: BEN, toName: 'Ray^Ben' }),
    ];
    const read = readingTaskFromFhir(readingTaskToFhir(readingTask('a', { acts })));
    expect(read.ok && read.value.acts).toEqual(acts);
  });
  it('are left out where they are no act of ours', () => {
    for (const text of ['', 'null', '[]', '{"kind":"eaten","by":"x","at":1}', '{"kind":"claimed","by":"x","at":"1"}'])
      expect(readingActFromText(text)).toBeUndefined();
    expect(readingActFromText(readingActAsText(act('claimed')))).toEqual(act('claimed'));
  });
  it('tell whether the reader’s last word was a decline, and a reading handed over until it is taken up', () => {
    expect(declinedBy([act('declined')], ANA)?.kind).toBe('declined');
    expect(declinedBy([act('declined'), act('claimed')], ANA)).toBeUndefined();
    expect(declinedBy([act('declined')], BEN)).toBeUndefined();
    const over = act('handed-over', ANA, { to: BEN });
    expect(handedOverTo([over], BEN)).toEqual(over);
    expect(handedOverTo([over, act('claimed', BEN)], BEN)).toBeUndefined();
  });
  it('never make the Task grow without end', () => {
    const many = Array.from({ length: 100 }, (_, at) => act('claimed', ANA, { at: at as EpochMs })).reduce<
      readonly ReadingAct[]
    >(withAct, []);
    expect(many).toHaveLength(40);
    expect(many.at(-1)?.at).toBe(99);
  });
});

describe('a roster held as Schedule and Slot', () => {
  const schedule = (id: string, reader?: string) => ({
    resourceType: 'Schedule',
    id,
    actor: [
      { reference: 'Location/1' },
      ...(reader === undefined
        ? []
        : [{ identifier: { system: 'urn:overread:reader', value: reader }, display: 'Ray^Ben' }]),
    ],
  });
  const slot = (scheduleId: string, start: string, end: string, status = 'busy') => ({
    resourceType: 'Slot',
    schedule: { reference: `Schedule/${scheduleId}` },
    start: `2026-11-21T${start}:00Z`,
    end: `2026-11-21T${end}:00Z`,
    status,
  });
  const hour = (text: string) => Date.parse(`2026-11-21T${text}:00Z`);

  it('gives one shift where slots touch, with what is unavailable as its break', () => {
    const slots = [
      slot('s', '14:00', '16:00'),
      slot('s', '10:00', '12:00', 'free'),
      slot('s', '12:00', '12:30', 'busy-unavailable'),
      slot('s', '12:30', '14:00'),
      slot('s', '20:00', '22:00'),
    ];
    expect(rosterFromFhir([schedule('s', 'dr-ben')], slots)).toEqual([
      {
        readerId: BEN,
        readerName: 'Ray^Ben',
        from: hour('10:00'),
        until: hour('16:00'),
        breaks: [{ from: hour('12:00'), until: hour('12:30') }],
      },
      { readerId: BEN, readerName: 'Ray^Ben', from: hour('20:00'), until: hour('22:00'), breaks: [] },
    ]);
  });
  it('leaves out errors, breaks without work, other people’s schedules and nonsense', () => {
    const slots = [
      slot('s', '10:00', '12:00', 'entered-in-error'),
      slot('s', '14:00', '13:00'),
      slot('s', '15:00', '16:00', 'busy-unavailable'),
      slot('other', '10:00', '12:00'),
      null,
      'x',
    ];
    expect(rosterFromFhir([schedule('s', 'dr-ben'), schedule('other'), null], slots)).toEqual([]);
  });
});
