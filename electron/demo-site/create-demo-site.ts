import type { MllpListener } from '#electron/ports/mllp.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import type { CriticalRules } from '#shared/domain/critical-result.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { DEFAULT_UNDO_MS, type BasicAuth, type Site } from '#shared/domain/site.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { DiagnosticReport } from 'fhir/r4';
import { playNight, type Night } from './night.ts';
import type { DemoImages, DemoSite, DemoSitePorts, Fetch, Serving } from './ports.ts';
import { createReportReceiver } from './receive-reports.ts';
import { demoCatalogue, type DemoSiteKey } from './studies/index.ts';

/** The two sites of the demo. Their credentials guard nothing: pictures that were never taken, of people who do not exist. */
const SITES = {
  mercy: { name: 'Mercy General', region: 'US-OH' },
  harbor: { name: 'Harbor Clinic', region: 'US-KY' },
} as const;
const AUTH: BasicAuth = { user: 'demo', password: 'demo' };
const IMAGES_PATH = '/dicom-web';
const FHIR_PATH = '/fhir';

interface OpenSite {
  readonly key: DemoSiteKey;
  readonly site: Site;
  readonly images: DemoImages;
  readonly fhir: FhirClient;
  close(): Promise<void>;
}

/** People who do not exist, under numbers kept free for stories. */
const ON_CALL: CriticalRules = {
  windowMinutes: {},
  timeZone: 'America/New_York',
  escalation: [
    { name: 'Dr. Morgan Hale', role: 'ED physician', phone: '+1 202 555 0101', hours: { from: '07:00', to: '23:00' } },
    {
      name: 'Dr. Robin Vance',
      role: 'ED physician, night',
      phone: '+1 202 555 0102',
      hours: { from: '23:00', to: '07:00' },
    },
    { name: 'Casey Brook', role: 'Charge nurse', phone: '+1 202 555 0103' },
  ],
};

/**
 * Opens both sites: DICOMweb and FHIR over HTTP, results over MLLP, on loopback ports of their own. What they hold outlives the program, so that a
 * night can be continued. Rejects when something cannot be opened; then nothing stays open.
 */
export async function createDemoSite(ports: DemoSitePorts): Promise<DemoSite> {
  const { clock, log, timer = systemTimer, files, listenMllp } = ports;
  const studies = ports.studies ?? demoCatalogue(ports.seed, await firstStart(ports));
  const receiver = createReportReceiver({ folder: 'mercy/reports', files, clock });
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  };
  const keep = <Closable extends { close(): Promise<void> }>(each: Closable): Closable => {
    opened.push(each);
    return each;
  };

  async function openSite(key: DemoSiteKey, results: MllpListener | undefined): Promise<OpenSite> {
    let serveImages: Fetch | undefined;
    let serveFhir: Fetch | undefined;
    const notYet = async () => new Response('not ready', { status: 503 });
    const server: Serving = keep(
      await ports.serve(async (request) => {
        const { pathname } = new URL(request.url);
        if (pathname.startsWith(`${IMAGES_PATH}/`)) return (serveImages ?? notYet)(request);
        if (pathname.startsWith(`${FHIR_PATH}/`) || pathname === FHIR_PATH) return (serveFhir ?? notYet)(request);
        return new Response('not found', { status: 404 });
      }),
    );
    const origin = `http://127.0.0.1:${server.port}`;
    const fhirUrl = `${origin}${FHIR_PATH}`;
    const fhirServer = keep(await ports.openFhir({ file: `${key}/fhir.sqlite`, baseUrl: fhirUrl }));
    const images = await ports.openImages({
      folder: `${key}/images`,
      storeFolder: `${key}/stored`,
      basePath: IMAGES_PATH,
      auth: AUTH,
    });
    serveFhir = fhirServer.fetch;
    serveImages = images.fetch;
    const site: Site = {
      id: key as string as SiteId,
      ...SITES[key],
      dicomweb: { url: `${origin}${IMAGES_PATH}`, auth: AUTH },
      orders: { unordered: 'ignore', ...(results === undefined ? { fhirUrl } : { hl7ListenPort: 0 }) },
      returns: [
        ...(results === undefined
          ? []
          : [{ kind: 'hl7', host: '127.0.0.1', port: results.port } as const, { kind: 'stow' } as const]),
        { kind: 'fhir', url: fhirUrl },
        { kind: 'folder', path: `${ports.dir}/${key}/returned` },
      ],
      undoMs: DEFAULT_UNDO_MS,
      turnaroundMinutes: {},
      critical: ON_CALL,
    };
    return { key, site, images, fhir: ports.clientOf(fhirUrl, fhirServer.fetch), close: closeAll };
  }

  let night: Night | undefined;
  let open: readonly [OpenSite, OpenSite];
  try {
    const results = keep(await listenMllp({ port: 0, onMessage: (message) => receiver.answer(message), log }));
    open = [await openSite('mercy', results), await openSite('harbor', undefined)];
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
  const siteOf = (key: DemoSiteKey): OpenSite => (key === 'mercy' ? open[0] : open[1]);
  return {
    sites: open.map(({ site }) => site),
    play({ hl7Ports }) {
      night ??= playNight({
        studies,
        timer,
        clock,
        log,
        sendMllp: ports.sendMllp,
        hl7PortOf: (key) => hl7Ports[siteOf(key).site.id],
        fhirOf: (key) => siteOf(key).fhir,
        async showImages(study) {
          await ports.generate(study, `${study.siteKey}/images`);
          await siteOf(study.siteKey).images.rescan();
        },
      });
    },
    async received() {
      return Promise.all(
        open.map(async ({ key, site, fhir }) => ({
          siteName: site.name,
          hl7Reports: key === 'mercy' ? receiver.filed() : 0,
          fhirReports: (await fhir.search<DiagnosticReport>('DiagnosticReport', {})).filter((report) =>
            report.identifier?.some((each) => each.system === SYSTEM.report),
          ).length,
        })),
      );
    },
    async stop() {
      await night?.stop();
      await closeAll();
    },
  };
}

const FIRST_START = 'first-start.json';

/** The stories are told relative to the evening the demo was first started: restarted, it is the same night with the same studies. */
async function firstStart({ files, clock }: DemoSitePorts): Promise<EpochMs> {
  const kept = await files.read(FIRST_START);
  const at = kept === undefined ? Number.NaN : Number(new TextDecoder().decode(kept));
  if (Number.isSafeInteger(at) && at > 0) return at as EpochMs;
  const now = clock.now();
  await files.writeAtomically(FIRST_START, new TextEncoder().encode(`${now}\n`));
  return now;
}
