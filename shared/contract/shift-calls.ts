import { z } from 'zod';

import { PRIORITIES } from '../domain/priority.ts';
import type { Contract } from './contract.ts';
import { epochMs } from './schemas.ts';

const nothing = z.strictObject({});
const text = z.string();

const load = {
  readerId: text,
  /** PS3.5 PN. */
  readerName: text,
  readings: z.number(),
  minutes: z.number(),
  wrvu: z.number(),
  /** Above zero: behind an equal share by hours on shift. */
  deficitMinutes: z.number(),
};

const actSchema = z.strictObject({
  at: epochMs,
  examText: text,
  siteName: text,
  reason: text.optional(),
  toName: text.optional(),
});

export const shiftCalls = {
  /** How the shift stands, for every reader to see. */
  shiftBoard: {
    method: 'shift.board',
    request: nothing,
    response: z.strictObject({
      at: epochMs,
      /** False: no roster is configured or found; hours are then not known. */
      hasRoster: z.boolean(),
      readers: z.array(
        z.strictObject({
          ...load,
          isOnShift: z.boolean(),
          hoursIn: z.number(),
          hoursLeft: z.number(),
          openMinutes: z.number(),
          shareMinutes: z.number(),
          breakUntil: epochMs.optional(),
          /** Stated while it holds: what is not pushed to this reader any more. */
          guard: text.optional(),
          /** What stands on their screen. */
          open: z.array(z.strictObject({ taskId: text, examText: text, siteName: text, since: epochMs })),
        }),
      ),
      readingsWaiting: z.number(),
      minutesWaiting: z.number(),
      breaches: z.array(
        z.strictObject({
          taskId: text,
          examText: text,
          siteName: text,
          standsAs: z.enum(PRIORITIES),
          dueAt: epochMs,
          lateMinutes: z.number(),
        }),
      ),
      forecast: z.array(
        z.strictObject({
          from: epochMs,
          until: epochMs,
          arrivingMinutes: z.number(),
          capacityMinutes: z.number(),
          waitingMinutes: z.number(),
        }),
      ),
      /** 0: equal; towards 1: one reader has everything. */
      giniOfMinutes: z.number(),
      giniOfWrvu: z.number(),
      ledger: z.array(
        z.strictObject({
          ...load,
          picked: z.array(actSchema),
          declined: z.array(actSchema),
          handedOver: z.array(actSchema),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Contract>;
