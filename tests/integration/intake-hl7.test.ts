import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Communication, Patient, Task } from 'fhir/r4';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createIntake, type Intake } from '#electron/gateway/intake/create-intake.ts';
import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { hasHl7Testdata, hl7TestdataPath } from '#tests/support/hl7-testdata.ts';
import { machineClock, openRealHub, temporaryFolder, type RealHub } from '#tests/support/intake-rig.ts';
import { lacks } from '#tests/support/peers.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};

let folder: ReturnType<typeof temporaryFolder>;
let hub: RealHub;
let intake: Intake;
let port: number;
let hubIsAway = false;

/** The hub, until a test takes it away. */
const cuttable = (fhir: FhirClient): FhirClient => {
  const guard = () => {
    if (hubIsAway) throw new FhirError({ code: 'unreachable', sent: false });
  };
  return {
    read: async (...args) => (guard(), fhir.read(...args)),
    search: async (...args) => (guard(), fhir.search(...args)),
    create: async (...args) => (guard(), fhir.create(...args)),
    update: async (...args) => (guard(), fhir.update(...args)),
    transaction: async (bundle) => (guard(), fhir.transaction(bundle)),
  };
};

beforeEach(async () => {
  folder = temporaryFolder();
  hubIsAway = false;
  hub = openRealHub(`${folder.path}/hub.sqlite`);
  intake = createIntake({
    fhir: cuttable(hub.fhir),
    sites: [site],
    clock: machineClock,
    log: silentLog,
    listenMllp,
    archiveOf: () => undefined,
    siteFhirOf: () => undefined,
  });
  const { hl7Ports } = await intake.start();
  port = hl7Ports[site.id] ?? 0;
});
afterEach(async () => {
  await intake.stop();
  await hub.close();
  folder.remove();
});

async function send(text: string, to = port): Promise<string> {
  const answer = await sendMllp({
    host: '127.0.0.1',
    port: to,
    message: new TextEncoder().encode(text),
    timeoutMs: 20_000,
  });
  return answer.ok ? new TextDecoder().decode(answer.ack) : answer.code;
}
/** MSA-1, as the sender reads it. */
const code = (ack: string): string => /\rMSA\|(..)/.exec(ack)?.[1] ?? ack;

const order = (accession: string, control = 'NW', priority = 'R') =>
  `MSH|^~\\&|RIS|M|||20261121||ORM^O01|${control}${accession}|P|2.3\rPID|||4711||Doe^Jane||19541102|F\r` +
  `AL1|1||^Penicillin||rash\rORC|${control}|P${accession}|${accession}\rOBR|1|P${accession}|${accession}|^CT HEAD|${priority}||||||||||||||||||||||||||Headache\r`;

async function readings(fhir = hub.fhir) {
  const tasks = await fhir.search<Task>('Task', {});
  return tasks.map((task) => {
    const reading = readingTaskFromFhir(task);
    if (!reading.ok) throw new Error(reading.error.reason);
    return reading.value;
  });
}

describe.skipIf(lacks('python3-hl7', 'testdata') || !hasHl7Testdata)('an order of python3-hl7’s mllp_send', () => {
  async function mllpSend(name: string): Promise<string> {
    const script = 'from hl7.client import mllp_send; mllp_send()';
    const args = ['-c', script, '--loose', '-p', `${port}`, '-f', hl7TestdataPath(name), '127.0.0.1'];
    const child = spawn('/usr/bin/python3', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    await once(child, 'close');
    return output;
  }

  it('is acknowledged and stands on the hub; sent again it changes nothing', async () => {
    expect(await mllpSend('omi-o23-imaging-order.hl7')).toContain('MSA|AA|1001125');
    const [reading] = await readings();
    expect(reading).toMatchObject({
      state: 'ordered',
      accessionNumber: 'AccessionNumber',
      studyInstanceUids: ['1.2.392.200036.9125.0.198811291108.7'],
      patient: { mrn: 'PID_1', name: 'Smith^Lucy^Mark', birthDate: '2014-10-14' },
    });
    if (reading === undefined) throw new Error('no reading');
    const notes = await readNotes(hub.fhir, reading);
    expect(notes).toContainEqual(expect.objectContaining({ label: 'Body Weight', text: '65 kg' }));
    expect(await mllpSend('omi-o23-imaging-order.hl7')).toContain('MSA|AA|1001125');
    expect(await readings()).toEqual([reading]);
    expect(await readNotes(hub.fhir, reading)).toEqual(notes);
  });

  it('of version 2.6 with allergies, in ISO 8601 zones, is taken too', async () => {
    expect(await mllpSend('orm-o01-ct-head-fhirconverter.hl7')).toContain('MSA|AA|MSG00018');
    expect(await readings()).toMatchObject([{ exam: { text: 'CT Head', modality: 'CT' }, priority: 'routine' }]);
  });

  it('that is no order is refused with the reason, and kept whole', async () => {
    expect(await mllpSend('siu-s12-appointment.hl7')).toMatch(/MSA\|AR\|1001127\|SIU\^?.*S12/);
    const problems = await readIntakeProblems(hub.fhir);
    expect(problems).toMatchObject([{ siteId: 'mercy', code: 'not-supported' }]);
    expect(problems[0]?.content).toContain('AIS|1|A|34000023');
    await mllpSend('siu-s12-appointment.hl7');
    expect(await hub.fhir.search<Communication>('Communication', {})).toHaveLength(1);
  });
});

describe('messages of a site', () => {
  it('change and cancel what they ordered', async () => {
    expect(code(await send(order('A-1')))).toBe('AA');
    expect(code(await send(order('A-1', 'XO', 'S')))).toBe('AA');
    expect(await readings()).toMatchObject([{ priority: 'stat', reason: 'Headache', version: '2' }]);
    expect(code(await send(order('A-1', 'CA')))).toBe('AA');
    expect(await readings()).toMatchObject([{ state: 'cancelled' }]);
    expect(code(await send(order('A-2', 'CA')))).toBe('AR');
  });

  it('are asked for again while the hub is away, and lose nothing', async () => {
    hubIsAway = true;
    expect(code(await send(order('A-1')))).toBe('AE');
    expect(code(await send('MSH|^~\\&|A|B|||||SIU^S12|9|P|2.3\r'))).toBe('AE');
    hubIsAway = false;
    expect(code(await send(order('A-1')))).toBe('AA');
    expect(await readings()).toHaveLength(1);
  });

  it('update a patient whose reading waits', async () => {
    await send(order('A-1'));
    const update = 'MSH|^~\\&|HIS|M|||||ADT^A08|7|P|2.3\rPID|||4711||Doe-Smith^Jane||19541103|F\r';
    expect(code(await send(update))).toBe('AA');
    expect(await readings()).toMatchObject([{ patient: { name: 'Doe-Smith^Jane', birthDate: '1954-11-03' } }]);
    const patients = await hub.fhir.search<Patient>('Patient', {});
    expect(patients.map(({ name, birthDate }) => [name?.[0]?.family, birthDate])).toEqual([
      ['Doe-Smith', '1954-11-03'],
    ]);
    expect(code(await send(update.replace('4711', '4712')))).toBe('AA');
    expect(await hub.fhir.search<Patient>('Patient', {})).toHaveLength(1);
  });

  it('bring prior reports, before or after the order', async () => {
    const report =
      'MSH|^~\\&|RIS|M|||||ORU^R01|8|P|2.3\rPID|||4711||Doe^Jane\rOBR|1||OLD-1|^MR BRAIN|||20250301\r' +
      'OBX|1|ST|113014^DICOM Study^DCM||1.2.3.4||||||F\rOBX|2|TX|^Findings||No mass.||||||F\rOBX|3|TX|^Impression||Normal\\T\\quiet.||||||F\r';
    expect(code(await send(report))).toBe('AA');
    await send(order('A-1'));
    expect(code(await send(report))).toBe('AA');
    const [reading] = await readings();
    if (reading === undefined) throw new Error('no reading');
    const priors = (await readNotes(hub.fhir, reading)).filter((fact) => fact.kind === 'prior-report');
    expect(priors).toMatchObject([
      { label: 'MR BRAIN', text: 'Findings: No mass.\n\nImpression: Normal&quiet.', studyInstanceUid: '1.2.3.4' },
    ]);
    expect(reading.priors).toMatchObject([{ description: 'MR BRAIN', date: '2025-03-01', hasReport: true }]);
  });

  it('that are no HL7 at all are refused and kept', async () => {
    expect(code(await send('GET / HTTP/1.1'))).toBe('AR');
    expect(await readIntakeProblems(hub.fhir)).toMatchObject([{ code: 'no-header', content: 'GET / HTTP/1.1' }]);
  });
});

describe('a gateway killed in the middle', () => {
  let script: string;
  let scripts: ReturnType<typeof temporaryFolder>;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    scripts = temporaryFolder();
    script = resolve('node_modules', `.intake-child-${process.pid}.mjs`);
    await build({
      entryPoints: ['tests/support/intake-child.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    });
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    const { rm } = await import('node:fs/promises');
    await rm(script, { force: true });
    scripts.remove();
  });
  async function start(file: string): Promise<number> {
    child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (child.stdout === null) throw new Error('no stdout');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return Number(line.toString());
  }

  it('has on its hub every order it acknowledged, and each once when all are sent again', async () => {
    const file = `${scripts.path}/killed.sqlite`;
    const numbers = Array.from({ length: 60 }, (_, at) => `K-${at}`);
    const first = await start(file);
    const acknowledged: string[] = [];
    await Promise.all(
      numbers.map(async (number) => {
        if (code(await send(order(number), first)) === 'AA') acknowledged.push(number);
        if (acknowledged.length === 20) child?.kill('SIGKILL');
      }),
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(acknowledged.length).toBeLessThan(60);

    const second = await start(file);
    for (const number of numbers) expect(code(await send(order(number), second))).toBe('AA');
    child?.kill('SIGKILL');
    const reopened = openRealHub(file);
    const held = (await readings(reopened.fhir)).map((reading) => reading.accessionNumber ?? '');
    expect(held.toSorted()).toEqual(numbers.toSorted());
    expect(await reopened.fhir.search<Patient>('Patient', {})).toHaveLength(1);
    await reopened.close();
  });
});
