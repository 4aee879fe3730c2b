import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Task } from 'fhir/r4';

import type { Campaign } from '#electron/hosts/cli/campaign.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { createDeliveryActs } from '#electron/workstation/delivery-acts.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { DELIVERY_CODE, SYSTEM } from '#shared/fhir/systems.ts';
import { HOUR_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { freePort } from '#tests/support/free-port.ts';
import { createTestAuthority } from '#tests/support/test-ca.ts';

import { startChaos, type Chaos } from './deliver/chaos.ts';
import { FAULTS, startChaoticProxy, type Fault } from './deliver/chaotic-proxy.ts';
import { fromArchive, fromJournal, judge, type PeerAccount } from './deliver/compare.ts';
import type { GatewayOrders } from './deliver/deliver-gateway-worker.ts';
import { createDice, type Dice } from './deliver/dice.ts';
import { createFolderPeer } from './deliver/folder-peer.ts';
import { readJournal } from './deliver/journal.ts';
import { openRealHub } from './deliver/open-real-hub.ts';
import { createOrthancPeer } from './deliver/orthanc-peer.ts';
import { makeReports, putOnHub } from './deliver/reports.ts';
import { supervise } from './deliver/supervised.ts';

/** Signed and not yet at every channel, at most so many at once. */
const MAX_UNDER_WAY = 40;
const LOOK_MS = 250;
/** Nothing moves for so long: what is still open is lost. */
const STANDSTILL_MS = 120_000;

const TIMING: GatewayOrders['timing'] = {
  pollMs: 100,
  inFlightMs: 5000,
  timeoutMs: 3000,
  pace: { firstBackoffMs: 100, longestBackoffMs: 2000 },
};

const worker = (name: string): string => fileURLToPath(new URL(`./${name}-worker.mjs`, import.meta.url));

/** Reports through a broken world: to two HL7 engines, an archive, a FHIR server, a folder and a mail server, each once or it says so. */
export const run: Campaign = async ({ seed, count, say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'overread-deliver-'));
  const dice = createDice(seed);
  const began = Date.now();
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const hub = await openRealHub(folder);
    closing.push(() => hub.close());
    const world = await openWorld(folder, dice, closing);
    const { site, peers } = world;
    const orders = join(folder, 'orders.json');
    writeFileSync(orders, JSON.stringify({ hubUrl: hub.url, site, timing: TIMING } satisfies GatewayOrders));
    const gateway = supervise('gateway', process.execPath, [worker('deliver-gateway'), orders]);
    closing.push(() => gateway.kill());
    await gateway.start();
    const reports = makeReports(count, site.id, dice, (began - HOUR_MS) as EpochMs);
    for (const study of new Map(reports.map((report) => [report.taskId, report])).values()) {
      await world.orthanc.storeStudy(study);
    }
    say(`${count} reports to ${site.returns.length} channels`);
    const chaos = startChaos([gateway, gateway, ...peers], world.disk, dice);
    const { handled, stuck } = await signAndWait({ reports, site, fhir: hub.fhir, chaos, say });
    await chaos.stop();
    await gateway.kill();
    world.disk.stop();

    const ledger = await readLedger(hub.fhir);
    const accounts = await world.accounts(reports);
    const verdicts = accounts.map((account) => {
      const channel = site.returns[account.channelIndex]?.kind ?? 'folder';
      return judge(reports, channel, account, ledger, handled);
    });
    const sum = (name: keyof (typeof verdicts)[number]) => verdicts.reduce((total, each) => total + each[name], 0);
    const attempts = [...ledger.values()].reduce((total, each) => total + each.attempts, 0);
    const wrong = sum('lost') + sum('doubled') + sum('outOfOrder') + sum('versionsOutOfOrder') + sum('disagreements');
    const tried = reports.length * site.returns.length;
    return {
      tried,
      survived: Math.max(0, tried - wrong),
      // Whatever is against the promise fails the campaign: an order not kept and a ledger that errs are as bad as a loss.
      lost: sum('lost') + sum('disagreements') + world.disk.broken(),
      doubled: sum('doubled') + sum('outOfOrder') + sum('versionsOutOfOrder'),
      details: {
        channels: site.returns.map(({ kind }) => kind).join(' '),
        attempts,
        'lost at a peer': sum('lost'),
        'twice at a peer': sum('doubled'),
        'ledger against peer': sum('disagreements'),
        'out of order': sum('outOfOrder'),
        'versions out of order': sum('versionsOutOfOrder'),
        'broken files': world.disk.broken(),
        'still open at the end': stuck,
        'resent by a person': handled.size,
        ...Object.fromEntries(
          accounts.map(({ channelIndex, repeats }) => [
            `repeats, same id: ${channelIndex} ${site.returns[channelIndex]?.kind}`,
            repeats,
          ]),
        ),
        ...Object.fromEntries([...chaos.kills].map(([name, times]) => [`kill -9 ${name}`, times])),
        'full disks': world.disk.canFill ? chaos.fullDisks() : 'no disk may be mounted here',
        ...Object.fromEntries(FAULTS.map((fault) => [`line: ${fault}`, world.faultsDone(fault)])),
        seconds: Math.round((Date.now() - began) / 1000),
      },
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
};

/** Every peer behind a line of its own, on ports that outlive a kill. */
async function openWorld(folder: string, dice: Dice, closing: (() => unknown)[]) {
  const authority = createTestAuthority(folder);
  const [server, client] = [authority.issue('site'), authority.issue('gateway')];
  const port = {
    hl7: await freePort(),
    tls: await freePort(),
    fhir: await freePort(),
    mail: await freePort(),
    stow: await freePort(),
  };
  const journal = (name: string) => join(folder, `${name}.journal`);
  const nodePeer = (name: string, at: number, ...more: string[]) =>
    supervise(name, process.execPath, [
      worker(`deliver-${name}`),
      String(at),
      journal(name),
      String(dice.next() * 1e9),
      ...more,
    ]);
  const script = join(ROOT, 'tests/campaign/deliver/deliver_hl7_peer.py');
  const seed = String(Math.floor(dice.next() * 1e9));
  const disk = createFolderPeer(folder);
  const orthanc = createOrthancPeer(join(folder, 'orthanc'), port.stow);
  const peers = [
    supervise('python3-hl7', '/usr/bin/python3', [script, String(port.hl7), journal('python'), seed]),
    nodePeer('hl7', port.tls, server.certificateFile, server.keyFile, authority.file),
    nodePeer('fhir', port.fhir),
    nodePeer('mail', port.mail),
    orthanc,
  ] as const;
  closing.push(async () => {
    for (const peer of peers) await peer.kill();
  });
  await Promise.all(peers.map((peer) => peer.start()));

  const line = async (target: number, faults: readonly [Fault, ...Fault[]], chance: number) => {
    const proxy = await startChaoticProxy({ target, faults, chance, longestDelayMs: 1.2 * TIMING.timeoutMs, dice });
    closing.push(() => proxy.close());
    return proxy;
  };
  const breaks = ['drop-before', 'cut-off', 'drop-after', 'half-close', 'delay'] as const;
  // A conversation of many turns meets a fault in one of them.
  const lines = {
    hl7: await line(port.hl7, [...breaks, 'twice', 'garbage'], 0.25),
    tls: await line(port.tls, [...breaks, 'garbage'], 0.1),
    fhir: await line(port.fhir, [...breaks, 'garbage'], 0.12),
    mail: await line(port.mail, breaks, 0.04),
    stow: await line(port.stow, breaks, 0.12),
  };
  const returns: ReturnChannel[] = [
    { kind: 'hl7', host: '127.0.0.1', port: lines.hl7.port },
    {
      kind: 'hl7',
      host: '127.0.0.1',
      port: lines.tls.port,
      tls: { ca: authority.pem, certificate: client.certificate, key: client.key },
    },
    { kind: 'stow' },
    { kind: 'fhir', url: `http://127.0.0.1:${lines.fhir.port}/fhir` },
    { kind: 'folder', path: disk.path },
    {
      kind: 'mail',
      to: ['desk@site.example'],
      from: 'overread@group.example',
      server: { host: '127.0.0.1', port: lines.mail.port, security: 'none' },
    },
  ];
  const site: Site = {
    id: 'campaign' as SiteId,
    name: 'Campaign Site',
    dicomweb: { url: `http://127.0.0.1:${lines.stow.port}/dicom-web`, auth: orthanc.auth },
    orders: { unordered: 'ignore' },
    returns,
    turnaroundMinutes: {},
  };
  return {
    site,
    peers,
    disk,
    orthanc,
    faultsDone: (fault: Fault): number =>
      Object.values(lines).reduce((total, { counts }) => total + (counts.get(fault) ?? 0), 0),
    accounts: async (reports: readonly SignedReport[]): Promise<PeerAccount[]> => [
      fromJournal(0, readJournal(journal('python'))),
      fromJournal(1, readJournal(journal('hl7'))),
      fromArchive(2, await orthanc.objects(), reports),
      fromJournal(3, readJournal(journal('fhir'))),
      fromJournal(4, disk.received()),
      fromJournal(5, readJournal(journal('mail'))),
    ],
  };
}

/** Signs one report after the other, and plays the person who sends a refused one again. */
async function signAndWait({
  reports,
  site,
  fhir,
  chaos,
  say,
}: {
  readonly reports: ReturnType<typeof makeReports>;
  readonly site: Site;
  readonly fhir: FhirClient;
  readonly chaos: Chaos;
  readonly say: (line: string) => void;
}) {
  const acts = createDeliveryActs({
    fhir,
    sites: () => [site],
    reader: { name: 'Desk' },
    clock: systemClock,
    log: silentLog,
  });
  const handled = new Set<string>();
  let signed = 0;
  let open = 0;
  let told = 0;
  let seen = '';
  let moved = Date.now();
  do {
    const room = MAX_UNDER_WAY - open / site.returns.length;
    for (const report of reports.slice(signed, signed + Math.max(0, Math.ceil(room)))) {
      await putOnHub(fhir, report, site);
      signed += 1;
    }
    await new Promise<void>((resolve) => setTimeout(resolve, LOOK_MS));
    const tasks = await fhir.search<Task>('Task', { code: CODE, status: 'requested,failed' }, MAX_UNDER_WAY * 10);
    for (const task of tasks.filter(({ status }) => status === 'failed')) {
      handled.add(keyOf(task));
      await acts.resend(task.id ?? '', false);
    }
    open = tasks.length;
    chaos.progressed(signed * site.returns.length - open);
    const now = `${signed} ${tasks.map(({ id, meta }) => `${id}/${meta?.versionId}`).join()}`;
    if (now !== seen) [seen, moved] = [now, Date.now()];
    const tenth = Math.floor((10 * (signed * site.returns.length - open)) / (reports.length * site.returns.length));
    if (tenth > told) say(`${tenth}0 % delivered`);
    told = Math.max(told, tenth);
  } while ((signed < reports.length || open > 0) && Date.now() - moved < STANDSTILL_MS);
  return { handled, stuck: open };
}

const CODE = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;

/** `report UUID/channel`, as a delivery is identified. */
const keyOf = (task: Task): string => task.identifier?.find(({ system }) => system === SYSTEM.delivery)?.value ?? '';

async function readLedger(fhir: FhirClient): Promise<Map<string, Delivery>> {
  const tasks = await fhir.search<Task>('Task', { code: CODE }, 1_000_000);
  return new Map(
    tasks.flatMap((task) => {
      const delivery = deliveryFromFhir(task);
      return delivery.ok ? [[keyOf(task), delivery.value] as const] : [];
    }),
  );
}
