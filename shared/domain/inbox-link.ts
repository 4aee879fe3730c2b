import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { SiteId } from './identifiers.ts';

/** How a site reads its inbox page. */
export interface InboxRules {
  /** How long a link is good for. */
  readonly linkDays: number;
  /** How long after the code was given a browser stays signed in. */
  readonly sessionMinutes: number;
}

export const INBOX_RULES: InboxRules = { linkDays: 30, sessionMinutes: 480 };

/** Wrong codes after which a link is dead: with eight digits, nobody guesses right in so many. */
export const MAX_WRONG_CODES = 5;
/** How long a code waits for its use. */
export const CODE_TTL_MS = 60 * MINUTE_MS;

/**
 * A site's way into its inbox. Neither link nor code is kept, only digests: whoever reads the hub's store cannot enter. A code opens one session and is
 * then used up.
 */
export interface InboxLink {
  readonly id: string;
  readonly version: string;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly tokenDigest: string;
  readonly expiresAt: EpochMs;
  readonly code?: { readonly digest: string; readonly until: EpochMs };
  readonly wrongCodes: number;
  readonly session?: { readonly digest: string; readonly until: EpochMs; readonly person: string };
  /** Someone with the link asks for a new code; the support desk tells one by phone. */
  readonly codeAskedAt?: EpochMs;
  readonly isRevoked: boolean;
}

export const isLinkLive = (link: InboxLink, now: EpochMs): boolean =>
  !link.isRevoked && now < link.expiresAt && link.wrongCodes < MAX_WRONG_CODES;
