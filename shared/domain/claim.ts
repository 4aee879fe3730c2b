import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { RadiologistId } from './identifiers.ts';

/** How long a claim holds without a heartbeat. Renewed at half of it while a case is open. */
export const LEASE_TTL_MS = 3 * MINUTE_MS;

/** A reader's exclusive right to read an order, time-bounded by its lease. */
export interface Claim {
  readonly radiologistId: RadiologistId;
  /** PS3.5 PN of the holder, so that every workstation can say who. */
  readonly radiologistName: string;
  readonly since: EpochMs;
  readonly leaseUntil: EpochMs;
}

export const isClaimRunning = (claim: Claim | undefined, now: EpochMs): claim is Claim =>
  claim !== undefined && claim.leaseUntil > now;

export type ClaimRefusal =
  | { readonly code: 'held-by-another'; readonly holder: string; readonly until: EpochMs }
  | { readonly code: 'order-closed' }
  | { readonly code: 'not-eligible'; readonly reason: string }
  | { readonly code: 'hub-unreachable' };
