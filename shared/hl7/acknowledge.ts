import type { EpochMs } from '../kernel/clock.ts';
import { encodeHl7, firstSegment, headerSegment, repetitionsAt, segment, valueAt, type Hl7Message } from './message.ts';
import { formatTimestamp } from './timestamp.ts';

/** MSA-1 (table 0008). Original mode: `AA` taken, `AE` not taken, try again, `AR` refused, do not try again. */
export type AckCode = 'AA' | 'AE' | 'AR';

export interface AckIdentity {
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string;
  readonly at: EpochMs;
}

/**
 * The sender asked for enhanced mode (2.9.3) when MSH-15 or MSH-16 is valued. We answer once, when the order is durable, so the commit code
 * (CA, CE, CR) answers a sender who wants only an accept acknowledgement; one who wants an application acknowledgement gets AA, AE or AR.
 */
function msaCode(original: Hl7Message, code: AckCode): string {
  const header = firstSegment(original, 'MSH');
  const accept = valueAt(header, 15);
  const application = valueAt(header, 16);
  const wantsAccept = accept !== undefined && accept !== 'NE';
  const wantsApplication = application !== undefined && application !== 'NE';
  return wantsAccept && !wantsApplication ? `C${code[1]}` : code;
}

/** Builds the answer to `original`, addressed back to its sender; `text` goes to MSA-3 and, when refused, to ERR-8. */
export function acknowledge(original: Hl7Message, code: AckCode, text: string, identity: AckIdentity): string {
  const header = firstSegment(original, 'MSH');
  const copy = (n: number) => repetitionsAt(header, n)[0] ?? [];
  const trigger = valueAt(header, 9, { component: 2 });
  const version = valueAt(header, 12) ?? '2.3';
  const answer = headerSegment(
    [
      copy(5),
      copy(6),
      copy(3),
      copy(4),
      formatTimestamp(identity.at),
      undefined,
      trigger === undefined ? 'ACK' : ['ACK', trigger, 'ACK'],
      identity.controlId,
      valueAt(header, 11) ?? 'P',
      version,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      valueAt(header, 18),
    ],
    original.delimiters,
  );
  const control = valueAt(header, 10) ?? '';
  const taken = code === 'AA';
  const problem = taken
    ? []
    : [segment('ERR', undefined, undefined, ['207', 'Application internal error', 'HL70357'], 'E', '', '', '', text)];
  return encodeHl7({
    delimiters: original.delimiters,
    segments: [answer, segment('MSA', msaCode(original, code), control, text === '' ? undefined : text), ...problem],
  });
}

export interface Acknowledgement {
  /** MSA-1. */
  readonly code: string;
  /** MSA-2: MSH-10 of the message it answers. */
  readonly controlId: string;
  readonly text: string;
  /** ERR-3 (table 0357), or ERR-1.4 of senders before 2.5; empty when none is given. */
  readonly error: string;
}

/** Undefined when there is no MSA. */
export function readAcknowledgement(message: Hl7Message): Acknowledgement | undefined {
  const msa = firstSegment(message, 'MSA');
  if (msa === undefined) return undefined;
  const errors = firstSegment(message, 'ERR');
  return {
    code: valueAt(msa, 1) ?? '',
    controlId: valueAt(msa, 2) ?? '',
    text: valueAt(msa, 3) ?? valueAt(errors, 8) ?? valueAt(errors, 3, { component: 2 }) ?? '',
    error: valueAt(errors, 3) ?? valueAt(errors, 1, { component: 4 }) ?? valueAt(msa, 6) ?? '',
  };
}

/** Table 0357: record locked, internal error. The receiver could not just now; nothing is wrong with the message. */
export const isPassing = ({ error }: Acknowledgement): boolean => error === '206' || error === '207';
