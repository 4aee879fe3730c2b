import type { TlsIdentity } from '#shared/domain/site.ts';
import type { Log } from '#shared/kernel/log.ts';

export interface MllpListener {
  /** The port in fact listened on. */
  readonly port: number;
  /** Ends every connection and waits for messages being answered. */
  close(): Promise<void>;
}

/** Receives HL7 v2 messages over MLLP. */
export type ListenMllp = (options: {
  /** 0 picks a free one. */
  readonly port: number;
  /** Loopback unless given. */
  readonly host?: string;
  /** Gives the acknowledgement. It is sent only when this resolves; when it rejects, the connection is closed without an answer. */
  readonly onMessage: (message: Uint8Array) => Promise<Uint8Array>;
  /** Largest message taken; a longer one ends the connection. */
  readonly limitBytes?: number;
  readonly frameTimeoutMs?: number;
  readonly log: Log;
}) => Promise<MllpListener>;

export type MllpAnswer =
  | { readonly ok: true; readonly ack: Uint8Array }
  /** `sent`: the receiver may have the message. */
  | {
      readonly ok: false;
      readonly sent: boolean;
      readonly code: 'refused' | 'unreachable' | 'timeout' | 'closed' | 'bad-answer' | 'not-trusted';
    };

/** Sends one HL7 v2 message over MLLP and waits for its acknowledgement. */
export type SendMllp = (options: {
  readonly host: string;
  readonly port: number;
  /** Encrypted where given; `{}` trusts whom this machine trusts. */
  readonly tls?: TlsIdentity;
  readonly message: Uint8Array;
  readonly timeoutMs: number;
}) => Promise<MllpAnswer>;
