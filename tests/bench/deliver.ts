import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { openDelivery } from '#electron/hosts/compose/open-delivery.ts';
import { openPrinter } from '#electron/hosts/compose/open-printer.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { HOUR_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { createDice } from '#tests/campaign/deliver/dice.ts';
import { openRealHub } from '#tests/campaign/deliver/open-real-hub.ts';
import { createOrthancPeer } from '#tests/campaign/deliver/orthanc-peer.ts';
import { makeReports, putOnHub } from '#tests/campaign/deliver/reports.ts';
import { freePort } from '#tests/support/free-port.ts';
import { lacks } from '#tests/support/peers.ts';

import { runsOf, table } from './runs.ts';

const ROUNDS = 5;
const REPORTS_A_ROUND = 12;
/** A reading group's busiest minute, many times over: 60 readers at one report a minute. */
const NEEDED_A_MINUTE = 60;
/** The reader has gone to the next case long before. */
const SIGN_TO_ACK_LIMIT_MS = 2000;

/**
 * Reports a minute on all channels of a site that answers at once (HL7, STOW to Orthanc, folder), against the same bytes sent bare on the same lines;
 * and how long one report takes from signing to the HL7 acknowledgement. All on loopback, print included.
 */
export async function benchDeliver(argv: readonly string[]): Promise<number> {
  if (lacks('orthanc')) return 2;
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-deliver-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const world = await openWorld(folder, closing);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const reports = await world.makeReports(REPORTS_A_ROUND);
      bare.push(await world.sendBare(await world.makeReports(REPORTS_A_ROUND)));
      ours.push(await world.deliver(reports));
    }
    const waits: number[] = [];
    for (const report of await world.makeReports(20)) waits.push(await world.signToAck(report));
    return print({ ours, bare, waits }, argv);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function openWorld(folder: string, closing: (() => unknown)[]) {
  const hub = await openRealHub(folder);
  closing.push(() => hub.close());
  const hl7 = spawn(process.execPath, [fileURLToPath(new URL('./bench-mllp-worker.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closing.push(() => hl7.kill());
  const [line] = (await once(hl7.stdout, 'data')) as [Buffer];
  const hl7Port = Number(line.toString());
  const orthancPort = await freePort();
  const orthanc = createOrthancPeer(join(folder, 'orthanc'), orthancPort);
  await orthanc.start();
  closing.push(() => orthanc.kill());
  const url = `http://127.0.0.1:${orthancPort}/dicom-web`;
  const archive = createDicomwebArchive({ url, auth: { basic: orthanc.auth } });
  const renderPdf = await openPrinter();
  const siteWith = (id: string, returns: readonly ReturnChannel[]): Site => ({
    id: id as SiteId,
    name: 'Bench',
    dicomweb: { url, auth: orthanc.auth },
    orders: { unordered: 'ignore' },
    returns,
    turnaroundMinutes: {},
  });
  const hl7Channel: ReturnChannel = { kind: 'hl7', host: '127.0.0.1', port: hl7Port };
  const all = siteWith('bench', [hl7Channel, { kind: 'stow' }, { kind: 'folder', path: join(folder, 'returned') }]);
  const only = siteWith('bench', [hl7Channel]);
  let site = all;
  const loop = await openDelivery({
    fhir: hub.fhir,
    sites: () => [site],
    archiveOf: () => archive,
    clock: systemClock,
    log: silentLog,
    renderPdf,
  });
  const dice = createDice(1);
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  return {
    async makeReports(count: number): Promise<SignedReport[]> {
      const reports = makeReports(count, all.id, dice, (Date.now() - HOUR_MS) as EpochMs).map(uniqueStudy(dice.next()));
      for (const report of reports) await orthanc.storeStudy(report);
      return reports;
    },
    /** The same bytes on the same lines, side by side as ours go: nothing is made, kept or decided. */
    async sendBare(reports: readonly SignedReport[]): Promise<number> {
      const made = await Promise.all(reports.map((signed) => bytesOf(signed, all, archive, renderPdf)));
      return timed(() =>
        Promise.all([
          inTurn(made, ({ oru }) => sendMllp({ host: '127.0.0.1', port: hl7Port, message: oru, timeoutMs: 30_000 })),
          inTurn(made, async ({ objects }) => {
            for (const part10 of objects) await archive.store(part10);
          }),
        ]),
      );
    },
    async deliver(reports: readonly SignedReport[]): Promise<number> {
      site = all;
      for (const report of reports) await putOnHub(hub.fhir, report, site);
      return timed(() => loop.kick());
    },
    signToAck(report: SignedReport): Promise<number> {
      site = only;
      return timed(async () => {
        await putOnHub(hub.fhir, report, site);
        await loop.kick();
      });
    },
  };
}

/** Rounds make reports of the same numbers: each gets a study of its own. */
const uniqueStudy =
  (share: number) =>
  (report: SignedReport, index: number): SignedReport => ({
    ...report,
    body: { templateId: report.body.templateId, title: report.body.title, sections: report.body.sections },
    studyInstanceUids: [`2.25.${Math.floor(share * 1e12)}${index}`] as unknown as SignedReport['studyInstanceUids'],
  });

async function bytesOf(
  signed: SignedReport,
  site: Site,
  archive: SiteArchive,
  renderPdf: Awaited<ReturnType<typeof openPrinter>>,
) {
  const [studyInstanceUid] = signed.studyInstanceUids;
  if (studyInstanceUid === undefined) throw new Error('no study');
  const canonical = canonicalize(signed);
  const proof = { signed, canonical, signature: 'h..s' };
  const pdf = await renderPdf({ ...proof, site });
  const metadata = await archive.studyMetadata(studyInstanceUid);
  const objects = reportObjects({ ...proof, pdf, studyInstanceUid, studyIndex: 0, study: metadata[0] });
  const oru = oruFromReport({ signed, channelIndex: 0, pdfBase64: Buffer.from(pdf).toString('base64') });
  return { oru: new TextEncoder().encode(oru), objects: objects.map(({ part10 }) => part10) };
}

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item);
}

function print(
  measured: { readonly ours: readonly number[]; readonly bare: readonly number[]; readonly waits: readonly number[] },
  argv: readonly string[],
): number {
  const [ours, bare] = [runsOf(measured.ours), runsOf(measured.bare)];
  const aMinute = (ms: number) => Math.round((REPORTS_A_ROUND * 60_000) / ms);
  const sorted = measured.waits.toSorted((one, other) => one - other);
  const p95 = Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN);
  const facts = {
    reportsAMinute: aMinute(ours.medianMs),
    bareAMinute: aMinute(bare.medianMs),
    timeAgainstBare: Math.round((ours.medianMs / bare.medianMs) * 10) / 10,
    neededAMinute: NEEDED_A_MINUTE,
    signToAckP95Ms: p95,
    signToAckLimitMs: SIGN_TO_ACK_LIMIT_MS,
    runsMs: { ours: ours.runsMs, bare: bare.runsMs, signToAck: measured.waits.map(Math.round) },
  };
  const rows = [
    ['', 'reports/min', 'against', 'runs (ms)'],
    ['all channels (HL7, STOW, folder)', `${facts.reportsAMinute}`, `needed ${NEEDED_A_MINUTE}`, ours.runsMs.join(' ')],
    [
      'bare MLLP echo and STOW, same bytes',
      `${facts.bareAMinute}`,
      `ours takes ${facts.timeAgainstBare} x`,
      bare.runsMs.join(' '),
    ],
    [
      'sign to HL7 acknowledgement, p95',
      `${p95} ms`,
      `limit ${SIGN_TO_ACK_LIMIT_MS} ms`,
      facts.runsMs.signToAck.join(' '),
    ],
  ];
  process.stdout.write(`${table(rows)}\n`);
  const file = argv[argv.indexOf('--json') + 1];
  if (argv.includes('--json') && file !== undefined) writeFileSync(file, `${JSON.stringify(facts, undefined, 2)}\n`);
  return facts.reportsAMinute >= NEEDED_A_MINUTE && p95 <= SIGN_TO_ACK_LIMIT_MS ? 0 : 1;
}
