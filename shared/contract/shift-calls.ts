import { z } from 'zod';

import { PRIORITIES } from '../domain/priority.ts';
import type { Contract } from './contract.ts';
import { epochMs, interruptionSchema } from './schemas.ts';

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

const share = z.number().min(0).max(1);
const minutes = z.number().min(1).max(100_000);

/** Mirrors WorklistRules: what a rehearsal may change. */
export const rulesSchema = z.strictObject({
  name: z.string().min(1).max(80),
  order: z.enum(['start-by', 'class-then-time', 'time']),
  turnaroundMinutes: z.record(z.enum(PRIORITIES), minutes),
  credits: z.strictObject({
    emergency: share,
    icu: share,
    inpatient: share,
    patientWaiting: share,
    aiResult: share,
    escalation: share,
  }),
  raisedTo: z.strictObject({ aiResult: z.enum(PRIORITIES), patientWaiting: z.enum(PRIORITIES) }),
  strengthMinutes: z.number().min(0).max(1000),
  brevityMinutes: z.number().min(0).max(1000),
  scarcityMinutes: z.number().min(0).max(1000),
  lateShift: z.strictObject({ afterHours: z.number().min(0).max(24), complexMinutes: minutes }),
  capMinutes: minutes,
  aheadMinutes: z.number().min(0).max(100_000),
  interruption: z.strictObject({
    for: z.array(z.enum(PRIORITIES)),
    perHour: z.number().min(0).max(60),
    riskFrom: z.number().min(0).max(1000),
  }),
});

const playedSchema = z.strictObject({
  classes: z.array(
    z.strictObject({
      priority: z.enum(PRIORITIES),
      readings: z.number(),
      medianTurnaroundMinutes: z.number(),
      p95TurnaroundMinutes: z.number(),
      shareWithinTarget: z.number(),
      breaches: z.number(),
    }),
  ),
  giniOfMinutes: z.number(),
  idleMinutes: z.number(),
  unread: z.number(),
});

export const shiftCalls = {
  /** The rules that order the group's lists. */
  listRules: {
    method: 'rules.get',
    request: nothing,
    response: z.strictObject({ rules: rulesSchema }),
  },
  /** Last night's list, played again under the rules in force and under these. */
  rehearseRules: {
    method: 'rules.rehearse',
    request: z.strictObject({ rules: rulesSchema }),
    response: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('rehearsed'),
        readings: z.number(),
        from: epochMs,
        until: epochMs,
        current: playedSchema,
        proposed: playedSchema,
      }),
      /** Nothing arrived last night, or the hub does not answer. */
      z.strictObject({ status: z.enum(['nothing-to-rehearse', 'hub-unreachable']) }),
    ]),
  },
  /** From now on on every workstation of the group. */
  switchRules: {
    method: 'rules.switch',
    request: z.strictObject({ rules: rulesSchema }),
    response: z.strictObject({ status: z.enum(['switched', 'changed-meanwhile', 'hub-unreachable']) }),
  },
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
      /** Emergencies that no free reader on shift may take, most urgent first, and who is asked to set a case aside. */
      interruptions: z.array(
        interruptionSchema.extend({ readerId: text, readerName: text, expectedMinutes: z.number() }),
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
