import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { acknowledge } from '#shared/hl7/acknowledge.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';

/** A site that acknowledges whatever comes, at once: what is measured against it is our own time. Prints its port. */
const { port } = await listenMllp({
  port: 0,
  onMessage: async (bytes) => {
    // The header and its MSH-10 are all that an acknowledgement needs.
    const parsed = parseHl7(new TextDecoder().decode(bytes.subarray(0, 400)));
    if (!parsed.ok) throw new Error(parsed.error.code);
    const identity = { controlId: 'A1', at: Date.now() as EpochMs };
    return new TextEncoder().encode(acknowledge(parsed.value, 'AA', '', identity));
  },
  log: silentLog,
});
process.stdout.write(`${port}\n`);
