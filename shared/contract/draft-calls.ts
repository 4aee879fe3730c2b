import { z } from 'zod';

import { PRIVILEGES } from '../domain/radiologist.ts';
import type { Contract } from './contract.ts';
import { keptDrawingsSchema } from './report-image-schemas.ts';
import { complaintSchema, epochMs, reportBodySchema, saveAnswerSchema } from './schemas.ts';

const taskId = z.string().min(1);

/** The states of a draft that goes to another reader, oldest first. */
export const handedStatesSchema = z.array(
  z.strictObject({
    savedAt: epochMs,
    body: reportBodySchema,
    drawings: keptDrawingsSchema.optional(),
    writer: z.strictObject({ id: z.string(), name: z.string(), signs: z.enum(PRIVILEGES) }),
  }),
);

/** What is typed and not signed: kept at every change, and every kept state can be seen. */
export const draftCalls = {
  saveDraft: {
    method: 'draft.save',
    request: z.strictObject({
      taskId,
      contextKey: z.string(),
      /** The revision this edit is based on. */
      revision: z.number(),
      body: reportBodySchema,
      drawings: keptDrawingsSchema.optional(),
    }),
    response: saveAnswerSchema,
  },
  /** The kept states of one's own draft, newest first. */
  draftHistory: {
    method: 'draft.history',
    request: z.strictObject({ taskId }),
    response: z.strictObject({
      states: z.array(
        z.strictObject({
          revision: z.number(),
          savedAt: epochMs,
          /** The reader who wrote it and handed the draft over; absent for one's own. */
          byName: z.string().optional(),
          /** Words, against the state before; absent for the oldest that is kept. */
          change: z.strictObject({ added: z.number(), removed: z.number() }).optional(),
        }),
      ),
    }),
  },
  /** An impression drafted by the language model of the configuration; only exam and findings are sent, without names, days and numbers. */
  draftByModel: {
    method: 'draft.by-model',
    request: z.strictObject({ taskId, contextKey: z.string(), body: reportBodySchema }),
    response: z.discriminatedUnion('status', [
      /** Nobody's words yet; `complaints`: what the checks say of it. */
      z.strictObject({ status: z.literal('drafted'), text: z.string(), complaints: z.array(complaintSchema) }),
      z.strictObject({ status: z.literal('off') }),
      z.strictObject({ status: z.literal('wrong-context') }),
      z.strictObject({ status: z.literal('no-findings') }),
      z.strictObject({ status: z.literal('failed'), reason: z.string() }),
    ]),
  },
  draftState: {
    method: 'draft.state',
    request: z.strictObject({ taskId, revision: z.number() }),
    response: z.discriminatedUnion('status', [
      /** `before`: the state before it, where one is kept. */
      z.strictObject({ status: z.literal('found'), body: reportBodySchema, before: reportBodySchema.optional() }),
      /** Thinned out meanwhile, or the draft is gone. */
      z.strictObject({ status: z.literal('not-found') }),
    ]),
  },
} as const satisfies Record<string, Contract>;
