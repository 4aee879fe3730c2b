import { z } from 'zod';

import { worklistCalls } from './worklist-calls.ts';

/** Who reads `/events` here is told the list itself along with `worklist-changed`. */
export const EVENTS_WITH_LIST = '/events?with=list';

/** Lines of the `/events` stream (NDJSON). They say that something changed; what it is now is asked for by a call, but for the list where it was asked for. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heartbeat') }),
  z.strictObject({
    type: z.literal('worklist-changed'),
    /** What a `worklist` call with this `since` would answer; of use to a window that holds that list. */
    told: z.strictObject({ since: z.string(), list: worklistCalls.worklist.response }).optional(),
  }),
  z.strictObject({ type: z.literal('deliveries-changed') }),
  /** Critical results, recommendations, questions or ways into an inbox. */
  z.strictObject({ type: z.literal('critical-changed') }),
  z.strictObject({ type: z.literal('session-locked') }),
  /** Another case, or none, is open on this workstation; also said when it may be seen again after a lock. */
  z.strictObject({ type: z.literal('case-changed') }),
  /** What was shown of this reading's notes is no longer all that the hub holds. */
  z.strictObject({ type: z.literal('notes-changed'), taskId: z.string() }),
  /** Records of this reading's patient at other sites, or their priors, are others than were shown. */
  z.strictObject({ type: z.literal('records-changed'), taskId: z.string() }),
  /** The claim of the open case was lost: another reader took it over, or the site cancelled. */
  z.strictObject({ type: z.literal('claim-lost'), taskId: z.string() }),
  /** So many images of a study on the screen, or of one already signed, came after it was opened: its metadata is a new one. */
  z.strictObject({ type: z.literal('images-arrived'), studyInstanceUid: z.string(), count: z.number() }),
  z.strictObject({
    type: z.literal('import-progress'),
    files: z.number(),
    done: z.boolean(),
  }),
]);
export type WorkstationEvent = z.output<typeof eventSchema>;
