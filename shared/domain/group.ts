import type { AttestationWords } from '../reporting/attestation.ts';
import type { Radiologist } from './radiologist.ts';
import type { WrvuTable } from './wrvu-table.ts';

/** Whether a reader may take a reading out of turn: freely, with a recorded reason, or never ("Read next" only). */
export const PICKING = ['free', 'with-reason', 'never'] as const;
export type Picking = (typeof PICKING)[number];

/** The readers who share one list, and what they agreed on. */
export interface ReadingGroup {
  readonly picking: Picking;
  /** This workstation's own reader may be among them. */
  readonly readers: readonly Radiologist[];
  /** What is paid, by date; absent: the built-in tables. */
  readonly wrvuTables?: readonly WrvuTable[];
  /** What is signed with a report that a reader of preliminary reports wrote first; absent: our words. */
  readonly attestation?: AttestationWords | 'none';
}

/** One reader alone. */
export const SOLO_GROUP: ReadingGroup = { picking: 'free', readers: [] };
