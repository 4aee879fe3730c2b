import type { SendMllp } from '#electron/ports/mllp.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import { readAcknowledgement } from '#shared/hl7/acknowledge.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import { messageControlIdOf } from '#shared/reporting/stable-ids.ts';
import type { Channel } from './ports.ts';

export interface Hl7ChannelPorts {
  readonly sendMllp: SendMllp;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30 * SECOND_MS;

/** ORU^R01 over MLLP; a repeat carries the same MSH-10 and the same bytes. */
export const createHl7Channel = ({ sendMllp, timeoutMs = TIMEOUT_MS }: Hl7ChannelPorts): Channel => ({
  async deliver({ signed, channel, channelIndex, pdf }) {
    if (channel.kind !== 'hl7') return { kind: 'refused', code: 'wrong-channel' };
    const pdfBase64 = Buffer.from(await pdf()).toString('base64');
    const message = new TextEncoder().encode(oruFromReport({ signed, channelIndex, pdfBase64 }));
    const answer = await sendMllp({ host: channel.host, port: channel.port, message, timeoutMs });
    if (!answer.ok) return { kind: answer.sent ? 'unknown' : 'not-taken', code: `hl7-${answer.code}` };
    return outcomeOf(answer.ack, messageControlIdOf(signed.reportUuid, channelIndex));
  },
});

/** MSA-1 of table 0008: only AA (or CA) says that the site has it. */
function outcomeOf(bytes: Uint8Array, controlId: string): AttemptOutcome {
  const message = parseHl7(new TextDecoder().decode(bytes));
  const ack = message.ok ? readAcknowledgement(message.value) : undefined;
  if (ack === undefined) return { kind: 'unknown', code: 'hl7-bad-answer' };
  // An answer to something else says nothing about this report.
  if (ack.controlId !== controlId) return { kind: 'unknown', code: 'hl7-answer-to-another-message' };
  switch (ack.code) {
    case 'AA':
    case 'CA':
      return { kind: 'accepted', ackId: `${ack.code} ${ack.controlId}` };
    case 'AE':
    case 'AR':
    case 'CE':
    case 'CR':
      return { kind: 'refused', code: `hl7-${ack.code}` };
    default:
      return { kind: 'unknown', code: 'hl7-unknown-acknowledgement' };
  }
}
