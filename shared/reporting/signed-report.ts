import type { ContextKey } from '../domain/context-key.ts';
import type { RadiologistId, StudyInstanceUid, TaskId } from '../domain/identifiers.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { ReportState } from './report-state.ts';
import type { ReportBody } from './report.ts';

export interface Signer {
  readonly id: RadiologistId;
  readonly name: string;
}

/** The version that this one follows: enough to name it on every wire, for its ids follow from its UUID. */
export interface Predecessor {
  readonly reportUuid: string;
  readonly version: number;
  readonly state: ReportState;
  readonly signedBy: Signer;
  readonly signedAt: EpochMs;
}

/** Text added after the report was final. */
export interface Addendum {
  readonly text: string;
  readonly signedBy: Signer;
  readonly signedAt: EpochMs;
}

/** A complaint that the reader signed in spite of, and why. */
export interface ComplaintOverride {
  readonly code: string;
  readonly severity: 'stop' | 'warn';
  readonly quote?: string;
  /** In the reader's words; empty only for a `warn`, which was shown before signing. */
  readonly reason: string;
}

/**
 * How the final report differs from the preliminary one. `agreed`: not in what it says. `minor`: unlikely to matter for the patient.
 * `major`: likely to matter.
 */
export const DISCREPANCY_CATEGORIES = ['agreed', 'minor', 'major'] as const;
export type DiscrepancyCategory = (typeof DISCREPANCY_CATEGORIES)[number];

export interface Discrepancy {
  readonly category: DiscrepancyCategory;
  readonly comment: string;
  /** Who gave the preliminary report, and is told. */
  readonly firstReader: Signer;
}

/** A reader's word, with their signature, that they looked themselves at what another wrote first. */
export interface Attestation {
  readonly text: string;
  readonly signedBy: Signer;
  readonly signedAt: EpochMs;
  /** Who wrote it first; they may sign preliminary reports only, or signed this one as such. */
  readonly firstReader: Signer;
  readonly firstState: 'draft' | 'preliminary';
}

/** One signed version. It never changes: a correction is a new version beside it. */
export interface SignedReport {
  /** UUID given at signing; the DiagnosticReport's identifier and the root of every stable id of its deliveries. Another one each version. */
  readonly reportUuid: string;
  /** From 1, one more each version of the same reading. */
  readonly version: number;
  readonly state: ReportState;
  readonly taskId: TaskId;
  readonly contextKey: ContextKey;
  readonly task: Pick<
    ReadingTask,
    'siteId' | 'siteName' | 'accessionNumber' | 'patient' | 'exam' | 'orderedBy' | 'reason'
  >;
  readonly studyInstanceUids: readonly StudyInstanceUid[];
  readonly body: ReportBody;
  readonly signedBy: Signer;
  readonly signedAt: EpochMs;
  /** Absent for the first version. */
  readonly predecessor?: Predecessor;
  /** All so far, oldest first; the last one came with this version when it is `appended`. */
  readonly addenda?: readonly Addendum[];
  /** Why there is this version: what was corrected, why the reading is cancelled or the report withdrawn. */
  readonly reason?: string;
  readonly discrepancy?: Discrepancy;
  /** Stays with the versions that only add to it. */
  readonly attestation?: Attestation;
  readonly overrides?: readonly ComplaintOverride[];
}
