import { z } from 'zod';

import { OPENED_TYPES } from '../documents/read-document.ts';

import { REQUISITION_GRADES } from '../domain/requisition-grade.ts';
import type { Contract } from './contract.ts';
import { identityCalls } from './identity-calls.ts';
import { criticalCalls } from './critical-calls.ts';
import {
  complaintSchema,
  deliverySchema,
  epochMs,
  noteFactSchema,
  nextCaseSchema,
  openCaseSchema,
  reportBodySchema,
  templateSchema,
} from './schemas.ts';
import { displayCalls } from './display-calls.ts';
import { draftCalls } from './draft-calls.ts';
import { hangingCalls } from './hanging-calls.ts';
import { macroCalls } from './macro-calls.ts';
import { shiftCalls } from './shift-calls.ts';
import { speechCalls } from './speech-calls.ts';
import { claimRefusals, worklistCalls } from './worklist-calls.ts';
import { signingCalls } from './signing-calls.ts';

const nothing = z.strictObject({});
const taskId = z.string().min(1);

/** A folder of DICOM files that became a site, with the files that did not make it and why. */
const importedFolder = z.strictObject({
  siteId: z.string(),
  siteName: z.string(),
  files: z.number(),
  instances: z.number(),
  studies: z.number(),
  problems: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});

/** Every call of the workstation's door. The door serves exactly these; the renderer calls exactly these. */
export const calls = {
  ...criticalCalls,
  ...signingCalls,
  ...macroCalls,
  ...identityCalls,
  ...hangingCalls,
  ...displayCalls,
  ...draftCalls,
  ...speechCalls,
  session: {
    method: 'session.get',
    request: nothing,
    response: z.strictObject({
      readerId: z.string(),
      readerName: z.string(),
      /** False on first run: the reader must choose a PIN before signing. */
      hasPin: z.boolean(),
      locked: z.boolean(),
      /** How a signature is confirmed: with the PIN, or by a fresh sign-in at the group's identity provider. */
      signsWith: z.enum(['pin', 'sign-in']).optional(),
      /** False while nothing protects what is stored here: the reader is asked to choose a PIN. */
      isProtected: z.boolean().optional(),
      /** The last signature, while it may be taken back; also one made before this window or the workstation was started. */
      undo: z.strictObject({ taskId, until: epochMs }).optional(),
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      demo: z.boolean(),
      /** A language model is configured that may draft impressions. */
      canAskModel: z.boolean().optional(),
      sites: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      hub: z.enum(['embedded', 'remote']),
    }),
  },
  setPin: {
    method: 'session.set-pin',
    request: z.strictObject({ currentPin: z.string().max(200).optional(), pin: z.string().min(4).max(200) }),
    response: z.strictObject({ status: z.enum(['set', 'wrong-pin']) }),
  },
  lock: { method: 'session.lock', request: nothing, response: nothing },
  unlock: {
    method: 'session.unlock',
    request: z.strictObject({ pin: z.string().max(200) }),
    response: z.strictObject({ status: z.enum(['unlocked', 'wrong-pin', 'wait']) }),
  },
  ...worklistCalls,
  ...shiftCalls,
  /** What stands on this workstation's screen now: a second window follows it. */
  openCaseNow: {
    method: 'case.current',
    request: nothing,
    response: z.strictObject({ case: openCaseSchema.optional() }),
  },
  /** Whose images to have ready, without a word about the patient: nothing is claimed, nothing may be shown. */
  nextCase: {
    method: 'case.next',
    request: z.strictObject({ pointedAt: taskId.optional() }),
    response: z.strictObject({ case: nextCaseSchema.optional() }),
  },
  /** Images that were painted since this was last said: what came late must be seen before a report is signed. */
  imagesSeen: {
    method: 'images.seen',
    request: z.strictObject({
      studyInstanceUid: z.string(),
      sopInstanceUids: z.array(z.string().max(64)).max(10_000),
    }),
    response: nothing,
  },
  /** The case left the screen; a claim on it goes on. */
  closeCase: { method: 'case.close', request: z.strictObject({ taskId }), response: nothing },
  renewClaim: {
    method: 'case.renew',
    request: z.strictObject({ taskId }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('renewed'), fence: z.string(), leaseUntil: epochMs }),
      ...claimRefusals,
    ]),
  },
  /** What was said of other exams of the patient; for a reason, which is written down (break-glass). */
  notesOutsideOrder: {
    method: 'case.notes-outside-order',
    request: z.strictObject({ taskId, reason: z.string().trim().min(1).max(2000) }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('read'), facts: z.array(noteFactSchema) }),
      z.strictObject({ status: z.literal('not-found') }),
      z.strictObject({ status: z.literal('hub-unreachable') }),
    ]),
  },
  /** A letter or report of the case as a picture or PDF, to be drawn, or as words: from the hub, or from its own study. */
  noteDocument: {
    method: 'case.note-document',
    request: z.strictObject({
      taskId,
      of: z.string().regex(/^(?:DiagnosticReport\/[A-Za-z0-9.-]{1,64}|dicom\/[0-9.]{1,64})$/),
      /** From 1; of a scanned document. */
      page: z.int().min(1).max(10_000).optional(),
    }),
    response: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('read'),
        contentType: z.enum(OPENED_TYPES),
        data: z.string(),
        /** Of a scanned document, each page a picture of its own. */
        pages: z.number().optional(),
      }),
      z.strictObject({ status: z.enum(['not-found', 'unreadable', 'hub-unreachable', 'site-unreachable']) }),
    ]),
  },
  /** The reader's own grade of the request, in place of the computed one; for every reader of the case. */
  gradeRequisition: {
    method: 'case.grade-requisition',
    request: z.strictObject({ taskId, grade: z.enum(REQUISITION_GRADES), reason: z.string().trim().min(1).max(2000) }),
    response: z.strictObject({ status: z.enum(['graded', 'not-found', 'hub-unreachable']) }),
  },
  returnToList: {
    method: 'case.return-to-list',
    request: z.strictObject({ taskId }),
    response: z.strictObject({ status: z.enum(['returned', 'not-held', 'hub-unreachable']) }),
  },
  templates: {
    method: 'templates.list',
    request: nothing,
    response: z.strictObject({ templates: z.array(templateSchema) }),
  },
  checkReport: {
    method: 'report.check',
    request: z.strictObject({ taskId, body: reportBodySchema }),
    response: z.strictObject({ complaints: z.array(complaintSchema) }),
  },
  deliveries: {
    method: 'deliveries.list',
    request: nothing,
    response: z.strictObject({
      at: epochMs,
      deliveries: z.array(deliverySchema),
      /** Reports signed here that the hub has not yet taken. */
      waitingForHub: z.number(),
    }),
  },
  retryDelivery: {
    method: 'deliveries.retry',
    /** `again`: also when the site has acknowledged it; it goes under the same ids. */
    request: z.strictObject({ deliveryId: z.string().min(1), again: z.boolean().optional() }),
    response: z.strictObject({ status: z.enum(['queued', 'not-found', 'already-accepted']) }),
  },
  /** The same report on another channel of its site; this delivery is then settled. */
  rerouteDelivery: {
    method: 'deliveries.reroute',
    request: z.strictObject({ deliveryId: z.string().min(1), channelIndex: z.number() }),
    response: z.strictObject({ status: z.enum(['rerouted', 'not-found', 'already-accepted', 'no-such-channel']) }),
  },
  /** Someone brought the report to the site outside this program. */
  settleDelivery: {
    method: 'deliveries.settle',
    request: z.strictObject({ deliveryId: z.string().min(1) }),
    response: z.strictObject({ status: z.enum(['settled', 'not-found', 'already-accepted']) }),
  },
  /** The report of a delivery as plain text, to be printed. */
  deliveryText: {
    method: 'deliveries.text',
    request: z.strictObject({ deliveryId: z.string().min(1) }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('found'), text: z.string() }),
      z.strictObject({ status: z.literal('not-found') }),
    ]),
  },
  importFolder: {
    method: 'sites.import-folder',
    request: z.strictObject({ path: z.string().min(1) }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('imported'), folder: importedFolder }),
      z.strictObject({ status: z.literal('refused'), reason: z.string() }),
    ]),
  },
  /** The files of one batch, uploaded before by `PUT /import/{batchId}/{path}`, as a folder of that name. */
  importDropped: {
    method: 'sites.import-dropped',
    request: z.strictObject({ batchId: z.uuid(), name: z.string().max(200) }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('imported'), folder: importedFolder }),
      z.strictObject({ status: z.literal('refused'), reason: z.string() }),
    ]),
  },
  importedFolders: {
    method: 'sites.imported-folders',
    request: nothing,
    response: z.strictObject({ folders: z.array(importedFolder) }),
  },
} as const satisfies Record<string, Contract>;

export type CallName = keyof typeof calls;
export type CallRequest<Name extends CallName> = z.input<(typeof calls)[Name]['request']>;
export type CallResponse<Name extends CallName> = z.output<(typeof calls)[Name]['response']>;
