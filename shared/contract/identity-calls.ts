import { z } from 'zod';

import { IDENTITY_FACTS, IDENTITY_SOURCES } from '../domain/identity.ts';
import { MATCH_STRENGTHS } from '../domain/patient-match.ts';
import type { Contract } from './contract.ts';

const side = z.strictObject({ source: z.enum(IDENTITY_SOURCES), value: z.string() });

/** Whether order, images and notes speak of one person; meanings are documented on `IdentityConflict`. */
export const identitySchema = z.strictObject({
  /** `unread`: whose images they are is not known yet, and none may be shown. `conflict`: somebody has to decide. */
  state: z.enum(['agreed', 'conflict', 'unread']),
  /** What nobody has decided yet. */
  conflicts: z.array(
    z.strictObject({ key: z.string(), fact: z.enum(IDENTITY_FACTS), one: side, other: side, rule: z.string() }),
  ),
  /** The site was asked whose images these are. */
  sentBack: z.strictObject({ at: z.number(), byName: z.string(), reason: z.string() }).optional(),
});
export type CaseIdentity = z.output<typeof identitySchema>;

/** A record of another site or issuer that is, or may be, of the same person; meanings are documented on `RecordElsewhere`. */
export const recordElsewhereSchema = z.strictObject({
  patientId: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  strength: z.enum(MATCH_STRENGTHS),
  evidence: z.array(z.string()),
  /** Its priors stand among those of the case. */
  isUsed: z.boolean(),
  decision: z.strictObject({ verdict: z.enum(['same', 'different']), byName: z.string(), at: z.number() }).optional(),
  /** How asking that site for priors went; absent while it was not asked. */
  asked: z.strictObject({ at: z.number(), outcome: z.enum(['answered', 'unreachable']), count: z.number() }).optional(),
});
export type RecordElsewhereView = z.output<typeof recordElsewhereSchema>;

const taskId = z.string().min(1);

export const identityCalls = {
  /** Waits for the headers of the images where they are not at hand yet. */
  caseIdentity: {
    method: 'case.identity',
    request: z.strictObject({ taskId }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('checked'), identity: identitySchema }),
      z.strictObject({ status: z.literal('not-open') }),
    ]),
  },
  decideIdentity: {
    method: 'case.decide-identity',
    request: z.strictObject({
      taskId,
      /** `sent-back`: not this patient; the site is asked, the case goes back on the list and its clock stands still. */
      verdict: z.enum(['same-person', 'sent-back']),
      /** Exactly the conflicts the reader saw. */
      conflicts: z.array(z.string()).min(1).max(200),
      reason: z.string().max(2000),
      /** Of the question to the site, so that asking twice is asking once. */
      questionUuid: z.uuid(),
    }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('decided'), identity: identitySchema }),
      z.strictObject({ status: z.literal('sent-back') }),
      z.strictObject({ status: z.literal('reason-needed') }),
      /** Other conflicts by now than the reader saw. */
      z.strictObject({ status: z.literal('changed'), identity: identitySchema }),
      z.strictObject({ status: z.literal('not-held') }),
      z.strictObject({ status: z.literal('hub-unreachable') }),
    ]),
  },
  /** Whether a record of another site is the same person's; for every later reading of either, until taken back. */
  decideElsewhere: {
    method: 'case.decide-elsewhere',
    request: z.strictObject({
      taskId,
      patientId: z.string().min(1),
      verdict: z.enum(['same', 'different', 'taken-back']),
      /** Exactly what the reader saw. */
      evidence: z.array(z.string()).max(50),
    }),
    response: z.strictObject({
      /** `changed`: other evidence by now than the reader saw. */
      status: z.enum(['decided', 'changed', 'not-open', 'not-found', 'hub-unreachable']),
    }),
  },
} as const satisfies Record<string, Contract>;
