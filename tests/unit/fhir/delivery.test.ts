import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';

import { absurdities, deliveries } from './arbitraries.ts';

const sampled = () => {
  const [delivery] = fc.sample(deliveries, 1);
  if (delivery === undefined) throw new Error('no sample');
  return delivery;
};

describe('a delivery as FHIR Task', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(deliveries, (delivery) => {
        const written = JSON.parse(JSON.stringify(deliveryToFhir(delivery, 'u-1')));
        expect(deliveryFromFhir(written)).toEqual({ ok: true, value: delivery });
      }),
    );
  });

  it('is told apart by report and channel, and keeps that identity when it is written again', () => {
    const delivery = { ...sampled(), channelIndex: 2 };
    const first = deliveryToFhir(delivery, '4f7a');
    expect(first.identifier).toEqual([{ system: 'urn:overread:delivery', value: '4f7a/2' }]);
    expect(deliveryToFhir({ ...delivery, attempts: 3 }, undefined, first).identifier).toEqual(first.identifier);
  });

  it('points at the report and at the reading it belongs to', () => {
    const delivery = sampled();
    expect(deliveryToFhir(delivery, 'u-1')).toMatchObject({
      focus: { reference: `DiagnosticReport/${delivery.reportId}` },
      partOf: [{ reference: `Task/${delivery.taskId}` }],
      basedOn: [{ reference: `Task/${delivery.taskId}` }],
    });
  });

  it('is never taken for a reading', () => {
    expect(readingTaskFromFhir(deliveryToFhir(sampled(), 'u-1'))).toMatchObject({
      ok: false,
      error: { code: 'another-kind-of-task' },
    });
  });

  it.each(['failed', 'rejected', 'on-hold', 'entered-in-error', 'nonsense', 7])(
    'with status %s is with a person, never silently closed',
    (status) => {
      const task = { ...deliveryToFhir(sampled(), 'u-1'), status };
      expect(deliveryFromFhir(task)).toMatchObject({ ok: true, value: { state: 'with-a-person' } });
    },
  );

  it('that was undone is no delivery any more, and no trouble either', () => {
    const task = { ...deliveryToFhir(sampled(), 'u-1'), status: 'cancelled' };
    expect(deliveryFromFhir(task)).toMatchObject({ ok: false, error: { code: 'undone' } });
  });

  it('settled by hand is closed, and says by whom and how', () => {
    const settlement = { how: 'rerouted', by: 'Lee^Dana', at: Date.UTC(2026, 10, 21) as EpochMs } as const;
    const delivery = { ...sampled(), state: 'settled-by-hand', settlement } as const;
    const task = deliveryToFhir(delivery, 'u-1');
    expect(task.status).toBe('completed');
    expect(deliveryFromFhir(task)).toEqual({ ok: true, value: delivery });
  });

  it.each(['focus', 'input'])('without its %s says that it cannot be read', (member) => {
    const task = { ...deliveryToFhir(sampled(), 'u-1'), [member]: undefined };
    expect(deliveryFromFhir(task)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(absurdities(deliveries.map((delivery) => deliveryToFhir(delivery, 'u'))), (resource) => {
        const result = deliveryFromFhir(resource);
        if (result.ok) expect(() => deliveryToFhir(result.value, undefined)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
