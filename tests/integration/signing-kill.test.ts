import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { main as verifyAudit } from '#electron/hosts/cli/verify-audit.ts';
import { main as verifyReport } from '#electron/hosts/cli/verify-report.ts';
import { enterDoor, type DoorCall } from '#tests/support/door-client.ts';
import { temporaryFolder, until } from '#tests/support/intake-rig.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { ascii, element, part10, u16 } from '#tests/unit/dicom-file/write-dicom.ts';

const PIN = '246802';
const UID = '1.2.826.0.1.3680043.10.78';
const SIZE = 16;

/** One image of nobody. */
const image = part10('1.2.840.10008.1.2.1', [
  element('00080016', 'UI', ascii('1.2.840.10008.5.1.4.1.1.7')),
  element('00080018', 'UI', ascii(`${UID}.3`)),
  element('00080020', 'DA', ascii('20261121')),
  element('00080060', 'CS', ascii('OT')),
  element('00100010', 'PN', ascii('Disc^Killed')),
  element('00100020', 'LO', ascii('D-78')),
  element('0020000D', 'UI', ascii(`${UID}.1`)),
  element('0020000E', 'UI', ascii(`${UID}.2`)),
  element('00200013', 'IS', ascii('1')),
  element('00280002', 'US', u16(1)),
  element('00280004', 'CS', ascii('MONOCHROME2')),
  element('00280010', 'US', u16(SIZE)),
  element('00280011', 'US', u16(SIZE)),
  element('00280100', 'US', u16(8)),
  element('00280101', 'US', u16(8)),
  element('00280102', 'US', u16(7)),
  element('00280103', 'US', u16(0)),
  element(
    '7FE00010',
    'OW',
    Uint8Array.from({ length: SIZE * SIZE }, (_, at) => at % 256),
  ),
]);

describe('a workstation killed while a signed report waits in its window', () => {
  const folder = temporaryFolder();
  const disc = join(folder.path, 'disc');
  const returned = join(folder.path, 'disc-reports');
  let workstation: StartedProgram;
  let call: DoorCall;

  const start = async () => {
    workstation = await startProgram(
      'workstation',
      ['--headless', '--data', join(folder.path, 'data'), '--import', disc],
      { OVERREAD_PIN: PIN },
    );
    call = await enterDoor(workstation.url);
  };
  beforeAll(async () => {
    mkdirSync(disc);
    writeFileSync(join(disc, 'IM1'), image);
    await start();
  });
  afterAll(() => workstation?.kill());

  const reportsIn = (path: string): string[] => {
    try {
      return readdirSync(path).filter((name) => name.endsWith('.json'));
    } catch {
      return [];
    }
  };

  it('has sent nothing when it dies', async () => {
    await call('setPin', { pin: PIN });
    await until(
      () => call('worklist', {}),
      ({ rows }) => rows.some(({ state }) => state === 'ready'),
    );
    const next = await call('readNext', {});
    if (next.status !== 'opened') throw new Error(next.status);
    const { taskId, contextKey, fence, draft } = next.case;
    const sections = draft.body.sections.map((section) =>
      section.role === 'findings' || section.role === 'impression'
        ? { ...section, text: 'A pattern of greys.' }
        : section,
    );
    const signed = await call('signReport', {
      taskId,
      fence,
      pin: PIN,
      contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
      body: { ...draft.body, sections },
    });
    if (signed.status !== 'signed') throw new Error(signed.status);
    expect(signed.undoUntil).toBeGreaterThan(Date.now());
    await workstation.kill();
    expect(reportsIn(returned)).toEqual([]);
  });

  it('sends it once after the restart, and every returned form of it is valid', async () => {
    await start();
    await call('unlock', { pin: PIN });
    await until(
      () => call('deliveries', {}),
      ({ deliveries }) => deliveries.some(({ state }) => state === 'accepted'),
    );
    expect(reportsIn(returned)).toHaveLength(1);
    const forms = readdirSync(returned).filter((name) => /\.(json|pdf|hl7|dcm)$/.test(name));
    expect(forms.length).toBeGreaterThanOrEqual(4);
    for (const name of forms) expect([name, await verifyReport([join(returned, name)])]).toEqual([name, 0]);
  });

  it('has one unbroken audit of both lives, which says so after any touch', async () => {
    const answer = await call('exportAudit', {});
    if (answer.status !== 'exported') throw new Error(answer.status);
    const file = join(folder.path, answer.fileName);
    writeFileSync(file, answer.text);
    expect(await verifyAudit([file])).toBe(0);
    const acts = answer.text.match(/"act":"[a-z.-]+"/g) ?? [];
    expect(acts.filter((act) => act === '"act":"session.started"')).toHaveLength(2);
    expect(acts).toContain('"act":"report.signed"');
    expect(acts).toContain('"act":"delivery.attempted"');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"report.signed"', '"report.sighed"'));
    expect(await verifyAudit([file])).toBe(1);
    expect(spawnSync('grep', ['-c', 'Killed', file], { encoding: 'utf8' }).stdout.trim()).toBe('0');
  });
});
