import type { ListenMllp, SendMllp } from '#electron/ports/mllp.ts';
import type { Timer } from '#electron/ports/timer.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { BasicAuth, Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { DemoStudy } from './studies/index.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface Serving {
  readonly port: number;
  close(): Promise<void>;
}

/** One demo site's images: a folder as an archive, behind a DICOMweb face. */
export interface DemoImages {
  readonly fetch: Fetch;
  /** Takes up files that were written into the folder. */
  rescan(): Promise<void>;
}

export interface DemoFhir {
  readonly fetch: Fetch;
  close(): Promise<void>;
}

export interface DemoFiles {
  /** Undefined when there is no such file. `path` is relative to the demo site's folder, with `/`. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Whole or not at all, durable when it resolves; makes folders on the way. */
  writeAtomically(path: string, bytes: Uint8Array): Promise<void>;
}

export interface DemoSitePorts {
  /** Absolute folder that holds everything of the demo sites. */
  readonly dir: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly timer?: Timer;
  readonly files: DemoFiles;
  /** Every study of the sites; the catalogue unless a test brings its own. */
  readonly studies?: readonly DemoStudy[];
  /** Writes the images of one study below `folder`, which is relative to `dir`. */
  readonly generate: (study: DemoStudy, folder: string) => Promise<unknown>;
  /** `folder` and `storeFolder` (for what is sent back by STOW) are relative to `dir`. */
  readonly openImages: (options: {
    readonly folder: string;
    readonly storeFolder: string;
    readonly basePath: string;
    readonly auth: BasicAuth;
  }) => Promise<DemoImages>;
  /** A FHIR server of the site; `file` (relative to `dir`) holds its data, `baseUrl` is what it is called from outside. */
  readonly openFhir: (options: { readonly file: string; readonly baseUrl: string }) => Promise<DemoFhir>;
  /** A client of a server that `openFhir` opened. */
  readonly clientOf: (baseUrl: string, fetch: Fetch) => FhirClient;
  /** Serves HTTP on a free port of the loopback address. */
  readonly serve: (fetch: Fetch) => Promise<Serving>;
  readonly listenMllp: ListenMllp;
  readonly sendMllp: SendMllp;
}

/** What came back to one site. */
export interface ReceivedSummary {
  readonly siteName: string;
  readonly hl7Reports: number;
  readonly fhirReports: number;
}

export interface DemoSite {
  /** As a configuration would describe them; ports and addresses are those in fact served. */
  readonly sites: readonly Site[];
  /** Begins the night: images are made and orders sent, over the wires, to the gateway's ports. */
  play(gateway: { readonly hl7Ports: Readonly<Record<SiteId, number>> }): void;
  received(): Promise<readonly ReceivedSummary[]>;
  stop(): Promise<void>;
}
