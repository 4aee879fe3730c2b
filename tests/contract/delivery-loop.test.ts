import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, DiagnosticReport, Patient, ServiceRequest, Task } from 'fhir/r4';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { encapsulatedPdf } from '#electron/adapters/dicom-objects/encapsulated-pdf.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { sendMail } from '#electron/adapters/mail/send-mail.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { writeReportFiles } from '#electron/adapters/report-folder/write-report-files.ts';
import { createDeliveryLoop } from '#electron/gateway/delivery/create-delivery-loop.ts';
import { createFhirChannel } from '#electron/gateway/delivery/fhir-channel.ts';
import { createFolderChannel } from '#electron/gateway/delivery/folder-channel.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import { createInboxChannel } from '#electron/gateway/delivery/inbox-channel.ts';
import { createMailChannel } from '#electron/gateway/delivery/mail-channel.ts';
import { createStowChannel, type BuildReportObjects } from '#electron/gateway/delivery/stow-channel.ts';
import type { RenderPdf } from '#electron/gateway/delivery/ports.ts';
import { openPrinter } from '#electron/hosts/compose/open-printer.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import { main as verifyReport } from '#electron/hosts/cli/verify-report.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { mercy, openSigning, signInput, type OpenSigning } from './delivery-support.ts';
import { openHub, type TestHub } from './hub-support.ts';

const buildObjects: BuildReportObjects = (input) => [encapsulatedPdf(input)];

/** From "sign" to the site's own records: real hub, real signing, real channels. The site's FHIR server is another hub. */
describe('delivery', () => {
  let open: OpenSigning;
  let siteHub: TestHub;
  let folder = '';
  let renderPdf: RenderPdf;
  beforeAll(async () => {
    renderPdf = await openPrinter();
  });
  beforeEach(async () => {
    open = await openSigning([]);
    siteHub = openHub();
    folder = join(tempFolder(), 'returned');
  });
  afterEach(async () => {
    await open.close();
    await siteHub.stop();
  });

  const siteClient = () =>
    createFhirClient({ baseUrl: siteHub.baseUrl, fetch: (request) => siteHub.hub.fetch(request), timeoutMs: 20_000 });
  const createLoop = () =>
    createDeliveryLoop({
      fhir: open.client,
      sites: open.sites,
      clock: open.hub.clock,
      log: silentLog,
      timer: systemTimer,
      renderPdf,
      channels: {
        hl7: createHl7Channel({ sendMllp }),
        fhir: createFhirChannel({ siteFhir: siteClient }),
        stow: createStowChannel({ archiveOf: () => undefined, buildObjects }),
        folder: createFolderChannel({ archiveOf: () => undefined, buildObjects, writeReportFiles }),
        mail: createMailChannel({ sendMail }),
        inbox: createInboxChannel(),
      },
    });
  const signOne = async (): Promise<void> => {
    const outcome = await open.signing.sign(signInput(await open.claimedTask('t1')));
    expect(outcome.status).toBe('signed');
  };

  it('puts the report on the site’s own server, linked to the patient and order found there, once', async () => {
    open.configure([mercy([{ kind: 'fhir', url: siteHub.baseUrl }])]);
    const patient = await siteClient().create<Patient>({ resourceType: 'Patient', identifier: [{ value: 'M-t1' }] });
    const order = await siteClient().create<ServiceRequest>({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patient.id}` },
      identifier: [{ value: 'A-t1' }],
    });
    await signOne();
    await createLoop().kick();
    const [delivery] = await open.deliveries();
    expect(delivery).toMatchObject({ state: 'accepted', attempts: 1 });
    // A person sends it again by mistake: the Task is opened by hand.
    const task = await open.client.read<Task>('Task', delivery?.id ?? '');
    await open.client.update<Task>({ ...task, status: 'requested' }, task.meta?.versionId);
    await createLoop().kick();

    const reports = await siteClient().search<DiagnosticReport>('DiagnosticReport', {});
    expect(reports).toHaveLength(1);
    expect((await open.deliveries())[0]?.acknowledgement).toBe(`DiagnosticReport/${reports[0]?.id}`);
    expect(reports[0]?.subject?.reference).toBe(`Patient/${patient.id}`);
    expect(reports[0]?.basedOn).toEqual([{ reference: `ServiceRequest/${order.id}` }]);
    const pdf = reports[0]?.presentedForm?.find(({ contentType }) => contentType === 'application/pdf');
    expect(
      Buffer.from(pdf?.data ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('links no patient when the site has two of that number', async () => {
    open.configure([mercy([{ kind: 'fhir', url: siteHub.baseUrl }])]);
    for (let count = 0; count < 2; count += 1) {
      await siteClient().create<Patient>({ resourceType: 'Patient', identifier: [{ value: 'M-t1' }] });
    }
    await signOne();
    await createLoop().kick();
    const [report] = await siteClient().search<DiagnosticReport>('DiagnosticReport', {});
    expect(report?.subject).toMatchObject({ type: 'Patient', identifier: { value: 'M-t1' } });
    expect(report?.subject?.reference).toBeUndefined();
  });

  it('returns files whose signature anyone can check, and notices a changed word', async () => {
    open.configure([mercy([{ kind: 'folder', path: folder }])]);
    await signOne();
    await createLoop().kick();
    const [json] = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const file = join(folder, json ?? '');
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await verifyReport([file])).toBe(0);
    expect(out.mock.calls.join()).toContain(`valid; report`);

    const report = JSON.parse(readFileSync(file, 'utf8')) as DiagnosticReport;
    const canonical = report.presentedForm?.find(({ contentType }) => contentType?.includes('signed-report'));
    if (canonical?.data === undefined) throw new Error('no canonical form');
    const changed = Buffer.from(Buffer.from(canonical.data, 'base64').toString('utf8').replace('No acute', 'An acute'));
    canonical.data = changed.toString('base64');
    writeFileSync(file, JSON.stringify(report));
    expect(await verifyReport([file])).toBe(1);
    // Even with the check sum put right.
    const { createHash } = await import('node:crypto');
    Object.assign(canonical, { size: changed.length, hash: createHash('sha1').update(changed).digest('base64') });
    writeFileSync(file, JSON.stringify(report));
    expect(await verifyReport([file])).toBe(1);
    expect(out.mock.calls.at(-1)?.join()).toContain('the signature does not fit the text');
    out.mockRestore();
  });

  it.skipIf(lacks('poppler'))('brings one report to every channel of a site from one signature', async () => {
    open.configure([
      mercy([
        { kind: 'folder', path: folder },
        { kind: 'fhir', url: siteHub.baseUrl },
      ]),
    ]);
    await signOne();
    await createLoop().kick();
    expect((await open.deliveries()).map(({ channel, state }) => [channel, state])).toEqual([
      ['folder', 'accepted'],
      ['fhir', 'accepted'],
    ]);
    const pdf = readdirSync(folder).find((name) => name.endsWith('.pdf'));
    expect(execFileSync('pdftotext', [join(folder, pdf ?? ''), '-'], { encoding: 'utf8' })).toContain(
      'Accession: A-t1',
    );
  });

  it('sends nothing of a transaction that the hub did not take whole', async () => {
    open.configure([mercy([{ kind: 'folder', path: folder }])]);
    const task = await open.claimedTask('t1');
    const stray: Task = { resourceType: 'Task', id: 'none', status: 'requested', intent: 'order' };
    vi.spyOn(open.link.fhir, 'transaction').mockImplementationOnce((bundle: Bundle) =>
      open.client.transaction({
        ...bundle,
        entry: [
          ...(bundle.entry ?? []),
          { request: { method: 'PUT', url: 'Task/none', ifMatch: 'W/"9"' }, resource: stray },
        ],
      }),
    );
    expect((await open.signing.sign(signInput(task))).status).not.toBe('signed-here');
    await createLoop().kick();
    // The first transaction was refused whole; signing looked at the Task, found it open and sent its own again.
    expect(await open.reports()).toHaveLength(1);
    expect(await open.deliveries()).toHaveLength(1);
  });
});
