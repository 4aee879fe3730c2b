import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Bundle, Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { main as verifyAudit } from '#electron/hosts/cli/verify-audit.ts';
import { enterDoor, type DoorCall } from '#tests/support/door-client.ts';
import { freePort } from '#tests/support/free-port.ts';
import { sendWithPython } from '#tests/support/hl7-peer.ts';
import { temporaryFolder, until } from '#tests/support/intake-rig.ts';
import { MR, mrFiles, mrOrder } from '#tests/support/mr-order.ts';
import { startOrthanc, type Orthanc } from '#tests/support/orthanc.ts';
import { lacks } from '#tests/support/peers.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

const PIN = '246802';
/** The hub as anybody's FHIR client sees it: a plain request. */
async function readings(hub: StartedProgram, accession: string): Promise<Task[]> {
  const answer = await fetch(`${hub.url}/Task?code=http://dicom.nema.org/resources/ontology/DCM|110005`);
  const bundle = (await answer.json()) as Bundle<Task>;
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource !== undefined && JSON.stringify(resource).includes(accession) ? [resource] : [],
  );
}

describe.skipIf(lacks('testdata', 'orthanc', 'python3-hl7'))('hub, gateway and workstation as three programs', () => {
  const folder = temporaryFolder();
  const environment = { OVERREAD_PIN: PIN, MERCY_PASSWORD: 'reader-password' };
  const config = join(folder.path, 'config.json');
  let orthanc: Orthanc;
  let hub: StartedProgram;
  let gateway: StartedProgram;
  let workstation: StartedProgram;
  let call: DoorCall;
  let ordersPort: number;

  beforeAll(async () => {
    [orthanc, ordersPort] = await Promise.all([startOrthanc(), freePort()]);
    hub = await startProgram('hub', ['--port', '0', '--database', `sqlite:${join(folder.path, 'hub.sqlite')}`]);
    // One file for both: the workstation finds the hub in it, the gateway its sites.
    writeFileSync(
      config,
      JSON.stringify({
        reader: {
          id: 'dr-lee',
          name: 'Lee^Dana',
          pin: { env: 'OVERREAD_PIN' },
          licences: [{ region: 'US-OH', until: '2099-01-01' }],
        },
        hub: { fhir: hub.url },
        audit: { folder: 'gateway-audit' },
        sites: [
          {
            id: 'mercy',
            name: 'Mercy General',
            region: 'US-OH',
            dicomweb: {
              url: orthanc.dicomwebUrl,
              auth: { basic: { user: orthanc.user, password: { env: 'MERCY_PASSWORD' } } },
            },
            orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
            return: [{ folder: { path: 'returned' } }],
          },
        ],
      }),
    );
    gateway = await startProgram('gateway', ['--fhir', hub.url, '--config', config], environment);
  });
  afterAll(async () => {
    await Promise.all([workstation?.kill(), gateway?.kill(), hub?.kill()]);
    await orthanc?.stop();
    folder.remove();
  });

  it('an order sent to the gateway stands on the hub, once, and waits for its images', async () => {
    expect(await sendWithPython(ordersPort, mrOrder(MR.accession, 'G-1'))).toContain('MSA|AA|G-1');
    expect(await sendWithPython(ordersPort, mrOrder(MR.accession, 'G-1'))).toContain('MSA|AA|G-1');
    expect(await readings(hub, MR.accession)).toMatchObject([
      { status: 'requested', businessStatus: { coding: [{ code: 'ordered' }] } },
    ]);
  });

  it('images in the site’s archive make it ready to read', async () => {
    await orthanc.upload(mrFiles());
    const [reading] = await until(
      () => readings(hub, MR.accession),
      ([task]) => task?.status === 'ready',
    );
    expect(JSON.stringify(reading)).toContain(MR.study);
  });

  it('a workstation on the same hub and configuration lists it and leaves the order port to the gateway', async () => {
    const data = join(folder.path, 'workstation');
    workstation = await startProgram('workstation', ['--headless', '--data', data, '--config', config], environment);
    call = await enterDoor(workstation.url);
    expect(await call('session', {})).toMatchObject({ hub: 'remote', demo: false, readerId: 'dr-lee' });
    const { rows } = await until(
      () => call('worklist', {}),
      (list) => list.rows.length > 0,
    );
    expect(rows).toMatchObject([{ state: 'ready', accessionNumber: MR.accession, instanceCount: 2 }]);
    // Its folders would be nobody else's: they are for a hub of its own.
    expect(await call('importFolder', { path: folder.path })).toMatchObject({ status: 'refused' });
  });

  it('what is signed at the workstation is brought home by the gateway', async () => {
    const next = await call('readNext', {});
    if (next.status !== 'opened') throw new Error(next.status);
    const { taskId, contextKey, fence, draft } = next.case;
    if (fence === undefined) throw new Error('not claimed');
    const sections = draft.body.sections.map((section) =>
      section.role === 'findings' || section.role === 'impression' ? { ...section, text: 'Normal brain.' } : section,
    );
    const signed = await call('signReport', {
      taskId,
      fence,
      pin: PIN,
      contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
      body: { ...draft.body, sections },
    });
    expect(signed).toMatchObject({ status: 'signed' });
    const { deliveries } = await until(
      () => call('deliveries', {}),
      (list) => list.deliveries.some(({ state }) => state === 'accepted'),
    );
    expect(deliveries).toHaveLength(1);
    expect(readdirSync(join(folder.path, 'returned')).length).toBeGreaterThan(0);
  });

  it('each ends with 0 on SIGTERM, having said one line', async () => {
    for (const [name, program] of [
      ['workstation', workstation],
      ['gateway', gateway],
      ['hub', hub],
    ] as const) {
      expect(await program.stop()).toBe(0);
      expect(program.stdout).toEqual([JSON.stringify({ event: 'ready', program: name, url: program.url })]);
    }
    expect(gateway.url).toBe(hub.url);
  });

  it('what the gateway sent stands in the audit chain of the configured folder', async () => {
    const audit = join(folder.path, 'gateway-audit');
    expect(await verifyAudit([audit])).toBe(0);
    const chain = openAuditLog(join(audit, 'audit.sqlite'));
    const acts = chain.read(1, 1000).map(({ act, outcome, actor, channel }) => ({ act, outcome, actor, channel }));
    chain.close();
    expect(acts).toContainEqual({ act: 'delivery.attempted', outcome: 'done', actor: 'gateway', channel: 'folder' });
    expect(acts.at(-1)).toMatchObject({ act: 'audit.sealed', actor: 'gateway' });
  });

  it('a second gateway does not start on the audit folder of a running one', async () => {
    gateway = await startProgram('gateway', ['--fhir', hub.url, '--config', config], environment);
    await expect(startProgram('gateway', ['--fhir', hub.url, '--config', config], environment)).rejects.toThrow(
      'another program writes its audit there',
    );
    expect(await gateway.stop()).toBe(0);
  });
});

describe.skipIf(lacks('testdata', 'orthanc', 'python3-hl7'))('a hub with sites in its configuration', () => {
  it('is their gateway too: takes orders, watches studies, and keeps both over a restart', async () => {
    const folder = temporaryFolder();
    const [orthanc, ordersPort] = await Promise.all([startOrthanc(), freePort()]);
    const password = join(folder.path, 'password');
    const config = join(folder.path, 'config.json');
    writeFileSync(password, orthanc.password);
    const site = {
      id: 'mercy',
      name: 'Mercy General',
      dicomweb: { url: orthanc.dicomwebUrl, auth: { basic: { user: orthanc.user, password: { file: password } } } },
      orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
    };
    writeFileSync(config, JSON.stringify({ sites: [site] }));
    const argv = ['--port', '0', '--database', `sqlite:${join(folder.path, 'hub.sqlite')}`, '--config', config];
    let hub = await startProgram('hub', argv);
    try {
      expect(await sendWithPython(ordersPort, mrOrder(MR.accession, 'H-1'))).toContain('MSA|AA|H-1');
      expect(await hub.stop()).toBe(0);
      expect(hub.stdout).toHaveLength(1);
      hub = await startProgram('hub', argv);
      await orthanc.upload(mrFiles());
      await until(
        () => readings(hub, MR.accession),
        ([task]) => task?.status === 'ready',
      );
      expect(await hub.stop()).toBe(0);
    } finally {
      await hub.kill();
      await orthanc.stop();
      rmSync(folder.path, { recursive: true, force: true });
    }
  });
});
