import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, DeliveryId, PatientId, ReportId, SiteId, TaskId } from './identifiers.ts';

export const CHANNEL_KINDS = ['hl7', 'fhir', 'stow', 'folder', 'mail', 'inbox'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What one attempt told us about the report at the site's end. */
export type AttemptOutcome =
  | { readonly kind: 'accepted'; readonly ackId: string; readonly answer?: string }
  /** The site never took it: connection refused, 503. A retry cannot duplicate. */
  | { readonly kind: 'not-taken'; readonly code: string }
  /** The site may have it: timeout after send. Query first, or repeat under the same stable id. */
  | { readonly kind: 'unknown'; readonly code: string }
  /** The site refuses this report. Retrying cannot help. */
  | { readonly kind: 'refused'; readonly code: string; readonly answer?: string };

/**
 * `waiting`: due for an attempt. `accepted`: acknowledged, closed. `with-a-person`: refused, someone must look. `settled-by-hand`: someone looked
 * and brought the report to the site another way, closed.
 */
export const DELIVERY_STATES = ['waiting', 'accepted', 'with-a-person', 'settled-by-hand'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One attempt that has ended, as the ledger keeps it. */
export interface DeliveryTry {
  readonly at: EpochMs;
  readonly outcome: AttemptOutcome['kind'];
  /** Code of an outcome that is not `accepted`. */
  readonly code?: string;
}

/** What a person did instead of sending: another channel took it over, or the report was handed over outside this program. */
export const SETTLEMENTS = ['rerouted', 'handed-over'] as const;
export interface Settlement {
  readonly how: (typeof SETTLEMENTS)[number];
  readonly by: string;
  readonly at: EpochMs;
}

/** The duty to bring one report version to one site on one channel; ends only accepted or in a person's hands. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly version: string;
  readonly reportId: ReportId;
  readonly taskId: TaskId;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly accessionNumber?: AccessionNumber;
  readonly examText: string;
  readonly patientName: string;
  /** Absent for a patient the hub holds no resource of. */
  readonly patientId?: PatientId;
  /** Version of the report, counted from 1. */
  readonly reportVersion?: number;
  readonly channel: ChannelKind;
  /** Position of the channel in the site's `return` list: two channels may be of one kind. */
  readonly channelIndex: number;
  readonly state: DeliveryState;
  readonly signedAt: EpochMs;
  readonly attempts: number;
  readonly notBefore: EpochMs;
  /** When the last attempt left us. */
  readonly sentAt?: EpochMs;
  readonly acknowledgedAt?: EpochMs;
  /** The site's own answer: MSA-10 or control id, SOP Instance UID, resource id, file name. */
  readonly acknowledgement?: string;
  /** Code of the last outcome that was not `accepted`. */
  readonly problem?: string;
  /** The last attempts, oldest first. */
  readonly tries?: readonly DeliveryTry[];
  /** The site's last answer as it came, such as the HL7 acknowledgement; cut off where it is long. */
  readonly answer?: string;
  /** First time someone at the site opened the report, where the channel tells. */
  readonly openedAt?: EpochMs;
  readonly openedBy?: string;
  readonly settlement?: Settlement;
}

/** Attempts and answers the ledger keeps of one delivery: enough to see what happened, bounded whatever happens. */
export const MAX_TRIES = 10;
export const MAX_ANSWER_CHARACTERS = 4000;

/** The two legs of a delivery: ours to the site, and the site's back to us. */
export interface DeliveryLegs {
  /** `held`: may not leave yet (undo window, back-off). `stopped`: never left, and a person must look. */
  readonly processing: 'held' | 'queued' | 'sending' | 'sent' | 'stopped';
  /** `unknown`: sent, and no usable answer came. */
  readonly acknowledgement: 'none' | 'awaited' | 'unknown' | 'accepted' | 'refused';
}

/** The problem of a delivery that was announced to the ledger and has no outcome yet. */
export const UNANSWERED = 'unanswered';

export function legsOf(delivery: Delivery, now: EpochMs): DeliveryLegs {
  const { state, problem, attempts, notBefore } = delivery;
  const last = delivery.tries?.at(-1);
  const waits = notBefore > now ? 'held' : 'queued';
  if (state === 'accepted') return { processing: 'sent', acknowledgement: 'accepted' };
  if (state === 'waiting' && attempts > 0 && problem === UNANSWERED) {
    return { processing: 'sending', acknowledgement: 'awaited' };
  }
  if (last?.outcome === 'refused') return { processing: 'sent', acknowledgement: 'refused' };
  if (last?.outcome === 'unknown') return { processing: 'sent', acknowledgement: 'unknown' };
  return { processing: state === 'waiting' ? waits : 'stopped', acknowledgement: 'none' };
}

/** By when a site must have acknowledged; after that an open delivery is an alarm. */
const DEFAULT_ACKNOWLEDGE_MINUTES = 15;
export const acknowledgementDueAt = (delivery: Delivery, withinMinutes: number | undefined): EpochMs =>
  (delivery.signedAt + (withinMinutes ?? DEFAULT_ACKNOWLEDGE_MINUTES) * MINUTE_MS) as EpochMs;

export const isOpenDelivery = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state === 'waiting' || state === 'with-a-person';
