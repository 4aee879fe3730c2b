import { z } from 'zod';

import { PICKING } from '../domain/group.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { READING_ACTS } from '../domain/reading-act.ts';
import { LIST_STATES, MOST_SAVED_LISTS } from '../domain/saved-list.ts';
import type { Contract } from './contract.ts';
import {
  epochMs,
  interruptionSchema,
  nextCaseSchema,
  openCaseSchema,
  patientClassSchema,
  worklistRowSchema,
} from './schemas.ts';

const nothing = z.strictObject({});
const taskId = z.string().min(1);
/** One line a person writes; longer is no reason any more. */
const reason = z.string().trim().min(1).max(500);

export const claimRefusals = [
  z.strictObject({ status: z.literal('held-by-another'), holder: z.string(), until: epochMs }),
  z.strictObject({ status: z.literal('order-closed') }),
  z.strictObject({ status: z.literal('not-eligible'), reason: z.string() }),
  z.strictObject({ status: z.literal('hub-unreachable') }),
] as const;
const opened = z.strictObject({ status: z.literal('opened'), case: openCaseSchema });

const words = z.array(z.string().max(100)).max(50);
const filterSchema = z.strictObject({
  words: z.string().max(200),
  siteIds: words,
  modalities: words,
  bodyParts: words,
  priorities: z.array(z.enum(PRIORITIES)),
  patientClasses: z.array(patientClassSchema),
  state: z.enum(LIST_STATES),
  ageFromYears: z.number().optional(),
  ageToYears: z.number().optional(),
  olderThanMinutes: z.number().optional(),
  dueWithinMinutes: z.number().optional(),
  hasWarnings: z.boolean(),
});
export const savedListSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(80),
  filter: filterSchema,
});

/** A reading that others' place depends on, as the Why dialog names it. */
const pushedBackSchema = z.strictObject({
  taskId,
  patientName: z.string(),
  examText: z.string(),
  places: z.number(),
  minutes: z.number(),
  isMadeLate: z.boolean(),
});

export const worklistCalls = {
  worklist: {
    method: 'worklist.get',
    /** `since`: the revision the asker holds; absent asks for the whole list. `pointedAt`: the row the reader stands on. */
    request: z.strictObject({ since: z.string().optional(), pointedAt: taskId.optional() }),
    response: z.strictObject({
      at: epochMs,
      revision: z.string(),
      /** Without `kept` the whole list in its order, else only the rows that are new or changed. */
      rows: z.array(worklistRowSchema),
      /** The list in its order, in runs of so many rows: [n ≥ 0, count] from place n of the list of `since`, [−k, count] from `rows[k − 1]`. */
      kept: z.array(z.tuple([z.int(), z.int().positive()])).optional(),
      /** What "Read next" would take, as of now. */
      nextTaskId: z.string().optional(),
      /** What is likely opened next, as `nextCase` answers it. */
      nextCase: nextCaseSchema.optional(),
      /** False while the hub cannot be reached: rows are as last seen at `at`. */
      hubReachable: z.boolean(),
      /** Sites whose DICOMweb or orders cannot be reached at the moment. */
      siteTroubles: z.array(z.strictObject({ siteName: z.string(), code: z.string() })),
      /** Why images are no longer fetched ahead, in words; absent while they are. */
      imageStore: z.string().optional(),
      /** Whether a reading may be taken out of turn here. */
      picking: z.enum(PICKING),
      /** This reader is asked to set their case aside for it: nobody free may read it. */
      interruption: interruptionSchema.optional(),
    }),
  },
  readNext: {
    method: 'worklist.read-next',
    request: nothing,
    response: z.discriminatedUnion('status', [
      opened,
      z.strictObject({ status: z.literal('empty') }),
      z.strictObject({ status: z.literal('hub-unreachable') }),
    ]),
  },
  openCase: {
    method: 'worklist.open',
    request: z.strictObject({
      taskId,
      /** Only look: no claim is made. */
      readOnly: z.boolean(),
      /** Why it is taken out of turn, where the group wants to know. */
      pickReason: reason.optional(),
    }),
    response: z.discriminatedUnion('status', [
      opened,
      ...claimRefusals,
      /** Out of turn: the group allows that with a reason only, or not at all. */
      z.strictObject({ status: z.literal('reason-needed') }),
      z.strictObject({ status: z.literal('read-next-only') }),
    ]),
  },
  whyHere: {
    method: 'worklist.why',
    request: z.strictObject({ taskId }),
    response: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('here'),
        /** 1-based place in this reader's list. */
        place: z.number(),
        sentence: z.string(),
        /** `minutes`: by how much it moves the moment by which the reading must be begun; below zero: sooner. */
        contributions: z.array(z.strictObject({ label: z.string(), value: z.string(), minutes: z.number() })),
        ineligible: z.array(z.string()),
        /** Why "Read next" passes it over although this reader may read it. */
        heldBack: z.array(z.string()),
        warnings: z.array(z.string()),
        /** What readers did with it, newest first. */
        acts: z.array(
          z.strictObject({
            kind: z.enum(READING_ACTS),
            at: epochMs,
            byName: z.string(),
            reason: z.string().optional(),
            toName: z.string().optional(),
          }),
        ),
        escalation: z.discriminatedUnion('status', [
          z.strictObject({ status: z.literal('possible'), pushedBack: z.array(pushedBackSchema) }),
          z.strictObject({
            status: z.literal('refused'),
            reason: z.string(),
            pushedBack: z.array(pushedBackSchema),
          }),
          z.strictObject({ status: z.literal('done'), at: epochMs, byName: z.string(), reason: z.string() }),
        ]),
      }),
      z.strictObject({ status: z.literal('gone') }),
    ]),
  },
  escalate: {
    method: 'worklist.escalate',
    request: z.strictObject({ taskId, reason }),
    response: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('escalated') }),
      z.strictObject({ status: z.literal('refused'), reason: z.string() }),
      z.strictObject({ status: z.literal('hub-unreachable') }),
    ]),
  },
  decline: {
    method: 'case.decline',
    request: z.strictObject({ taskId, reason }),
    response: z.strictObject({ status: z.enum(['declined', 'not-held', 'hub-unreachable']) }),
  },
  handOver: {
    method: 'case.hand-over',
    request: z.strictObject({ taskId, readerId: z.string().min(1), reason: z.string().trim().max(500) }),
    response: z.strictObject({ status: z.enum(['handed-over', 'not-held', 'unknown-reader', 'hub-unreachable']) }),
  },
  /** Who a case may be handed to: the group's other readers, those on shift first. */
  readers: {
    method: 'group.readers',
    request: nothing,
    response: z.strictObject({
      readers: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          isOnShift: z.boolean(),
          /** What they hold now. */
          holds: z.number(),
        }),
      ),
    }),
  },
  savedLists: {
    method: 'lists.get',
    request: nothing,
    response: z.strictObject({ lists: z.array(savedListSchema) }),
  },
  saveLists: {
    method: 'lists.save',
    request: z.strictObject({ lists: z.array(savedListSchema).max(MOST_SAVED_LISTS) }),
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']) }),
  },
} as const satisfies Record<string, Contract>;
