import { z } from 'zod';

import { AMENDMENT_KINDS } from '../reporting/amendment.ts';
import { REPORT_STATES } from '../reporting/report-state.ts';
import { DISCREPANCY_CATEGORIES } from '../reporting/signed-report.ts';
import type { Contract } from './contract.ts';
import { complaintSchema, deliverySchema, epochMs, reportBodySchema, saveAnswerSchema } from './schemas.ts';

const nothing = z.strictObject({});
const taskId = z.string().min(1);
const pin = z.string().max(200);
const reason = z.string().max(2000);

/** One signed version as a reader looks at it. */
export const signedVersionSchema = z.strictObject({
  reportUuid: z.string(),
  version: z.number(),
  state: z.enum(REPORT_STATES),
  signedBy: z.string(),
  signedById: z.string(),
  signedAt: epochMs,
  body: reportBodySchema,
  addenda: z.array(z.strictObject({ text: z.string(), signedBy: z.string(), signedAt: epochMs })),
  reason: z.string().optional(),
});
export type SignedVersion = z.output<typeof signedVersionSchema>;

/** What is typed for a later version, before it is signed. Meanings are documented on `Amendment`. */
const amendmentSchema = z.strictObject({
  basedOn: z.strictObject({ reportUuid: z.string(), version: z.number() }),
  text: z.string().max(200_000),
  body: reportBodySchema,
  reason,
  readAgain: z.boolean(),
});

/** What any signature may come to. */
const outcomes = [
  z.strictObject({
    status: z.literal('signed'),
    reportId: z.string(),
    reportUuid: z.string().optional(),
    deliveries: z.array(deliverySchema),
    /** Until then it has not left, and may be taken back. */
    undoUntil: epochMs.optional(),
  }),
  /** Signed and fsynced here; goes to the hub when it answers again. */
  z.strictObject({
    status: z.literal('signed-here'),
    reportUuid: z.string().optional(),
    undoUntil: epochMs.optional(),
  }),
  z.strictObject({ status: z.literal('wrong-pin') }),
  z.strictObject({ status: z.literal('no-pin') }),
  z.strictObject({ status: z.literal('wait'), seconds: z.number() }),
  /** The group's identity provider did not vouch for this reader just now. */
  z.strictObject({ status: z.literal('not-confirmed'), code: z.enum(['another-person', 'declined', 'unreachable']) }),
  z.strictObject({ status: z.literal('context-mismatch') }),
  /** Order, images and notes name different people, and nobody has decided. */
  z.strictObject({ status: z.literal('identity-undecided') }),
  z.strictObject({ status: z.literal('claim-lost') }),
  z.strictObject({ status: z.literal('already-signed') }),
  /** Another version was signed meanwhile; nothing was overwritten. */
  z.strictObject({ status: z.literal('superseded') }),
  /** Images came or went since the case was opened; told once, the next signature counts as knowing. */
  z.strictObject({ status: z.literal('images-changed'), before: z.number(), now: z.number() }),
  z.strictObject({ status: z.literal('incomplete'), complaints: z.array(complaintSchema) }),
  /** Neither the hub nor this disk took it: nothing is signed. */
  z.strictObject({ status: z.literal('not-kept') }),
  /** The site does not let this reader sign that. */
  z.strictObject({ status: z.literal('not-privileged'), reason: z.string() }),
] as const;

export const signingCalls = {
  signReport: {
    method: 'report.sign',
    request: z.strictObject({
      taskId,
      /** The context key each panel holds at this moment: all three must be the case's own. */
      contextKeys: z.strictObject({ viewer: z.string(), notes: z.string(), report: z.string() }),
      fence: z.string(),
      pin,
      body: reportBodySchema,
      /** Absent: final. `cancelled`: there is no reading, and `reason` says why. */
      kind: z.enum(['final', 'preliminary', 'cancelled']).optional(),
      reason: reason.optional(),
      /** One reason for each complaint that is signed in spite of. */
      overrides: z
        .array(z.strictObject({ code: z.string(), quote: z.string().optional(), reason }))
        .max(200)
        .optional(),
      /** Asked for when this final report differs from another reader's preliminary one. */
      discrepancy: z.strictObject({ category: z.enum(DISCREPANCY_CATEGORIES), comment: reason }).optional(),
      /** The attestation as the reader read it, where one belongs to this signature. */
      attestation: z.string().max(2000).optional(),
    }),
    response: z.discriminatedUnion('status', [
      ...outcomes,
      /** This report differs from the preliminary one: say how much. */
      z.strictObject({ status: z.literal('discrepancy-needed'), firstReader: z.string() }),
      /** Another reader wrote it first: this sentence is signed with it, once it was shown. */
      z.strictObject({ status: z.literal('attestation-needed'), text: z.string() }),
    ]),
  },
  /** Takes the last signature on a reading back, before it has left. */
  undoSignature: {
    method: 'report.undo',
    request: z.strictObject({ taskId }),
    response: z.strictObject({ status: z.enum(['undone', 'too-late', 'hub-unreachable']) }),
  },
  /** Signed versions of a reading, newest first. */
  reportVersions: {
    method: 'report.versions',
    request: z.strictObject({ taskId }),
    response: z.strictObject({ versions: z.array(signedVersionSchema) }),
  },
  /** A later version of a signed report: the earlier one stays as it is. */
  amendReport: {
    method: 'report.amend',
    request: z.strictObject({
      taskId,
      contextKey: z.string(),
      /** The version the reader saw as the newest. */
      basedOn: z.string(),
      pin,
      overrides: z
        .array(z.strictObject({ code: z.string(), quote: z.string().optional(), reason }))
        .max(200)
        .optional(),
      change: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('addendum'), text: z.string().min(1).max(200_000) }),
        z.strictObject({ kind: z.literal('correction'), body: reportBodySchema, reason: reason.min(1) }),
        z.strictObject({
          kind: z.literal('withdrawal'),
          reason: reason.min(1),
          /** The reading goes back on the list, to be read again. */
          readAgain: z.boolean(),
        }),
      ]),
    }),
    response: z.discriminatedUnion('status', [
      ...outcomes,
      z.strictObject({ status: z.literal('nothing-changed') }),
      z.strictObject({ status: z.literal('hub-unreachable') }),
    ]),
  },
  /** What this reader has typed for a later version and not signed. */
  amendmentDraft: {
    method: 'amendment.draft',
    request: z.strictObject({ taskId, kind: z.enum(AMENDMENT_KINDS) }),
    response: z.strictObject({
      revision: z.number(),
      draft: z.strictObject({ savedAt: epochMs, body: amendmentSchema }).optional(),
    }),
  },
  saveAmendment: {
    method: 'amendment.save',
    request: z.strictObject({
      taskId,
      contextKey: z.string(),
      kind: z.enum(AMENDMENT_KINDS),
      /** The revision this edit is based on. */
      revision: z.number(),
      body: amendmentSchema,
    }),
    response: saveAnswerSchema,
  },
  /** Reports signed here that are not on the hub. */
  waitingSignatures: {
    method: 'signing.waiting',
    request: nothing,
    response: z.strictObject({
      reports: z.array(
        z.strictObject({
          reportUuid: z.string(),
          taskId: z.string(),
          state: z.enum(['waiting', 'set-aside']),
          problem: z.string().optional(),
          patientName: z.string().optional(),
          examText: z.string().optional(),
          siteName: z.string().optional(),
          signedAt: epochMs.optional(),
          text: z.string().optional(),
        }),
      ),
    }),
  },
  /** What a person decided about one that was set aside. */
  settleSignature: {
    method: 'signing.settle',
    request: z.strictObject({ reportUuid: z.string().min(1), act: z.enum(['send-again', 'discard']), reason }),
    response: z.strictObject({ status: z.enum(['done', 'not-found', 'reason-needed']) }),
  },
  /** Final reports that differ from this reader's preliminary ones, not seen yet. */
  discrepancies: {
    method: 'discrepancies.list',
    request: nothing,
    response: z.strictObject({
      notices: z.array(
        z.strictObject({
          id: z.string(),
          taskId: z.string(),
          category: z.enum(DISCREPANCY_CATEGORIES),
          comment: z.string(),
          examText: z.string(),
          siteName: z.string(),
          finalReader: z.string(),
          at: epochMs,
          /** What this reader had written, where it was a draft and no signed version. */
          firstDraft: reportBodySchema.optional(),
        }),
      ),
    }),
  },
  discrepancySeen: {
    method: 'discrepancies.seen',
    request: z.strictObject({ id: z.string().min(1) }),
    response: z.strictObject({ status: z.enum(['seen', 'not-found', 'hub-unreachable']) }),
  },
  /** What anyone needs to check this reader's signatures: RFC 7517, and the RFC 7638 thumbprint to compare. */
  signingKey: {
    method: 'signing.key',
    request: nothing,
    response: z.strictObject({
      keyId: z.string(),
      jwk: z.strictObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() }),
    }),
  },
  exportAudit: {
    method: 'audit.export',
    request: nothing,
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('exported'), fileName: z.string(), text: z.string() }),
      z.strictObject({ status: z.literal('not-written') }),
    ]),
  },
} as const satisfies Record<string, Contract>;
