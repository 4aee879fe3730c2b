import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import { drawKeyImage } from '#electron/adapters/key-image/draw-key-image.ts';
import type { RenderPdf } from '#electron/gateway/delivery/ports.ts';
import { createReportShelf } from '#electron/gateway/delivery/report-shelf.ts';
import { createInbox } from '#electron/gateway/inbox/create-inbox.ts';
import type { Audit } from '#electron/ports/audit.ts';
import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { KeyImage } from '#shared/reporting/report.ts';

import { StartRefusal } from './start-refusal.ts';

export interface OpenInbox {
  /** What sites type. */
  readonly url: string;
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;

/**
 * Serves the inbox pages on loopback: TLS and the way to the outside are a proxy's, whose address is then `url`. Throws StartRefusal when the port cannot
 * be had.
 */
export async function openInbox(ports: {
  readonly listen: number;
  readonly url?: string;
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly renderPdf: RenderPdf;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenInbox> {
  const { fhir, sites, archiveOf, renderPdf, audit, clock, log } = ports;
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  const port = await listen(server, ports.listen);
  const url = (ports.url ?? `http://127.0.0.1:${port}`).replace(/\/+$/, '');
  const inbox = createInbox({
    fhir,
    sites,
    shelf: createReportShelf({ fhir, renderPdf }),
    drawKeyImage: (site, image) => drawFrom(archiveOf(site.id), image),
    origin: url,
    clock,
    log,
    audit,
  });
  const isBehindProxy = ports.url !== undefined;
  const answer = getRequestListener(
    (request, { incoming }) => {
      const nearest = 'socket' in incoming ? (incoming.socket.remoteAddress ?? '') : '';
      return inbox.fetch(request, isBehindProxy ? (seenByProxy(request) ?? nearest) : nearest);
    },
    { overrideGlobalObjects: false },
  );
  server.on('request', answer);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The address that the proxy itself has seen stands last in X-Forwarded-For; what stands before it anybody may have written. */
const seenByProxy = (request: Request): string | undefined =>
  request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();

async function drawFrom(archive: SiteArchive | undefined, image: KeyImage): Promise<Uint8Array | undefined> {
  if (archive === undefined) return undefined;
  try {
    const part10 = await archive.retrieveInstance(
      image.studyInstanceUid as StudyInstanceUid,
      image.seriesInstanceUid,
      image.sopInstanceUid,
    );
    return await drawKeyImage(part10, image.frame ?? 1, decodeFrame);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const what = error.code === 'EADDRINUSE' ? 'is in use' : 'may not be opened';
      reject(new StartRefusal(`port ${port} for the inbox ${what}`));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
