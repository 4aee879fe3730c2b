import { z } from 'zod';

import { CONFIRMATION_WAYS, CRITICAL_LEVELS, TELLING_WAYS } from '../domain/critical-result.ts';
import type { Contract } from './contract.ts';
import { deliverySchema, epochMs, worklistRowSchema } from './schemas.ts';

const nothing = z.strictObject({});
const id = z.string().min(1).max(100);
/** A line a person writes. */
const line = z.string().trim().min(1).max(200);
const sentence = z.string().trim().min(1).max(2000);
const actor = z.strictObject({ id: z.string(), name: z.string() });

/** Whom, how, and whether it was read back; when and by whom is the workstation's to say. */
const told = z.strictObject({ name: line, role: line, how: z.enum(TELLING_WAYS), readBack: z.boolean() });

/** Which order of which site something belongs to. */
const place = {
  taskId: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  accessionNumber: z.string().optional(),
  patientId: z.string().optional(),
  patientName: z.string(),
  examText: z.string(),
};

export const criticalSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  uuid: z.string(),
  ...place,
  reportId: z.string().optional(),
  level: z.enum(CRITICAL_LEVELS),
  finding: z.string(),
  foundAt: epochMs,
  foundBy: actor,
  windowEndsAt: epochMs,
  escalatesAt: epochMs,
  caller: z.enum(['reader', 'support-desk']),
  tellings: z.array(
    z.strictObject({
      by: actor,
      to: z.strictObject({ name: z.string(), role: z.string() }),
      how: z.enum(TELLING_WAYS),
      at: epochMs,
      readBack: z.boolean(),
    }),
  ),
  escalations: z.array(
    z.strictObject({
      at: epochMs,
      to: z.strictObject({ name: z.string(), role: z.string(), phone: z.string() }).optional(),
    }),
  ),
  confirmation: z.strictObject({ at: epochMs, by: z.string(), via: z.enum(CONFIRMATION_WAYS) }).optional(),
});

const contact = z.strictObject({ name: z.string(), role: z.string(), phone: z.string(), isOnCall: z.boolean() });

const recommendationSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  uuid: z.string(),
  ...place,
  what: z.string(),
  why: z.string(),
  dueAt: epochMs,
  recommendedAt: epochMs,
  recommendedBy: actor,
  state: z.enum(['open', 'reminded', 'done', 'declined']),
  remindedAt: epochMs.optional(),
  remindedBy: z.enum(['notice', 'support-desk']).optional(),
  closedBy: z.string().optional(),
});

const questionSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  uuid: z.string(),
  ...place,
  text: z.string(),
  askedAt: epochMs,
  askedBy: actor,
  sending: z
    .strictObject({
      attempts: z.number(),
      notBefore: epochMs.optional(),
      acknowledgedAt: epochMs.optional(),
      problem: z.string().optional(),
    })
    .optional(),
  answer: z.strictObject({ text: z.string(), by: z.string(), at: epochMs }).optional(),
});

const done = (...refusals: [string, ...string[]]) => z.strictObject({ status: z.enum(['done', ...refusals]) });

/** Critical results, recommendations, questions to sites, and the desk that follows them up. */
export const criticalCalls = {
  criticalResults: {
    method: 'critical.list',
    request: nothing,
    response: z.strictObject({
      at: epochMs,
      /** Unconfirmed, least time left first: from every reader and site of the hub. */
      open: z.array(criticalSchema),
      /** Confirmed in the last twelve hours, newest first. */
      confirmed: z.array(criticalSchema),
    }),
  },
  /** What the form needs to know of the site before the call. */
  criticalForm: {
    method: 'critical.form',
    request: z.strictObject({ taskId: id }),
    response: z.strictObject({
      contacts: z.array(contact),
      timeZone: z.string(),
      windowMinutes: z.strictObject({ red: z.number(), orange: z.number(), yellow: z.number() }),
    }),
  },
  /** One act: Communication and audit entry on the hub, and the sentence for the report in return. Without `told` the support desk calls. */
  recordCritical: {
    method: 'critical.record',
    request: z.strictObject({
      /** Made by the window once: the same act sent again is the same result. */
      uuid: z.uuid(),
      taskId: id,
      level: z.enum(CRITICAL_LEVELS),
      finding: sentence,
      told: told.optional(),
    }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('recorded'), sentence: z.string(), isConfirmed: z.boolean() }),
      z.strictObject({ status: z.literal('not-found') }),
    ]),
  },
  /** A further call about an open result; a read-back confirms it. */
  tellCritical: {
    method: 'critical.tell',
    request: z.strictObject({ id, told }),
    response: done('not-found', 'confirmed-before'),
  },
  handOverCritical: {
    method: 'critical.hand-over',
    request: z.strictObject({ id }),
    response: done('not-found', 'confirmed-before'),
  },
  recommend: {
    method: 'recommendation.record',
    request: z.strictObject({ uuid: z.uuid(), taskId: id, what: sentence, why: sentence, dueAt: epochMs }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('recorded'), sentence: z.string() }),
      z.strictObject({ status: z.literal('not-found') }),
    ]),
  },
  closeRecommendation: {
    method: 'recommendation.close',
    request: z.strictObject({ id, as: z.enum(['done', 'declined']), by: line }),
    response: done('not-found', 'closed-before'),
  },
  askSite: {
    method: 'question.ask',
    request: z.strictObject({ uuid: z.uuid(), taskId: id, text: sentence }),
    response: done('not-found'),
  },
  /** What this case's site was asked, open or answered: it stands beside the images. */
  caseQuestions: {
    method: 'question.of-case',
    request: z.strictObject({ taskId: id }),
    response: z.strictObject({ questions: z.array(questionSchema) }),
  },
  /** The site answered by phone. */
  answerQuestion: {
    method: 'question.answer',
    request: z.strictObject({ id, text: sentence, by: line }),
    response: done('not-found', 'answered-before'),
  },
  support: {
    method: 'support.desk',
    request: nothing,
    response: z.strictObject({
      at: epochMs,
      /** Calls to place: handed over or escalated, unconfirmed. `next`: whom to call now. */
      calls: z.array(z.strictObject({ result: criticalSchema, next: contact.optional() })),
      /** Due and not carried out, as far as anybody said. */
      recommendations: z.array(recommendationSchema),
      /** The reader waits for the site: open questions first, then what was answered in the last twelve hours. */
      questions: z.array(questionSchema),
      missingImages: z.array(worklistRowSchema),
      stuckDeliveries: z.array(deliverySchema),
      breaches: z.array(worklistRowSchema),
      inbox: z.strictObject({
        /** Sites whose reports go to their page, when pages are served at all. */
        sites: z.array(z.strictObject({ siteId: z.string(), siteName: z.string() })),
        links: z.array(
          z.strictObject({
            id: z.string(),
            siteId: z.string(),
            siteName: z.string(),
            expiresAt: epochMs,
            state: z.enum(['code-waiting', 'in-use', 'needs-code', 'dead']),
            codeAskedAt: epochMs.optional(),
          }),
        ),
      }),
    }),
  },
  /** Link and code are told once and kept nowhere. */
  inviteSite: {
    method: 'inbox.invite',
    request: z.strictObject({ siteId: id }),
    response: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('invited'),
        url: z.string(),
        code: z.string(),
        codeUntil: epochMs,
        expiresAt: epochMs,
      }),
      z.strictObject({ status: z.literal('no-inbox') }),
    ]),
  },
  newInboxCode: {
    method: 'inbox.new-code',
    request: z.strictObject({ linkId: id }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('made'), code: z.string(), codeUntil: epochMs }),
      z.strictObject({ status: z.literal('not-found') }),
    ]),
  },
  revokeInboxLink: {
    method: 'inbox.revoke',
    request: z.strictObject({ linkId: id }),
    response: done('not-found'),
  },
} as const satisfies Record<string, Contract>;

export type CriticalView = z.output<typeof criticalSchema>;
