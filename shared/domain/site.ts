import type { CriticalRules } from './critical-result.ts';
import type { InboxRules } from './inbox-link.ts';
import type { SiteId } from './identifiers.ts';
import type { Priority } from './priority.ts';

/** A configured secret, already resolved by the host: never reaches the renderer, a log or the hub. */
export interface BasicAuth {
  readonly user: string;
  readonly password: string;
}

export type ReturnChannel =
  | { readonly kind: 'hl7'; readonly host: string; readonly port: number }
  | { readonly kind: 'stow' }
  | { readonly kind: 'fhir'; readonly url: string }
  | { readonly kind: 'folder'; readonly path: string };

/** How a site's reports look on paper. */
export interface ReportPaper {
  readonly size: 'A4' | 'LETTER';
  /** Lines at the head of the first page: the site's name as it prints it, address, telephone. Absent: the site's name. */
  readonly letterhead?: readonly string[];
  /** PNG or JPEG, above the lines. */
  readonly logo?: Uint8Array;
}

/** A facility that sends studies and receives reports, with its endpoints (SURFACE, Configuration). */
export interface Site {
  readonly id: SiteId;
  readonly name: string;
  readonly region?: string;
  readonly dicomweb?: { readonly url: string; readonly auth?: BasicAuth };
  readonly orders: {
    /** Port the gateway listens on for this site's orders (MLLP, loopback unless configured). 0 picks a free one. */
    readonly hl7ListenPort?: number;
    readonly fhirUrl?: string;
    /** What becomes of a study that arrives without an order. */
    readonly unordered: 'create' | 'ignore';
    /** How long such a study must stand still first; a folder that was read whole need not. Default a minute (SURFACE). */
    readonly unorderedQuietMs?: number;
  };
  readonly returns: readonly ReturnChannel[];
  /** How long a signed report waits before it leaves, so that its signer may take it back. Absent: not at all. */
  readonly undoMs?: number;
  readonly print?: ReportPaper;
  readonly turnaroundMinutes: Readonly<Partial<Record<Priority, number>>>;
  /** Whom to tell of critical results, and by when; the field's own windows without it. */
  readonly critical?: CriticalRules;
  readonly inbox?: InboxRules;
}
