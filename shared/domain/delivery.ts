import type { EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, DeliveryId, ReportId, SiteId, TaskId } from './identifiers.ts';

export type ChannelKind = 'hl7' | 'fhir' | 'stow' | 'folder';

/** What one attempt told us about the report at the site's end. */
export type AttemptOutcome =
  | { readonly kind: 'accepted'; readonly ackId: string }
  /** The site never took it: connection refused, 503. A retry cannot duplicate. */
  | { readonly kind: 'not-taken'; readonly code: string }
  /** The site may have it: timeout after send. Query first, or repeat under the same stable id. */
  | { readonly kind: 'unknown'; readonly code: string }
  /** The site refuses this report. Retrying cannot help. */
  | { readonly kind: 'refused'; readonly code: string };

/** `waiting`: due for an attempt. `accepted`: acknowledged, closed. `with-a-person`: refused, someone must look. */
export type DeliveryState = 'waiting' | 'accepted' | 'with-a-person';

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
}
