import type { ListenMllp, MllpListener } from '#electron/ports/mllp.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { repeat, type Repetition, type Turn } from '../repeat.ts';
import { createStudyWatch } from '../study-watch/create-study-watch.ts';
import { systemTimer, type Timer } from '#electron/ports/timer.ts';
import { answerHl7 } from './answer-hl7.ts';
import { createOrderPoll } from './poll-orders.ts';

export interface IntakePorts {
  /** The hub. */
  readonly fhir: FhirClient;
  readonly sites: readonly Site[];
  readonly clock: Clock;
  readonly log: Log;
  readonly listenMllp: ListenMllp;
  /** Address the order ports are bound to; loopback unless given. */
  readonly mllpHost?: string;
  /** Undefined for a site without images. */
  readonly archiveOf: (site: Site) => SiteArchive | undefined;
  /** A client of the site's own FHIR server (`orders.fhirUrl`). */
  readonly siteFhirOf: (site: Site) => FhirClient | undefined;
  readonly timer?: Timer;
  readonly intervals?: Partial<IntakeIntervals>;
}

export interface IntakeIntervals {
  readonly ordersMs: number;
  readonly studiesMs: number;
  /** How long an ordered study must stand still, and one that nobody ordered. */
  readonly quietMs: number;
  readonly unorderedQuietMs: number;
}

const INTERVALS = { ordersMs: 3 * SECOND_MS, studiesMs: 2 * SECOND_MS };

/** What does not work at a site now; `code` is from a closed set, safe to show and log. */
export interface SiteTrouble {
  readonly siteName: string;
  readonly code: string;
}

export interface Intake {
  /** Opens the order ports and begins to watch. Rejects when a port cannot be had. */
  start(): Promise<{ readonly hl7Ports: Readonly<Record<SiteId, number>> }>;
  stop(): Promise<void>;
  troubles(): readonly SiteTrouble[];
  /** A site that came later, e.g. an imported folder. Resolves when it is being watched. */
  addSite(site: Site): Promise<{ readonly hl7Port?: number }>;
}

/** The sites' side of the gateway: orders in, images watched, each site on its own so that one in trouble holds up no other. */
export function createIntake(ports: IntakePorts): Intake {
  const { fhir, clock, log, listenMllp, archiveOf, siteFhirOf, timer = systemTimer, intervals = {} } = ports;
  const listeners: MllpListener[] = [];
  const repetitions: Repetition[] = [];
  const troubles = new Map<string, SiteTrouble>();
  let acknowledged = 0;
  const nextControlId = () => `A${clock.now().toString(36)}${(acknowledged += 1).toString(36)}`;

  const tellFor = (site: Site, what: 'orders' | 'images') => (turn: Turn) => {
    const key = `${site.id} ${what}`;
    const before = troubles.get(key)?.code;
    if (turn.ok) troubles.delete(key);
    else troubles.set(key, { siteName: site.name, code: turn.code });
    if (turn.ok ? before !== undefined : before !== turn.code)
      log.warn(turn.ok ? 'site.recovered' : 'site.troubled', {
        siteId: site.id,
        channel: what,
        ...(turn.ok ? {} : { code: turn.code }),
      });
  };

  async function listenFor(site: Site): Promise<number | undefined> {
    if (site.orders.hl7ListenPort === undefined) return undefined;
    const listener = await listenMllp({
      port: site.orders.hl7ListenPort,
      ...(ports.mllpHost === undefined ? {} : { host: ports.mllpHost }),
      onMessage: (bytes) => answerHl7(bytes, site, { fhir, clock, log, nextControlId }),
      log,
    });
    listeners.push(listener);
    return listener.port;
  }

  function watch(site: Site): void {
    const siteFhir = siteFhirOf(site);
    if (site.orders.fhirUrl !== undefined && siteFhir !== undefined) {
      const poll = createOrderPoll({ site, siteFhir, fhir, clock, log });
      const intervalMs = intervals.ordersMs ?? INTERVALS.ordersMs;
      repetitions.push(repeat(() => poll.look(), { timer, intervalMs, tell: tellFor(site, 'orders') }));
    }
    const archive = archiveOf(site);
    if (archive === undefined) return;
    const unorderedQuietMs = site.orders.unorderedQuietMs ?? intervals.unorderedQuietMs;
    const studies = createStudyWatch({
      site,
      archive,
      fhir,
      clock,
      log,
      ...(siteFhir === undefined ? {} : { siteFhir }),
      ...(intervals.quietMs === undefined ? {} : { quietMs: intervals.quietMs }),
      ...(unorderedQuietMs === undefined ? {} : { unorderedQuietMs }),
    });
    const intervalMs = intervals.studiesMs ?? INTERVALS.studiesMs;
    repetitions.push(repeat(() => studies.look(), { timer, intervalMs, tell: tellFor(site, 'images') }));
  }

  async function addSite(site: Site): Promise<{ readonly hl7Port?: number }> {
    const hl7Port = await listenFor(site);
    watch(site);
    return hl7Port === undefined ? {} : { hl7Port };
  }

  async function stop(): Promise<void> {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
    await Promise.all(repetitions.splice(0).map((repetition) => repetition.stop()));
  }

  return {
    addSite,
    stop,
    troubles: () => [...troubles.values()],
    async start() {
      const hl7Ports: Record<SiteId, number> = {};
      try {
        for (const site of ports.sites) {
          const { hl7Port } = await addSite(site);
          if (hl7Port !== undefined) hl7Ports[site.id] = hl7Port;
        }
      } catch (thrown) {
        await stop();
        throw thrown;
      }
      return { hl7Ports };
    },
  };
}
