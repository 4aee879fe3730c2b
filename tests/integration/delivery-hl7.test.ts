import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import type { Consignment } from '#electron/gateway/delivery/ports.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { messageControlIdOf } from '#shared/reporting/stable-ids.ts';
import { freePort } from '#tests/support/free-port.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

const python = (script: string, ...args: string[]): string[] => [
  fileURLToPath(new URL(`../support/${script}`, import.meta.url)),
  ...args,
];

interface OruFacts {
  readonly name: readonly string[];
  readonly obx: readonly (readonly [type: string, code: string, subId: string, value: string, status: string])[];
  readonly [fact: string]: unknown;
}

/** The receiving end is python3-hl7: another implementation, which answers as it is told. */
describe.skipIf(lacks('python3-hl7', 'poppler'))('HL7 delivery', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function receiver(...answers: string[]) {
    const [folder, port] = [tempFolder(), await freePort()];
    const child = spawn('/usr/bin/python3', python('scripted_hl7_receiver.py', String(port), folder, ...answers), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    stops.push(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    await once(child.stdout, 'data');
    return {
      port,
      message: (n: number): string => readFileSync(join(folder, `000${n}.hl7`), 'utf8'),
      count: (): number => [1, 2, 3, 4].filter((n) => existsSync(join(folder, `000${n}.hl7`))).length,
      facts: (n: number) =>
        JSON.parse(
          execFileSync('/usr/bin/python3', python('oru_facts.py', join(folder, `000${n}.hl7`)), { encoding: 'utf8' }),
        ) as OruFacts,
    };
  }

  const channel = createHl7Channel({ sendMllp, timeoutMs: 1000 });
  const consignment = (port: number, signed: SignedReport = sampleReport()): Consignment => {
    const hl7 = { kind: 'hl7', host: '127.0.0.1', port } as const;
    return {
      signed,
      canonical: canonicalize(signed),
      signature: '',
      site: siteWith([hl7]),
      channel: hl7,
      channelIndex: 0,
      isRepeat: false,
      pdf: async () => (await createPdfRenderer(await loadReportFonts()).render(signed)).bytes,
    };
  };

  it('brings report and PDF whole', async () => {
    const peer = await receiver('AA');
    const controlId = messageControlIdOf(sampleReport().reportUuid, 0);
    expect(await channel.deliver(consignment(peer.port))).toMatchObject({ kind: 'accepted', ackId: `AA ${controlId}` });
    const facts = peer.facts(1);
    expect(facts).toMatchObject({
      type: 'ORU^R01^ORU_R01',
      controlId,
      version: '2.5.1',
      charset: 'UNICODE UTF-8',
      mrn: 'M-77',
      name: ['Doe', 'Jane', 'Ann', '', 'Dr.'],
      birthDate: '19610203',
      sex: 'F',
      accession: 'A-1001',
      status: 'F',
    });
    expect(facts.obx.map(([type, code, , value]) => [type, code, type === 'ED' ? 'pdf' : value])).toEqual([
      ['ST', '113014^DICOM Study^DCM', '1.2.826.0.1.3680043.10.1'],
      ['FT', '55752-0^Clinical information^LN', 'Fall, anticoagulated.'],
      ['FT', '55111-9^Current imaging procedure descriptions^LN', 'CT of the head without intravenous contrast.'],
      [
        'FT',
        '59776-5^Procedure findings^LN',
        // python3-hl7 turns \.br\ into CR.
        'Midline shift: 0 mm\rNo haemorrhage & no fracture.\rSoft tissue swelling < 5 mm | left.',
      ],
      ['FT', '19005-8^Radiology Imaging study [Impression]^LN', 'No acute intracranial abnormality.'],
      ['ED', '18748-4^Diagnostic imaging study^LN', 'pdf'],
    ]);
    expect(facts.obx.every(([, , , , status]) => status === 'F')).toBe(true);
    const base64 = facts.obx.at(-1)?.[3].split('^').at(-1) ?? '';
    const file = join(tempFolder(), 'received.pdf');
    writeFileSync(file, Buffer.from(base64, 'base64'));
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).toContain(
      'No acute intracranial abnormality.',
    );
  });

  it('brings every character of a hostile text', async () => {
    const peer = await receiver('AA');
    const hostile = String.raw`a|b^c~d\e&f \F\ \.br\ Müller Ω 山田 ` + 'MSH|^~\\&|fake\u000b\u001c';
    const body = { ...sampleBody, sections: [section('findings', hostile), section('impression', 'x')] };
    const task = {
      ...sampleReport().task,
      reason: 'R|1^2',
      patient: { ...sampleReport().task.patient, name: "O'Dó&é^A|B" },
    };
    await channel.deliver(consignment(peer.port, sampleReport({ body, task })));
    const facts = peer.facts(1);
    expect(facts.name.slice(0, 2)).toEqual(["O'Dó&é", 'A|B']);
    expect(facts.obx.find(([, code]) => code.startsWith('59776-5'))?.[3]).toBe(
      String.raw`a|b^c~d\e&f \F\ \.br\ Müller Ω 山田 ` + 'MSH|^~\\&|fake',
    );
    expect(facts.obx).toHaveLength(4);
  });

  it.each(['AE', 'AR', 'CR'])('takes %s as a refusal', async (code) => {
    const peer = await receiver(code);
    expect(await channel.deliver(consignment(peer.port))).toMatchObject({ kind: 'refused', code: `hl7-${code}` });
  });

  it('knows that nothing was taken when nobody listens', async () => {
    expect(await channel.deliver(consignment(await freePort()))).toEqual({ kind: 'not-taken', code: 'hl7-refused' });
  });

  it.each([
    ['silent', 'hl7-timeout'],
    ['drop', 'hl7-closed'],
    ['garbage', 'hl7-bad-answer'],
  ])('does not know what a %s receiver did, and sends the very same message again', async (manner, code) => {
    const peer = await receiver(manner, 'AA');
    expect(await channel.deliver(consignment(peer.port))).toEqual({ kind: 'unknown', code });
    expect((await channel.deliver(consignment(peer.port))).kind).toBe('accepted');
    expect(peer.count()).toBe(2);
    expect(peer.message(2)).toBe(peer.message(1));
  });

  it('says how final a report is in OBR-25 and OBX-11', async () => {
    const peer = await receiver('AA');
    for (const state of ['preliminary', 'corrected'] as const)
      await channel.deliver(consignment(peer.port, sampleReport({ state })));
    expect([1, 2].map((n) => peer.facts(n)['status'])).toEqual(['P', 'C']);
    expect(peer.facts(1).obx.map((obx) => obx[4])).toEqual(Array.from({ length: 6 }, () => 'P'));
  });
});
