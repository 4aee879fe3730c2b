import type { ReportShelf } from '../delivery/report-shelf.ts';
import type { Audit } from '#electron/ports/audit.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { KeyImage } from '#shared/reporting/report.ts';

/** One key image as a picture a browser shows; undefined when the site's archive does not give it. */
export type DrawKeyImage = (site: Site, image: KeyImage) => Promise<Uint8Array | undefined>;

export interface InboxPorts {
  /** The hub. */
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly shelf: ReportShelf;
  /** PNG. */
  readonly drawKeyImage: DrawKeyImage;
  /** As the sites' people type it, without a path: `https://reports.example`. */
  readonly origin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
}

/** Why a request was not served: a closed set, all that is logged of it. */
export type InboxRefusal =
  | 'unknown-link'
  | 'dead-link'
  | 'wrong-code'
  | 'used-code'
  | 'no-session'
  | 'not-of-this-site'
  | 'forged-form'
  | 'wrong-host'
  | 'too-large'
  | 'too-many'
  | 'bad-form'
  | 'not-found';
