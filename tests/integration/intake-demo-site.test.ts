import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterEach, describe, expect, it } from 'vitest';

import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { createDicomwebFace, createFolderArchive } from '#electron/adapters/files/index.ts';
import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createDemoSite, type DemoSite, type DemoSitePorts } from '#electron/demo-site/index.ts';
import { demoCatalogue, writeStudy } from '#electron/demo-site/studies/index.ts';
import { createIntake } from '#electron/gateway/intake/create-intake.ts';
import type { Task } from 'fhir/r4';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { machineClock, openRealHub, temporaryFolder, until, type RealHub } from '#tests/support/intake-rig.ts';

const SEED = 11;
/** A few small studies: with and without priors, over both wires. */
const KEYS = ['chest-preop', 'chest-preop-prior', 'wrist'];

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const exists = (path: string) =>
  readFile(path).then(
    () => true,
    () => false,
  );

async function portsIn(dir: string): Promise<DemoSitePorts> {
  const encoders = createImageEncoders();
  const write = async (path: string, bytes: Uint8Array) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  };
  return {
    dir,
    seed: SEED,
    clock: machineClock,
    log: silentLog,
    studies: demoCatalogue(SEED, machineClock.now()).filter((study) => KEYS.includes(study.key)),
    files: {
      read: (path) =>
        readFile(join(dir, path)).then(
          (bytes) => new Uint8Array(bytes),
          () => undefined,
        ),
      writeAtomically: (path, bytes) => write(join(dir, path), bytes),
    },
    generate: (study, folder) =>
      writeStudy(study, SEED, encoders, {
        exists: (path) => exists(join(dir, folder, path)),
        write: (path, bytes) => write(join(dir, folder, path), bytes),
        writeAtomically: (path, bytes) => write(join(dir, folder, path), bytes),
      }),
    async openImages({ folder, storeFolder, basePath, auth }) {
      await mkdir(join(dir, folder), { recursive: true });
      const archive = createFolderArchive({ dir: join(dir, folder), storeDir: join(dir, storeFolder), log: silentLog });
      await archive.ready;
      const fetch = createDicomwebFace({ archive, basePath, basicAuth: auth });
      return { fetch, rescan: async () => void (await archive.rescan()) };
    },
    openFhir: async ({ file, baseUrl }) => openRealHub(join(dir, file), baseUrl),
    clientOf: (baseUrl, fetch) => createFhirClient({ baseUrl, fetch, timeoutMs: 20_000 }),
    async serve(fetch) {
      const server = createServer(getRequestListener(fetch, { overrideGlobalObjects: false }));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      };
    },
    listenMllp,
    sendMllp,
  };
}

async function startGateway(demo: DemoSite, hub: RealHub) {
  const intake = createIntake({
    fhir: hub.fhir,
    sites: demo.sites,
    clock: machineClock,
    log: silentLog,
    listenMllp,
    archiveOf: ({ dicomweb }) =>
      dicomweb === undefined
        ? undefined
        : createDicomwebArchive({
            url: dicomweb.url,
            ...(dicomweb.auth === undefined ? {} : { auth: { basic: dicomweb.auth } }),
          }),
    siteFhirOf: ({ orders }) =>
      orders.fhirUrl === undefined
        ? undefined
        : createFhirClient({ baseUrl: orders.fhirUrl, fetch, timeoutMs: 20_000 }),
    intervals: { ordersMs: 300, studiesMs: 300, quietMs: 1000 },
  });
  const { hl7Ports } = await intake.start();
  closing.push(() => intake.stop());
  return { intake, hl7Ports };
}

const readingsOn = async (hub: RealHub) =>
  (await hub.fhir.search<Task>('Task', {})).map((task) => {
    const reading = readingTaskFromFhir(task);
    if (!reading.ok) throw new Error(reading.error.reason);
    return reading.value;
  });

describe('the demo sites', () => {
  it('send orders and images over real wires until every reading is ready, with notes, priors and their reports', async () => {
    const { path, remove } = temporaryFolder();
    closing.push(remove);
    const hub = openRealHub(join(path, 'hub.sqlite'));
    closing.push(() => hub.close());
    const ports = await portsIn(join(path, 'demo'));
    const demo = await createDemoSite(ports);
    closing.push(() => demo.stop());
    expect(demo.sites.map(({ name, region, returns }) => [name, region, returns.map(({ kind }) => kind)])).toEqual([
      ['Mercy General', 'US-OH', ['hl7', 'stow', 'fhir', 'folder']],
      ['Harbor Clinic', 'US-KY', ['fhir', 'folder']],
    ]);
    const { intake, hl7Ports } = await startGateway(demo, hub);
    demo.play({ hl7Ports });
    const ready = await until(
      () => readingsOn(hub),
      (readings) => readings.length === 2 && readings.every(({ state }) => state === 'ready'),
      200_000,
    );
    expect(intake.troubles()).toEqual([]);
    for (const reading of ready) {
      const story = ports.studies?.find((study) => study.accessionNumber === reading.accessionNumber);
      expect(reading).toMatchObject({
        studyInstanceUids: [story?.studyInstanceUid],
        instanceCount: story?.imageCount,
        patient: { mrn: story?.patient.mrn, name: story?.patient.name },
        priority: story?.priority,
      });
      expect(reading.dueAt).toBeGreaterThan(reading.imagesCompleteAt ?? Number.POSITIVE_INFINITY);
      const kinds = new Set((await readNotes(hub.fhir, reading)).map((fact) => fact.kind));
      for (const { kind } of story?.notes ?? []) expect(kinds).toContain(kind);
    }
    const preop = ready.find(({ priors }) => priors.length > 0);
    expect(preop?.priors).toEqual([expect.objectContaining({ modality: 'DX', hasReport: true })]);
  });

  it('file each report once, however often it is sent', async () => {
    const { path, remove } = temporaryFolder();
    closing.push(remove);
    const demo = await createDemoSite({ ...(await portsIn(path)), studies: [] });
    closing.push(() => demo.stop());
    const [channel] = demo.sites[0]?.returns ?? [];
    if (channel?.kind !== 'hl7') throw new Error('no HL7 channel');
    const message = new TextEncoder().encode('MSH|^~\\&|O|G|RIS|M|||ORU^R01|R-1|P|2.5.1\rPID|||1\rOBX|1|TX|||ok\r');
    const target = { host: channel.host, port: channel.port, timeoutMs: 10_000 };
    for (const _turn of [1, 2]) {
      const answer = await sendMllp({ ...target, message });
      expect(answer.ok && new TextDecoder().decode(answer.ack)).toContain('MSA|AA|R-1');
    }
    expect(await demo.received()).toEqual([
      { siteName: 'Mercy General', hl7Reports: 1, fhirReports: 0 },
      { siteName: 'Harbor Clinic', hl7Reports: 0, fhirReports: 0 },
    ]);
    expect(await readFile(join(path, 'mercy/reports/R-1.hl7'))).toEqual(Buffer.from(message));
  });
});
