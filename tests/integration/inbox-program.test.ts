import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DiagnosticReport, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import { main as verifyAudit } from '#electron/hosts/cli/verify-audit.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { AuditEntry } from '#shared/domain/audit-entry.ts';
import type { DeliveryId, ReportId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { readOpenCriticals, recordCritical } from '#shared/fhir/critical-on-hub.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import { SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { enterDoor, type DoorCall } from '#tests/support/door-client.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { criticalResult } from '#tests/unit/critical/critical-support.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };

/** Hub with gateway, a workstation of the support desk, and a site: three programs on one machine. */
describe('a site with nothing but a browser, beside the real programs', () => {
  let folder: string;
  let hubPort: number;
  let inboxUrl: string;
  let hub: StartedProgram;
  let workstation: StartedProgram;
  let call: DoorCall;
  const fhir = () => createFhirClient({ baseUrl: hub.url, fetch, timeoutMs: 20_000 });
  const startHub = () =>
    startProgram('hub', [
      '--port',
      String(hubPort),
      '--database',
      `sqlite:${join(folder, 'hub.sqlite')}`,
      '--config',
      join(folder, 'config.json'),
    ]);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overread-inbox-program-'));
    hubPort = await freePort();
    const listen = await freePort();
    inboxUrl = `http://127.0.0.1:${listen}`;
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({
        reader: { id: 'dr-lee', name: 'Lee^Dana' },
        hub: { fhir: `http://127.0.0.1:${hubPort}/fhir` },
        inbox: { listen, url: inboxUrl },
        sites: [
          {
            id: 'mercy',
            name: 'Mercy General',
            return: [{ inbox: {} }],
            critical: { escalation: [{ name: 'Rao', role: 'ED physician', phone: '+1 555 0101' }] },
          },
        ],
      }),
    );
    hub = await startHub();
    workstation = await startProgram('workstation', [
      '--headless',
      '--data',
      join(folder, 'data'),
      '--config',
      join(folder, 'config.json'),
    ]);
    call = await enterDoor(workstation.url);
  });
  afterAll(async () => {
    await workstation?.stop();
    await hub?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function createReading(): Promise<TaskId> {
    const { id: _id, meta: _meta, ...reading } = readingTaskToFhir(readingTask('1'));
    return (await fhir().create<Task>({ ...reading, for: { display: 'Doe^Jane' } })).id as TaskId;
  }

  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(`${inboxUrl}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: inboxUrl, 'content-type': 'application/x-www-form-urlencoded', cookie },
      body: new URLSearchParams(fields).toString(),
    });
  const get = async (path: string, cookie: string) =>
    (await fetch(`${inboxUrl}${path}`, { headers: { cookie } })).text();

  it('reads its report and confirms a critical result on its page; a killed hub forgets neither session nor result', async () => {
    const taskId = await createReading();
    const base = sampleReport();
    const signed = {
      ...base,
      reportUuid: randomUUID(),
      taskId,
      task: { ...base.task, siteId: 'mercy' as SiteId, patient: { ...base.task.patient, id: '' as never } },
      signedAt: Date.now() as EpochMs,
    };
    const report = await fhir().create<DiagnosticReport>(reportToFhir({ signed, signature: '' }, attachText));
    const site = { id: 'mercy', returns: [{ kind: 'inbox' }] } as unknown as Site;
    const [delivery] = deliveriesOf(signed, site);
    const duty = await fhir().create<Task>(
      deliveryToFhir(
        { ...delivery!, id: '' as DeliveryId, reportId: (report.id ?? '') as ReportId, notBefore: 0 as EpochMs },
        signed.reportUuid,
      ),
    );
    await vi.waitFor(async () => {
      const read = deliveryFromFhir(await fhir().read<Task>('Task', duty.id ?? ''));
      expect(read.ok && read.value.state).toBe('accepted');
    }, PATIENCE);

    const uuid = randomUUID();
    await call('recordCritical', { uuid, taskId, level: 'red', finding: 'Free air' });
    const invited = await call('inviteSite', { siteId: 'mercy' });
    if (invited.status !== 'invited') throw new Error(invited.status);
    const entered = await post(new URL(invited.url).pathname, { code: invited.code, person: 'Nurse Kim' });
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await get('/', cookie)).toContain('Free air');

    await hub.kill();
    hub = await startHub();
    const home = await get('/', cookie);
    expect(home).toContain(`/reports/${duty.id}`);
    expect(await get(`/reports/${duty.id}`, cookie)).toContain('I have read this');
    const { open } = await call('criticalResults', {});
    expect(open).toMatchObject([{ finding: 'Free air', caller: 'support-desk' }]);
    const key = /name="key" value="([^"]+)"/.exec(home)?.[1] ?? '';
    expect((await post(`/critical/${open[0]?.id}/read`, { key }, cookie)).status).toBe(303);
    expect(await call('criticalResults', {})).toMatchObject({
      open: [],
      confirmed: [{ confirmation: { by: 'Nurse Kim', via: 'page' } }],
    });
    const ledger = await call('deliveries', {});
    expect(ledger.deliveries).toMatchObject([{ channel: 'inbox', state: 'accepted', openedBy: 'Nurse Kim' }]);
  });

  it('a window that runs out while the gateway is dead escalates as soon as it is back', async () => {
    const taskId = await createReading();
    const result = criticalResult({ uuid: randomUUID(), taskId, patientId: '' as never });
    const endsAt = (Date.now() + 2 * SECOND_MS) as EpochMs;
    const by = { id: 'dr-lee', name: 'Lee^Dana' };
    await recordCritical(
      fhir(),
      { ...result, windowEndsAt: endsAt, escalatesAt: endsAt },
      { act: 'critical.recorded', at: endsAt, by, about: [], outcome: 'done' },
    );
    await hub.kill();
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(endsAt), PATIENCE);
    hub = await startHub();
    await vi.waitFor(async () => {
      const open = (await readOpenCriticals(fhir())).filter(({ uuid }) => uuid === result.uuid);
      expect(open).toMatchObject([{ caller: 'support-desk', escalations: [{ to: { name: 'Rao' } }] }]);
    }, PATIENCE);
    const { calls } = await call('support', {});
    expect(calls).toMatchObject([{ result: { uuid: result.uuid }, next: { phone: '+1 555 0101' } }]);
    expect(hub.stderr.some((line) => line.includes('critical.escalated'))).toBe(true);
    expect(hub.stderr.join('\n')).not.toContain('haematoma');
  });

  it('has the acts of hub and site in a chain beside the database, over every kill, that tells of any touch', async () => {
    const audit = join(folder, 'audit');
    const verified = async (path: string): Promise<[number, string]> => {
      const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      const code = await verifyAudit([path]);
      const line = String(said.mock.calls[0]?.[0]);
      said.mockRestore();
      return [code, line];
    };
    expect(await verified(audit)).toEqual([0, expect.stringMatching(/whole; \d+ entries, sealed (to entry|with key)/)]);
    expect(await hub.stop()).toBe(0);
    expect(await verified(audit)).toEqual([0, expect.stringMatching(/entries, sealed with key/)]);

    const database = openDatabase(join(audit, 'audit.sqlite'), ['']);
    const entries = database
      .prepare('SELECT entry FROM audit_entry ORDER BY number')
      .all()
      .map((row) => JSON.parse((row as { entry: string }).entry) as AuditEntry);
    expect(entries.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual(
      expect.arrayContaining([
        'audit.begun done',
        'delivery.attempted done',
        'inbox.opened done',
        'critical.acknowledged done',
        'critical.escalated done',
      ]),
    );
    expect(entries.filter(({ act }) => act === 'session.started')).toHaveLength(3);
    expect(JSON.stringify(entries)).not.toMatch(/Doe|Free air|haematoma/);

    const sent = entries.find(({ act }) => act === 'delivery.attempted');
    database.exec('DROP TRIGGER audit_entry_stays');
    database
      .prepare('UPDATE audit_entry SET entry = replace(entry, ?, ?) WHERE number = ?')
      .run('"outcome":"done"', '"outcome":"failed"', sent?.number ?? 0);
    database.close();
    expect(await verified(audit)).toEqual([1, expect.stringContaining(`NOT VALID: entry ${sent?.number}:`)]);
  });
});
