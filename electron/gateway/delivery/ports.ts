import type { CriticalLevel } from '#shared/domain/critical-result.ts';
import type { AttemptOutcome, ChannelKind } from '#shared/domain/delivery.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

/** One report version on its way to one channel of one site. */
export interface Consignment {
  readonly signed: SignedReport;
  /** RFC 8785 JSON of `signed`, as it was signed. */
  readonly canonical: string;
  /** Detached compact JWS over `canonical`; empty when the report carries none. */
  readonly signature: string;
  readonly site: Site;
  readonly channel: ReturnChannel;
  readonly channelIndex: number;
  /** It went out before, and the site may have it: where the site can be asked, it is asked first. */
  readonly isRepeat: boolean;
  readonly criticalLevel?: CriticalLevel;
  /** The rendered report; made once, when first asked for. */
  readonly pdf: () => Promise<Uint8Array>;
}

/** A way to a site. `deliver` may be called again with the same consignment: the ids it sends are functions of the report. */
export interface Channel {
  deliver(consignment: Consignment): Promise<AttemptOutcome>;
}
export type Channels = Readonly<Record<ChannelKind, Channel>>;

/** What goes on paper: the print carries the signed text and its signature, so that anyone can check it. */
export interface ReportPrint {
  readonly signed: SignedReport;
  /** RFC 8785 JSON of `signed`. */
  readonly canonical: string;
  readonly signature: string;
  readonly site: Site;
}
export type RenderPdf = (print: ReportPrint) => Promise<Uint8Array>;
