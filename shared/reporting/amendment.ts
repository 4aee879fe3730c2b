import type { EpochMs } from '../kernel/clock.ts';
import type { ReportBody } from './report.ts';

/** How a later version follows a signed report. */
export const AMENDMENT_KINDS = ['addendum', 'correction', 'withdrawal'] as const;
export type AmendmentKind = (typeof AMENDMENT_KINDS)[number];

/** What is typed for a later version, before it is signed; what its kind does not ask for stays as it began. */
export interface Amendment {
  /** The version that was the newest when it was begun. */
  readonly basedOn: { readonly reportUuid: string; readonly version: number };
  /** Of an addendum. */
  readonly text: string;
  /** Of a correction: the whole corrected report. */
  readonly body: ReportBody;
  /** Why it is corrected or withdrawn. */
  readonly reason: string;
  /** Of a withdrawal: the examination goes back on the list. */
  readonly readAgain: boolean;
}

export interface AmendmentDraft {
  readonly state: 'draft';
  readonly revision: number;
  readonly savedAt: EpochMs;
  readonly body: Amendment;
}

/** Nothing typed yet: the text of the version that is to be followed. */
export const startAmendment = (newest: {
  readonly reportUuid: string;
  readonly version: number;
  readonly body: ReportBody;
}): Amendment => ({
  basedOn: { reportUuid: newest.reportUuid, version: newest.version },
  text: '',
  body: newest.body,
  reason: '',
  readAgain: true,
});
