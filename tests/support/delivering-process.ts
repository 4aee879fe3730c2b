import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createDeliveryLoop } from '#electron/gateway/delivery/create-delivery-loop.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';

/** A gateway that only delivers over HL7, to be killed. Arguments: URL of the hub, port of the receiver. */
export function main([hubUrl = '', port = '']: readonly string[]): Promise<number> {
  const hl7 = createHl7Channel({ sendMllp, timeoutMs: 60_000 });
  const loop = createDeliveryLoop({
    fhir: createFhirClient({ baseUrl: hubUrl, fetch: (request) => fetch(request), timeoutMs: 20_000 }),
    sites: () => [siteWith([{ kind: 'hl7', host: '127.0.0.1', port: Number(port) }])],
    clock: { now: () => Date.now() as EpochMs },
    timer: systemTimer,
    log: silentLog,
    channels: { hl7, fhir: hl7, stow: hl7, folder: hl7, mail: hl7, inbox: hl7 },
    renderPdf: async () => new TextEncoder().encode('%PDF-1.7'),
    pollMs: 50,
    inFlightMs: 300,
  });
  loop.start();
  return new Promise(() => undefined);
}
