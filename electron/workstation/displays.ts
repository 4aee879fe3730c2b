import type { CallHandlers } from '#electron/workstation/door/api.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { checksHoldFrom, judgeDisplay, PATTERN_SIGNS } from '#shared/domain/display-check.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { shiftAt, type Shift } from '#shared/domain/shift.ts';
import { DAY_MS, type Clock } from '#shared/kernel/clock.ts';

import type { StoredList } from './stored-list.ts';

type Desk = CallRequest<'saveDesk'>['desk'];
type Check = CallResponse<'displays'>['checks'][number];

/** Quality control looks back at them; older ones stand in the audit chain. */
const KEPT_MS = 90 * DAY_MS;

export interface DisplayPorts {
  readonly desk: StoredList<Desk[number]>;
  readonly checks: StoredList<Check>;
  readonly roster: () => readonly Shift[];
  readonly readerId: RadiologistId;
  readonly clock: Clock;
}

/** The displays of this workstation: the saved desk, and the checks with the shift they were made for. */
export function createDisplayHandlers(
  ports: DisplayPorts,
): Pick<CallHandlers, 'displays' | 'saveDesk' | 'keepDisplayCheck'> {
  const { desk, checks, roster, readerId, clock } = ports;
  return {
    displays: async () => ({
      desk: await desk.load(),
      checks: await checks.load(),
      holdsFrom: checksHoldFrom(roster(), readerId, clock.now()),
    }),
    saveDesk: async (request) => ({ status: await desk.save(request.desk) }),
    async keepDisplayCheck({ displayKey, kind, ...answers }) {
      const now = clock.now();
      const verdict = judgeDisplay(answers);
      const shift = shiftAt(roster(), readerId, now);
      const check: Check = {
        displayKey,
        kind,
        outcome: verdict.outcome,
        reasons: verdict.outcome === 'failed' ? [...verdict.reasons] : [],
        ambient: answers.ambient,
        seen: verdict.seen,
        of: PATTERN_SIGNS.length,
        at: now,
        ...(shift === undefined ? {} : { shiftFrom: shift.from }),
      };
      const kept = (await checks.load()).filter(({ at }) => now - at < KEPT_MS);
      return { status: await checks.save([...kept, check]), check };
    },
  };
}
