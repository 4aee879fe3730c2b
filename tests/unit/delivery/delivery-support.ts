import type { Task } from 'fhir/r4';

import { createDeliveryLoop, type DeliveryLoop } from '#electron/gateway/delivery/create-delivery-loop.ts';
import type { Channel, Consignment } from '#electron/gateway/delivery/ports.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { AttemptOutcome, Delivery } from '#shared/domain/delivery.ts';
import type { ReportId, SiteId } from '#shared/domain/identifiers.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';

export const HL7: ReturnChannel = { kind: 'hl7', host: '127.0.0.1', port: 1 };
export const FOLDER: ReturnChannel = { kind: 'folder', path: 'out' };

export const siteWith = (returns: readonly ReturnChannel[], id = 'mercy'): Site => ({
  id: id as SiteId,
  name: 'Mercy General',
  orders: { unordered: 'ignore' },
  returns,
  turnaroundMinutes: {},
});

/** A channel whose answers a test gives one by one; when none is left it accepts. */
function scriptedChannel() {
  const seen: Consignment[] = [];
  const answers: (AttemptOutcome | Promise<AttemptOutcome> | Error)[] = [];
  const channel: Channel = {
    async deliver(consignment) {
      seen.push(consignment);
      const answer = answers.shift() ?? { kind: 'accepted', ackId: `ack-${seen.length}` };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return {
    channel,
    seen,
    answer(...next: typeof answers) {
      answers.push(...next);
    },
  };
}

/** Keeps the names of what was logged. */
function recordingLog() {
  const events: string[] = [];
  const keep = (event: string) => void events.push(event);
  return { events, info: keep, warn: keep, error: keep };
}

/** A hub in memory, a delivery loop on it, time that the test moves. */
export function openDelivery(sites: readonly Site[]) {
  const time = createManualTime();
  const fhir = createMemoryFhir({ clock: time.clock });
  const channel = scriptedChannel();
  let configured = sites;
  const log = recordingLog();
  const createLoop = (): DeliveryLoop =>
    createDeliveryLoop({
      fhir,
      sites: () => configured,
      clock: time.clock,
      timer: time.timer,
      log,
      channels: {
        hl7: channel.channel,
        fhir: channel.channel,
        stow: channel.channel,
        folder: channel.channel,
        mail: channel.channel,
        inbox: channel.channel,
      },
      renderPdf: async () => new Uint8Array(),
    });
  return {
    time,
    fhir,
    channel,
    logged: log.events,
    createLoop,
    loop: createLoop(),
    configure(next: readonly Site[]) {
      configured = next;
    },
    /** As after signing: the report on the hub and a delivery for each return channel. */
    async sign(signed: SignedReport, signature = ''): Promise<void> {
      const report = await fhir.create(reportToFhir({ signed, signature }, attachText));
      for (const delivery of deliveriesOf(
        signed,
        configured.find(({ id }) => id === signed.task.siteId),
      )) {
        await fhir.create(
          deliveryToFhir(
            { ...delivery, reportId: (report.id ?? '') as ReportId, notBefore: time.clock.now() },
            signed.reportUuid,
          ),
        );
      }
    },
    deliveries(): Delivery[] {
      return fhir
        .all<Task>('Task')
        .map((task) => deliveryFromFhir(task))
        .flatMap((read) => (read.ok ? [read.value] : []));
    },
  };
}
