import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { writeReportFiles } from '#electron/adapters/report-folder/write-report-files.ts';
import { createDeliveryLoop } from '#electron/gateway/delivery/create-delivery-loop.ts';
import { createFolderChannel } from '#electron/gateway/delivery/folder-channel.ts';
import type { Channel } from '#electron/gateway/delivery/ports.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import { createDeliveries } from '#electron/workstation/deliveries.ts';
import { createDeliveryActs } from '#electron/workstation/delivery-acts.ts';
import type { AuditFacts } from '#shared/domain/audit-entry.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { mercy, openSigning, signInput, type OpenSigning } from './delivery-support.ts';

/** What a person does about a delivery, against the real hub, with real channels where files lie. */
describe('acts on a delivery', () => {
  let open: OpenSigning;
  let folder = '';
  let audited: AuditFacts[] = [];
  beforeEach(async () => {
    open = await openSigning([]);
    folder = join(tempFolder(), 'returned');
    audited = [];
    open.configure([
      mercy([
        { kind: 'hl7', host: '127.0.0.1', port: 1 },
        { kind: 'folder', path: folder },
      ]),
    ]);
    await open.signing.sign(signInput(await open.claimedTask('t1')));
  });
  afterEach(() => open.close());

  const refusing: Channel = { deliver: async () => ({ kind: 'refused', code: 'hl7-AE', answer: 'MSA|AE' }) };
  const deliver = async (): Promise<void> => {
    open.hub.clock.advance(MINUTE_MS);
    await createDeliveryLoop({
      fhir: open.client,
      sites: open.sites,
      clock: open.hub.clock,
      log: silentLog,
      timer: systemTimer,
      renderPdf: async () => new TextEncoder().encode('%PDF-1.7'),
      channels: {
        hl7: refusing,
        fhir: refusing,
        stow: refusing,
        mail: refusing,
        inbox: refusing,
        folder: createFolderChannel({ archiveOf: () => undefined, buildObjects: reportObjects, writeReportFiles }),
      },
    }).kick();
  };
  const acts = () =>
    createDeliveryActs({
      fhir: open.client,
      sites: open.sites,
      reader: { name: 'Lee^Dana' },
      clock: open.hub.clock,
      log: silentLog,
      audit: { record: (facts) => void audited.push(facts) },
    });
  const states = async () => (await open.deliveries()).map(({ channel, state }) => [channel, state]);
  const idOf = async (channel: string) => (await open.deliveries()).find((each) => each.channel === channel)?.id ?? '';

  it('sends a refused report on another channel, and says that the first is settled and by whom', async () => {
    // Nothing can be written where a file stands in the folder's place.
    writeFileSync(folder, '');
    await deliver();
    expect(await states()).toEqual([
      ['hl7', 'with-a-person'],
      ['folder', 'waiting'],
    ]);
    expect(await acts().reroute(await idOf('hl7'), 1)).toEqual({ status: 'rerouted' });
    const [first] = await open.deliveries();
    expect(first).toMatchObject({ state: 'settled-by-hand', settlement: { how: 'rerouted', by: 'Lee^Dana' } });
    // The other channel had its delivery already: there is still one.
    expect(await open.deliveries()).toHaveLength(2);
    expect(audited.map(({ act }) => act)).toEqual(['delivery.rerouted']);
  });

  it('makes the delivery that the other channel did not have', async () => {
    await deliver();
    open.configure([mercy([...(open.sites()[0]?.returns ?? []), { kind: 'folder', path: `${folder}-2` }])]);
    expect(await acts().reroute(await idOf('hl7'), 2)).toEqual({ status: 'rerouted' });
    mkdirSync(`${folder}-2`);
    await deliver();
    expect(readdirSync(`${folder}-2`).filter((name) => name.endsWith('.json'))).toHaveLength(1);
    expect(await states()).toEqual([
      ['hl7', 'settled-by-hand'],
      ['folder', 'accepted'],
      ['folder', 'accepted'],
    ]);
  });

  it('does not send again what the site has, unless told so', async () => {
    await deliver();
    const id = await idOf('folder');
    expect(await acts().resend(id, false)).toEqual({ status: 'already-accepted' });
    expect(await acts().reroute(id, 0)).toEqual({ status: 'already-accepted' });
    expect(await acts().settle(id)).toEqual({ status: 'already-accepted' });
    expect(audited).toEqual([]);
    expect(await acts().resend(id, true)).toEqual({ status: 'queued' });
    const before = readdirSync(folder);
    await deliver();
    expect(readdirSync(folder)).toEqual(before);
    expect(audited.map(({ act }) => act)).toEqual(['delivery.resent']);
  });

  it('notes that a report was handed over by hand, and sends it no more', async () => {
    await deliver();
    expect(await acts().settle(await idOf('hl7'))).toEqual({ status: 'settled' });
    await deliver();
    expect((await open.deliveries())[0]).toMatchObject({ state: 'settled-by-hand', attempts: 1 });
    expect(await acts().settle('no-such')).toEqual({ status: 'not-found' });
  });

  it('gives the report for the printer as it was signed', async () => {
    const answer = await acts().text(await idOf('hl7'));
    expect(answer.status === 'found' && answer.text).toContain('No acute intracranial abnormality.');
    expect(audited.map(({ act }) => act)).toEqual(['delivery.printed']);
  });

  it('shows both legs, the site’s words, and when the answer is due', async () => {
    await deliver();
    open.configure(open.sites().map((site) => ({ ...site, acknowledgeWithinMinutes: 5 })));
    const board = await createDeliveries({
      fhir: open.client,
      sites: open.sites,
      clock: open.hub.clock,
      log: silentLog,
    }).board();
    const hl7 = board.find(({ channel }) => channel === 'hl7');
    expect(hl7).toMatchObject({
      legs: { processing: 'sent', acknowledgement: 'refused' },
      answer: 'MSA|AE',
      otherChannels: [{ channelIndex: 1, channel: 'folder' }],
    });
    expect((hl7?.acknowledgeBy ?? 0) - (hl7?.signedAt ?? 0)).toBe(5 * MINUTE_MS);
    const task = await open.client.read<Task>('Task', hl7?.id ?? '');
    expect(task.status).toBe('failed');
  });
});
