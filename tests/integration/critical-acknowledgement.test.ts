import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Patient, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { createIntake, type Intake } from '#electron/gateway/intake/create-intake.ts';
import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { readConfirmedCriticals, readOpenCriticals, recordCritical } from '#shared/fhir/critical-on-hub.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { machineClock, openRealHub, type RealHub } from '#tests/support/intake-rig.ts';
import { lacks } from '#tests/support/peers.ts';
import { NIGHT } from '#tests/support/reading-tasks.ts';
import { criticalResult } from '#tests/unit/critical/critical-support.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};

describe.skipIf(lacks('python3-hl7'))('a critical result acknowledged over HL7, sent by python3-hl7', () => {
  let folder: string;
  let hub: RealHub;
  let intake: Intake;
  let port: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overread-ora-'));
    hub = openRealHub(join(folder, 'hub.sqlite'));
    intake = createIntake({
      fhir: hub.fhir,
      sites: [site],
      clock: machineClock,
      log: silentLog,
      listenMllp,
      archiveOf: () => undefined,
      siteFhirOf: () => undefined,
    });
    port = (await intake.start()).hl7Ports[site.id] ?? 0;
    const patient = await hub.fhir.create<Patient>({ resourceType: 'Patient' });
    const task = await hub.fhir.create<Task>({ resourceType: 'Task', status: 'requested', intent: 'order' });
    const by = { id: 'dr-lee', name: 'Lee^Dana' };
    await recordCritical(hub.fhir, criticalResult({ patientId: patient.id as never, taskId: task.id as never }), {
      act: 'critical.recorded',
      at: NIGHT,
      by,
      about: [],
      outcome: 'done',
    });
  });
  afterEach(async () => {
    await intake.stop();
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** MSA-1 and MSA-2 of the answer. */
  async function send(controlId: string, order: string, code = 'AA'): Promise<string[]> {
    const file = join(folder, `${controlId}.hl7`);
    writeFileSync(
      file,
      [
        `MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121220500||ORA^R41^ORA_R41|${controlId}|P|2.8`,
        `MSA|${code}|alert-1`,
        `OBR|1|||||||||||||||||${order}`,
        'PRT||AD||AAP^Alert Acknowledging Provider^HL70912|1234^Rao^Asha^^^Dr.',
        '',
      ].join('\r'),
    );
    const { stdout } = await promisify(execFile)('mllp_send', ['--loose', '-p', String(port), '-f', file, '127.0.0.1']);
    const [, msa1 = '', msa2 = ''] = /MSA\|([^|\r\n]*)\|([^|\r\n]*)/.exec(stdout) ?? [];
    return [msa1, msa2];
  }

  it('is confirmed by who the message names; a repeat is taken again and changes nothing', async () => {
    expect(await send('c1', 'A-1')).toEqual(['AA', 'c1']);
    expect(await readOpenCriticals(hub.fhir)).toEqual([]);
    expect(await send('c2', 'A-1')).toEqual(['AA', 'c2']);
    const [confirmed] = await readConfirmedCriticals(hub.fhir, 0 as EpochMs);
    expect(confirmed?.confirmation).toMatchObject({ by: 'Dr. Asha Rao', via: 'hl7' });
    expect(confirmed?.version).toBe('2');
  });

  it('of an order nobody knows, or that says no, is refused and kept for a person; the result stays open', async () => {
    expect(await send('c1', 'A-9')).toEqual(['AR', 'c1']);
    expect(await send('c2', 'A-1', 'AE')).toEqual(['AR', 'c2']);
    expect(await readOpenCriticals(hub.fhir)).toHaveLength(1);
    expect((await readIntakeProblems(hub.fhir)).map(({ code }) => code).toSorted()).toEqual([
      'refused-by-site',
      'unknown-order',
    ]);
  });
});
