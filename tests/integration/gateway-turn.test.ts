import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { DiagnosticReport, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { ReportId } from '#shared/domain/identifiers.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import { freePort } from '#tests/support/free-port.ts';
import { sendWithPython } from '#tests/support/hl7-peer.ts';
import { until } from '#tests/support/intake-rig.ts';
import { mrOrder } from '#tests/support/mr-order.ts';
import { lacks } from '#tests/support/peers.ts';
import { startPostgres, type Postgres } from '#tests/support/postgres.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

const fhirOf = (hub: StartedProgram) =>
  createFhirClient({ baseUrl: hub.url, fetch: (request) => fetch(request), timeoutMs: 20_000 });
const saidBy = (hub: StartedProgram, event: string): boolean => hub.stderr.some((line) => line.includes(`"${event}"`));

/** Real programs, one configuration, one database: whoever listens for the site's orders is the gateway. */
describe.skipIf(lacks('postgresql', 'python3-hl7'))(
  'two hubs with the same sites on one PostgreSQL',
  { timeout: 240_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'overread-turn-'));
    const config = join(folder, 'hub.json');
    let postgres: Postgres;
    let database: string;
    let ordersPort: number;
    let returnPort: number;
    const running: StartedProgram[] = [];
    beforeAll(async () => {
      [postgres, ordersPort, returnPort] = await Promise.all([startPostgres(), freePort(), freePort()]);
      database = await postgres.database();
      const site = siteWith([{ kind: 'hl7', host: '127.0.0.1', port: returnPort }]);
      writeFileSync(
        config,
        JSON.stringify({
          hub: { fhir: 'embedded' },
          sites: [
            {
              id: site.id,
              name: site.name,
              orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
              return: [{ hl7: { host: '127.0.0.1', port: returnPort } }],
            },
          ],
        }),
      );
    }, 180_000);
    afterAll(async () => {
      await Promise.all(running.map((program) => program.kill()));
      postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    async function startHub(): Promise<StartedProgram> {
      const hub = await startProgram('hub', ['--port', '0', '--database', database, '--config', config]);
      running.push(hub);
      return hub;
    }
    const send = async (accession: string, control: string): Promise<string> =>
      sendWithPython(ordersPort, mrOrder(accession, control)).catch(() => '');
    const readings = async (hub: StartedProgram): Promise<readonly Task[]> =>
      (await fhirOf(hub).search<Task>('Task', {})).filter(({ code }) => code?.coding?.[0]?.code === '110005');

    it('one runs the gateway; killed in the middle of a delivery, the other takes orders and delivers the same bytes', async () => {
      const first = await startHub();
      const second = await startHub();
      expect(saidBy(second, 'gateway.standing-by')).toBe(true);
      expect(saidBy(first, 'gateway.standing-by')).toBe(false);
      expect(await send('A-1', 'T-1')).toContain('MSA|AA|T-1');
      expect(await readings(second)).toHaveLength(1);

      // A site that sits on the report without a word, then acknowledges what comes again.
      const script = fileURLToPath(new URL('../support/scripted_hl7_receiver.py', import.meta.url));
      const receiver = spawn('/usr/bin/python3', [script, String(returnPort), folder, 'silent', 'AA'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe('listening');
      const signed = sampleReport();
      const site = siteWith([{ kind: 'hl7', host: '127.0.0.1', port: returnPort }]);
      const report = await fhirOf(second).create<DiagnosticReport>(reportToFhir({ signed, signature: '' }, attachText));
      const [delivery] = deliveriesOf(signed, site);
      if (delivery === undefined) throw new Error('no delivery');
      const waiting = { ...delivery, reportId: (report.id ?? '') as ReportId };
      const { id = '' } = await fhirOf(second).create<Task>(deliveryToFhir(waiting, signed.reportUuid));
      expect((await lines.next()).value).toBe('received');

      await first.kill();
      await until(
        () => send('A-2', 'T-2'),
        (answer) => answer.includes('MSA|AA|T-2'),
      );
      expect(saidBy(second, 'gateway.took-over')).toBe(true);
      // Its sender heard no answer before the kill and asks again: still one reading each.
      expect(await send('A-1', 'T-1')).toContain('MSA|AA|T-1');
      expect(await readings(second)).toHaveLength(2);
      // What may be at the site already is repeated only after its answer is overdue: a minute and a half.
      await until(
        () => fhirOf(second).read<Task>('Task', id),
        ({ status }) => status === 'completed',
        150_000,
      );
      expect(readFileSync(join(folder, '0002.hl7'), 'utf8')).toBe(readFileSync(join(folder, '0001.hl7'), 'utf8'));
      receiver.kill('SIGTERM');
      await once(receiver, 'exit');
    });

    it('a hub that ends gives the turn on; one that comes back stands by; a broken line to the database gives it up', async () => {
      const [, second] = running;
      const third = await startHub();
      expect(saidBy(third, 'gateway.standing-by')).toBe(true);
      expect(await second?.stop()).toBe(0);
      await until(
        () => send('A-3', 'T-3'),
        (answer) => answer.includes('MSA|AA|T-3'),
      );
      expect(saidBy(third, 'gateway.took-over')).toBe(true);
      postgres.crash();
      await until(
        async () => saidBy(third, 'gateway.turn-lost'),
        (isLost) => isLost,
      );
      postgres.start();
      await until(
        () => send('A-4', 'T-4'),
        (answer) => answer.includes('MSA|AA|T-4'),
      );
      expect(await readings(third)).toHaveLength(4);
    });
  },
);
