import type { CriticalRules } from './critical-result.ts';
import type { InboxRules } from './inbox-link.ts';
import type { SiteId } from './identifiers.ts';
import type { OruFormat } from '../hl7/oru-format.ts';
import type { Priority } from './priority.ts';

/** A configured secret, already resolved by the host: never reaches the renderer, a log or the hub. */
export interface BasicAuth {
  readonly user: string;
  readonly password: string;
}

/** How to know the other side of a TLS connection, and what to show it; PEM texts. */
export interface TlsIdentity {
  /** Who may have signed the site's certificate. Absent: the authorities this machine trusts. */
  readonly ca?: string;
  /** Our own certificate and its key, for a site that asks who we are. */
  readonly certificate?: string;
  readonly key?: string;
  /** The name in the site's certificate, where it is not its host name. */
  readonly serverName?: string;
}

export type SiteCredentials = BasicAuth | { readonly bearer: string };

/** A mail server that takes our notices. `none`: plain, for a server on this machine or line. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly ca?: string;
  readonly auth?: BasicAuth;
}

export type ReturnChannel =
  | {
      readonly kind: 'hl7';
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsIdentity;
      readonly format?: OruFormat;
      /** The site takes questions here, too, and answers them where its orders come from. */
      readonly takesQuestions?: boolean;
    }
  | { readonly kind: 'stow' }
  | {
      readonly kind: 'fhir';
      readonly url: string;
      readonly auth?: SiteCredentials;
      /** `report`: a DiagnosticReport. `document`: a document Bundle around it. */
      readonly as?: 'report' | 'document';
    }
  | { readonly kind: 'folder'; readonly path: string }
  /** The site's own inbox page. */
  | { readonly kind: 'inbox' }
  | {
      readonly kind: 'mail';
      readonly to: readonly string[];
      readonly from: string;
      readonly server: MailServer;
      /** Where the reader of the notice finds the report, after signing in there. */
      readonly link?: string;
    };

/** How long a signed report waits unless the site says otherwise. */
export const DEFAULT_UNDO_MS = 10_000;

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
  readonly dicomweb?: {
    readonly url: string;
    readonly auth?: BasicAuth;
    /** PEM of an authority to trust besides the machine's own. */
    readonly ca?: string;
  };
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
  /** A signed report that the site has not acknowledged by then is an alarm. Default `DEFAULT_ACKNOWLEDGE_MINUTES`. */
  readonly acknowledgeWithinMinutes?: number;
  /** How long a signed report waits before it leaves, so that its signer may take it back. Absent: not at all. */
  readonly undoMs?: number;
  readonly print?: ReportPaper;
  readonly turnaroundMinutes: Readonly<Partial<Record<Priority, number>>>;
  /** Which template a report of an exam begins with, by its code or its words; others by what fits. */
  readonly templates?: readonly { readonly exam: string; readonly template: string }[];
  /** Whom to tell of critical results, and by when; the field's own windows without it. */
  readonly critical?: CriticalRules;
  readonly inbox?: InboxRules;
}
