import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DiagnosticReport, Patient, ServiceRequest, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OpenCase } from '#shared/contract/schemas.ts';
import { enterDoor, type DoorCall } from '#tests/support/door-client.ts';
import { freePort } from '#tests/support/free-port.ts';
import { sendWithPython } from '#tests/support/hl7-peer.ts';
import { temporaryFolder, until } from '#tests/support/intake-rig.ts';
import { MR, mrFiles, mrOrder } from '#tests/support/mr-order.ts';
import { startOrthanc, type Orthanc } from '#tests/support/orthanc.ts';
import { lacks } from '#tests/support/peers.ts';
import { startPlainFhirServer, type PlainFhirServer } from '#tests/support/plain-fhir-server.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

const PIN = '246802';
const SEARCH_DELAY_MS = 700;

/** Another server in the place of the hub: no operations, 409 on conflict, a search index that comes later, answers that get lost. */
describe.skipIf(lacks('testdata', 'orthanc', 'python3-hl7'))(
  'gateway and workstations beside a foreign FHIR server',
  () => {
    const folder = temporaryFolder();
    let orthanc: Orthanc;
    let server: PlainFhirServer;
    let gateway: StartedProgram;
    let ordersPort: number;
    const workstations: StartedProgram[] = [];
    let [lee, kim]: (DoorCall | undefined)[] = [];
    let open: { readonly by: DoorCall; readonly case: OpenCase } | undefined;

    const environment = { OVERREAD_PIN: PIN, MERCY_PASSWORD: 'reader-password' };
    const configOf = (id: string, name: string) => {
      const file = join(folder.path, `${id}.json`);
      const auth = { basic: { user: orthanc.user, password: { env: 'MERCY_PASSWORD' } } };
      const site = {
        id: 'mercy',
        name: 'Mercy General',
        dicomweb: { url: orthanc.dicomwebUrl, auth },
        orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
        return: [{ folder: { path: 'returned' } }, { stow: {} }],
      };
      const reader = { id, name, pin: { env: 'OVERREAD_PIN' } };
      writeFileSync(file, JSON.stringify({ reader, hub: { fhir: server.baseUrl }, sites: [site] }));
      return file;
    };
    const startWorkstation = async (id: string, name: string): Promise<DoorCall> => {
      const argv = ['--headless', '--data', join(folder.path, id), '--config', configOf(id, name)];
      const program = await startProgram('workstation', argv, environment);
      workstations.push(program);
      return enterDoor(program.url);
    };
    const readings = () =>
      server.all<Task>('Task').filter(({ code }) => code?.coding?.some((coding) => coding.code === '110005'));

    beforeAll(async () => {
      [orthanc, ordersPort, server] = await Promise.all([
        startOrthanc(),
        freePort(),
        startPlainFhirServer({ searchDelayMs: SEARCH_DELAY_MS }),
      ]);
      gateway = await startProgram(
        'gateway',
        ['--fhir', server.baseUrl, '--config', configOf('gateway', 'X^Y')],
        environment,
      );
      [lee, kim] = [await startWorkstation('dr-lee', 'Lee^Dana'), await startWorkstation('dr-kim', 'Kim^Ana')];
    });
    afterAll(async () => {
      await Promise.all([...workstations, gateway].map((program) => program?.kill()));
      await orthanc?.stop();
      await server?.stop();
      folder.remove();
    });

    it('takes an order once, though its answer was lost and it came again', async () => {
      server.disturb({ when: (method, path) => method === 'POST' && path === '', times: 1, status: 500, after: true });
      const first = await sendWithPython(ordersPort, mrOrder(MR.accession, 'F-1'));
      if (!first.includes('MSA|AA')) {
        expect(await sendWithPython(ordersPort, mrOrder(MR.accession, 'F-1'))).toContain('MSA|AA|F-1');
      }
      expect(await sendWithPython(ordersPort, mrOrder(MR.accession, 'F-1'))).toContain('MSA|AA|F-1');
      expect(readings()).toHaveLength(1);
      expect(server.all<Patient>('Patient')).toHaveLength(1);
      expect(server.all<ServiceRequest>('ServiceRequest')).toHaveLength(1);
    });

    it('becomes ready when its images are there, on a server that is slow and says 503 now and then', async () => {
      server.disturb({ when: (method) => method === 'PUT', times: 1, status: 503 });
      server.disturb({ when: (method) => method === 'GET', times: 5, delayMs: 500 });
      await orthanc.upload(mrFiles());
      await until(
        async () => readings(),
        ([task]) => task?.status === 'ready',
      );
    });

    it('is claimed by one of two readers under a version, and the other sees who has it', async () => {
      if (lee === undefined || kim === undefined) throw new Error('two readers');
      const [ofLee, ofKim] = [lee, kim];
      for (const call of [ofLee, ofKim]) {
        await until(
          () => call('worklist', {}),
          ({ rows }) => rows.some(({ state }) => state === 'ready'),
        );
      }
      // Both reach for it at once: one is told that the other has it (409).
      const answers = await Promise.all([ofLee('readNext', {}), ofKim('readNext', {})]);
      expect(answers.filter(({ status }) => status === 'opened')).toHaveLength(1);
      const [winner, loser] = answers[0].status === 'opened' ? [ofLee, ofKim] : [ofKim, ofLee];
      const opened = answers.find(({ status }) => status === 'opened');
      if (opened?.status === 'opened') open = { by: winner, case: opened.case };
      const { rows } = await until(
        () => loser('worklist', {}),
        (list) => list.rows.some(({ state }) => state === 'claimed'),
      );
      expect(rows).toMatchObject([{ mine: false }]);
      expect(rows[0]?.claim?.radiologistName).toMatch(/^(Lee|Kim)\^/);
      expect(server.asked.filter((asked) => asked.includes('$'))).toEqual([]);
    });

    it('is signed and brought home once, though the answer to the signature was lost', async () => {
      if (open === undefined) throw new Error('no case is open');
      const call = open.by;
      const { taskId, contextKey, fence, draft } = open.case;
      const sections = draft.body.sections.map((section) =>
        section.role === 'findings' || section.role === 'impression' ? { ...section, text: 'Normal brain.' } : section,
      );
      server.disturb({ when: (method, path) => method === 'POST' && path === '', times: 1, status: 502, after: true });
      const signed = await call('signReport', {
        taskId,
        fence,
        pin: PIN,
        contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
        body: { ...draft.body, sections },
      });
      expect(['signed', 'signed-here']).toContain(signed.status);
      await until(
        () => call('deliveries', {}),
        ({ deliveries }) => deliveries.length === 2 && deliveries.every(({ state }) => state === 'accepted'),
      );
      expect(server.all<DiagnosticReport>('DiagnosticReport')).toHaveLength(1);
      expect(readings()).toMatchObject([{ status: 'completed' }]);
      expect(readdirSync(join(folder.path, 'returned')).length).toBeGreaterThan(0);
      expect(server.asked.filter((asked) => asked.includes('$'))).toEqual([]);
    });
  },
);
