import type { EpochMs } from '../kernel/clock.ts';
import type { PatientId, SiteId } from './identifiers.ts';
import type { PatientMatch } from './patient-match.ts';

/** A reader has looked at two records and found whose they are. Stands for every later reading of the person, until it is taken back. */
export interface MatchDecision {
  /** The other record. */
  readonly patientId: string;
  readonly verdict: 'same' | 'different';
  readonly by: string;
  /** PS3.5 PN. */
  readonly byName: string;
  readonly at: EpochMs;
  /** What spoke for it when it was decided. */
  readonly evidence: readonly string[];
}

/** A record of another name space that is, or may be, of the same person. */
export interface RecordElsewhere {
  readonly patientId: PatientId;
  readonly siteId: SiteId;
  readonly match: PatientMatch;
  readonly decision?: MatchDecision;
  /** Every number under which that site may keep the person: its own and those merged with it. */
  readonly numbers: readonly string[];
  /** The record and those merged with it. */
  readonly patientIds: readonly string[];
}

/** Whether its priors stand beside the images: by a certain match, or by a reader's word; never against what cannot differ in one person. */
export function isUsed({ match, decision }: Pick<RecordElsewhere, 'match' | 'decision'>): boolean {
  if (match.strength === 'never' || decision?.verdict === 'different') return false;
  return match.strength === 'certain' || decision?.verdict === 'same';
}
