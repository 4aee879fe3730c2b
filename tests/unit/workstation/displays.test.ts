import { describe, expect, it } from 'vitest';

import { auditedCalls } from '#electron/workstation/audit/audited-calls.ts';
import { createDisplayHandlers } from '#electron/workstation/displays.ts';
import type { CallHandlers } from '#electron/workstation/door/api.ts';
import { createStoredList } from '#electron/workstation/stored-list.ts';
import { deskWindowSchema, displayCheckSchema } from '#shared/contract/display-calls.ts';
import type { AuditFacts } from '#shared/domain/audit-entry.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { HOUR_MS, type EpochMs } from '#shared/kernel/clock.ts';

const START = 1_800_000_000_000;
const reader = 'r1' as RadiologistId;
const shift = { readerId: reader, readerName: 'A^B', from: START, until: START + 10 * HOUR_MS, breaks: [] } as never;

function workplace() {
  const files = new Map<string, unknown>();
  const told: AuditFacts[] = [];
  const clock = { time: START + 60_000, now: () => clock.time as EpochMs };
  const settings = {
    load: async (name: string) => files.get(name),
    save: async (name: string, value: unknown) => {
      files.set(name, JSON.parse(JSON.stringify(value)));
      return 'saved' as const;
    },
  };
  const handlers = createDisplayHandlers({
    desk: createStoredList(settings, 'desk', deskWindowSchema),
    checks: createStoredList(settings, 'display-checks', displayCheckSchema),
    roster: () => [shift],
    readerId: reader,
    clock,
  });
  const calls = auditedCalls(handlers as CallHandlers, { record: (facts: AuditFacts) => void told.push(facts) });
  return { calls, told, clock };
}

const answers = {
  displayKey: '2048x2560@1920,0',
  kind: 'grey',
  drawn: '12345678912',
  typed: '12345678912',
  ambient: 'dark',
  isEven: true,
} as const;

describe('the displays of a workstation', () => {
  it('keep a check with the shift it was made in, and write it into the audit chain', async () => {
    const { calls, told } = workplace();
    const { status, check } = await calls.keepDisplayCheck(answers);
    expect(status).toBe('saved');
    expect(check).toMatchObject({ outcome: 'passed', kind: 'grey', seen: 11, of: 11, shiftFrom: START });
    expect((await calls.displays({})).checks).toEqual([check]);
    expect(told).toEqual([{ act: 'display.checked', outcome: 'done', code: '2048x2560@1920,0', count: 11 }]);
  });

  it('a failed one is kept with its reasons', async () => {
    const { calls, told } = workplace();
    await calls.keepDisplayCheck({ ...answers, ambient: 'bright' });
    expect((await calls.displays({})).checks[0]).toMatchObject({
      outcome: 'failed',
      reasons: ['the room is too bright'],
    });
    expect(told[0]).toMatchObject({ outcome: 'failed' });
  });

  it('a check of the last shift does not hold in this one', async () => {
    const { calls, clock } = workplace();
    clock.time = START - 2 * HOUR_MS;
    const { check } = await calls.keepDisplayCheck(answers);
    expect(check.shiftFrom).toBeUndefined();
    clock.time = START + HOUR_MS;
    const { holdsFrom } = await calls.displays({});
    expect(check.at).toBeLessThan(holdsFrom);
  });

  it('the desk is there again after a start', async () => {
    const { calls } = workplace();
    const desk = [
      { number: 0, left: 0, top: 0, width: 1600, height: 1000 },
      { number: 1, left: 1920, top: 0, width: 2048, height: 2560 },
      { number: 2, left: -2048, top: 0, width: 2048, height: 2560 },
    ];
    expect(await calls.saveDesk({ desk })).toEqual({ status: 'saved' });
    expect((await calls.displays({})).desk).toEqual(desk);
  });
});
