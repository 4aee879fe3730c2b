import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { noAudit, type Audit } from '#electron/ports/audit.ts';
import { createCriticalWatch } from '#electron/gateway/critical/create-critical-watch.ts';
import { createQuestionSender } from '#electron/gateway/critical/send-questions.ts';
import { createIntake, type SiteTrouble } from '#electron/gateway/intake/create-intake.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import type { LoadedConfig } from '../config/load-config.ts';

import { systemTimer } from '#electron/ports/timer.ts';

import { openDelivery } from './open-delivery.ts';
import { openInbox } from './open-inbox.ts';
import { openPrinter } from './open-printer.ts';
import { sendNotice } from './send-notice.ts';
import type { SiteDirectory } from './site-directory.ts';
import { StartRefusal } from './start-refusal.ts';

/** A running gateway: orders and studies of its sites become readings on the hub, signed reports go home. */
export interface OpenGateway {
  /** Where the sites' orders are taken, for sites that send HL7. */
  readonly hl7Ports: Readonly<Record<SiteId, number>>;
  /** A site that came later, e.g. an imported folder; it is in the directory already. */
  addSite(site: Site): void;
  /** What does not work at a site now. */
  troubles(): readonly SiteTrouble[];
  /** Begins to deliver, where that was to wait. */
  startDelivery(): void;
  /** Something was signed just now: nobody waits for the next look of the loop. */
  deliverNow(): void;
  /** Where the sites reach their inbox pages; undefined: none are served. */
  readonly inboxUrl: string | undefined;
  close(): Promise<void>;
}

const SITE_FHIR_TIMEOUT_MS = 20_000;

/**
 * Opens the gateway for the sites of a directory: intake, study watch and delivery, the same piece in every program. One hub has one gateway: a second
 * would take every order and look at every archive twice; among several hubs on one database `runInTurn` sees to that. Throws StartRefusal when an order port cannot be had.
 */
export async function openGateway(ports: {
  /** The hub. */
  readonly fhir: FhirClient;
  readonly directory: SiteDirectory;
  /** Sites are still to come: a report of theirs is not taken for one whose site is gone. */
  readonly holdsDelivery?: boolean;
  /** Writes down every attempt to deliver; absent: nothing does. */
  readonly audit?: Audit;
  /** Where the sites' inbox pages are served; absent: nowhere. */
  readonly inbox?: LoadedConfig['inbox'];
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenGateway> {
  const { fhir, directory, clock, log } = ports;
  const { sites, archiveOf } = directory;
  const audit = ports.audit ?? noAudit;
  const siteFhirOf = ({ orders }: Site) =>
    orders.fhirUrl === undefined
      ? undefined
      : createFhirClient({ baseUrl: orders.fhirUrl, fetch, timeoutMs: SITE_FHIR_TIMEOUT_MS });
  const intake = createIntake({
    fhir,
    sites: sites(),
    clock,
    log,
    listenMllp,
    archiveOf: (site) => archiveOf(site.id),
    siteFhirOf,
  });
  /** Where a site may confirm: the server its reports go to, else the one its orders come from. */
  const confirmingFhirOf = (site: Site) => {
    const channel = site.returns.find(({ kind }) => kind === 'fhir');
    if (channel?.kind !== 'fhir') return siteFhirOf(site);
    const { url: baseUrl, auth } = channel;
    return createFhirClient({
      baseUrl,
      fetch,
      timeoutMs: SITE_FHIR_TIMEOUT_MS,
      ...(auth === undefined ? {} : { auth }),
    });
  };
  const renderPdf = await openPrinter();
  const delivery = await openDelivery({ fhir, sites, archiveOf, renderPdf, audit, clock, log });
  const critical = createCriticalWatch({
    fhir,
    sites,
    siteFhirOf: confirmingFhirOf,
    sendNotice,
    audit,
    clock,
    timer: systemTimer,
    log,
  });
  const questions = createQuestionSender({ fhir, sites, sendMllp, audit, clock, timer: systemTimer, log });
  const inbox =
    ports.inbox === undefined
      ? undefined
      : await openInbox({ ...ports.inbox, fhir, sites, archiveOf, renderPdf, audit, clock, log });
  const { hl7Ports } = await intake.start().catch(async (error: unknown) => {
    await inbox?.close();
    throw portRefusal(error, sites());
  });
  if (ports.holdsDelivery !== true) delivery.start();
  critical.start();
  questions.start();
  return {
    hl7Ports,
    addSite: (site) => {
      intake.addSite(site).catch(() => {
        log.error('site.not-watched', { siteId: site.id });
      });
    },
    troubles: intake.troubles,
    startDelivery: () => delivery.start(),
    deliverNow: () => void delivery.kick(),
    inboxUrl: inbox?.url,
    async close() {
      await Promise.all([intake.stop(), delivery.stop(), critical.stop(), questions.stop(), inbox?.close()]);
    },
  };
}

/** Names the site whose order port another program has. Anything else is thrown as it came. */
function portRefusal(error: unknown, sites: readonly Site[]): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('port' in error)) return error;
  const { code, port } = error;
  const site = sites.find(({ orders }) => orders.hl7ListenPort === port);
  if (site === undefined) return error;
  const what = code === 'EADDRINUSE' ? 'is in use' : 'may not be opened';
  return new StartRefusal(`port ${String(port)} for the orders of ${site.id} ${what}`);
}
