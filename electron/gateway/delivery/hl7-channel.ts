import type { SendMllp } from '#electron/ports/mllp.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import { isPassing, readAcknowledgement } from '#shared/hl7/acknowledge.ts';
import { encodeCharset } from '#shared/hl7/encode-charset.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { USUAL_ORU_FORMAT } from '#shared/hl7/oru-format.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import { messageControlIdOf } from '#shared/reporting/stable-ids.ts';
import type { Channel } from './ports.ts';

export interface Hl7ChannelPorts {
  readonly sendMllp: SendMllp;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30 * SECOND_MS;

/** ORU^R01 over MLLP; a repeat carries the same MSH-10 and the same bytes. HL7 v2 has no question "do you have it?": the repeat is the question. */
export const createHl7Channel = ({ sendMllp, timeoutMs = TIMEOUT_MS }: Hl7ChannelPorts): Channel => ({
  async deliver({ signed, site, channel, channelIndex, criticalLevel, pdf }) {
    if (channel.kind !== 'hl7') return { kind: 'refused', code: 'wrong-channel' };
    const { host, port, tls, format = USUAL_ORU_FORMAT } = channel;
    const text = oruFromReport({
      signed,
      channelIndex,
      format,
      ...(criticalLevel === undefined ? {} : { criticalLevel }),
      ...(site.dicomweb === undefined ? {} : { imagesUrl: site.dicomweb.url }),
      ...(format.content === 'text' ? {} : { pdfBase64: Buffer.from(await pdf()).toString('base64') }),
    });
    const message = encodeCharset(text, format.charset, (each) => new TextEncoder().encode(each));
    const answer = await sendMllp({ host, port, ...(tls === undefined ? {} : { tls }), message, timeoutMs });
    if (!answer.ok) return { kind: answer.sent ? 'unknown' : 'not-taken', code: `hl7-${answer.code}` };
    return outcomeOfAck(answer.ack, messageControlIdOf(signed.reportUuid, channelIndex));
  },
});

/** MSA-1 of table 0008: only AA (or CA) says that the site has it. */
export function outcomeOfAck(bytes: Uint8Array, controlId: string): AttemptOutcome {
  const text = new TextDecoder().decode(bytes);
  const message = parseHl7(text);
  const ack = message.ok ? readAcknowledgement(message.value) : undefined;
  if (ack === undefined) return { kind: 'unknown', code: 'hl7-bad-answer' };
  // An answer to something else says nothing about this one.
  if (ack.controlId !== controlId) return { kind: 'unknown', code: 'hl7-answer-to-another-message' };
  const answer = text.replaceAll('\r', '\n').trim();
  switch (ack.code) {
    case 'AA':
    case 'CA':
      return { kind: 'accepted', ackId: `${ack.code} ${ack.controlId}`, answer };
    case 'AE':
    case 'AR':
    case 'CE':
    case 'CR':
      return isPassing(ack)
        ? { kind: 'not-taken', code: `hl7-${ack.code}-${ack.error}` }
        : { kind: 'refused', code: `hl7-${ack.code}`, answer };
    default:
      return { kind: 'unknown', code: 'hl7-unknown-acknowledgement' };
  }
}
