import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { DiagnosticReport, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { ReportId } from '#shared/domain/identifiers.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import { serveHub } from '#tests/contract/hub-support.ts';
import type { main as deliver } from '#tests/support/delivering-process.ts';
import { freePort } from '#tests/support/free-port.ts';
import { lacks } from '#tests/support/peers.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

/** The bundle's entry, tied to the file by its type. */
const ENTRY: keyof { main: typeof deliver } = 'main';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Real processes: a gateway is killed while the site sits on the report. */
describe.skipIf(lacks('python3-hl7'))('a delivering gateway that is killed', () => {
  // Below node_modules, so that the bundle finds its packages.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.delivering-'));
  const bundle = join(folder, 'delivering-process.mjs');
  let hub: Awaited<ReturnType<typeof serveHub>>;
  beforeAll(async () => {
    hub = await serveHub();
    await build({
      entryPoints: [join(ROOT, 'tests/support/delivering-process.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
      absWorkingDir: ROOT,
    });
  });
  afterAll(async () => {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves a delivery that the next one repeats, byte for byte, until it is acknowledged', async () => {
    const port = await freePort();
    const script = fileURLToPath(new URL('../support/scripted_hl7_receiver.py', import.meta.url));
    const receiver = spawn('/usr/bin/python3', [script, String(port), folder, 'silent', 'AA'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('listening');
    const client = createFhirClient({ baseUrl: hub.baseUrl, fetch: (request) => fetch(request), timeoutMs: 20_000 });
    const signed = sampleReport();
    const report = await client.create<DiagnosticReport>(reportToFhir({ signed, signature: '' }, attachText));
    const site = siteWith([{ kind: 'hl7', host: '127.0.0.1', port }]);
    const [delivery] = deliveriesOf(signed, site);
    if (delivery === undefined) throw new Error('no delivery');
    const waiting = { ...delivery, reportId: (report.id ?? '') as ReportId };
    const { id = '' } = await client.create<Task>(deliveryToFhir(waiting, signed.reportUuid));

    const start = () =>
      spawn(
        process.execPath,
        [
          '-e',
          `import(${JSON.stringify(bundle)}).then((m) => m.${ENTRY}(${JSON.stringify([hub.baseUrl, String(port)])}))`,
        ],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
    const first = start();
    expect((await lines.next()).value).toBe('received');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await client.read<Task>('Task', id)).toMatchObject({ status: 'requested' });

    const accepted = new Promise<void>((resolve) => {
      hub.hub.onChange((change) => {
        if (change?.id !== id) return;
        void client.read<Task>('Task', id).then(({ status }) => {
          if (status === 'completed') resolve();
        });
      });
    });
    const second = start();
    expect((await lines.next()).value).toBe('received');
    await accepted;
    second.kill('SIGKILL');
    receiver.kill('SIGTERM');
    await Promise.all([once(second, 'exit'), once(receiver, 'exit')]);
    expect(readFileSync(join(folder, '0002.hl7'), 'utf8')).toBe(readFileSync(join(folder, '0001.hl7'), 'utf8'));
  });
});
