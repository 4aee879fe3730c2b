import { createConnection, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { MllpAnswer, SendMllp } from '#electron/ports/mllp.ts';
import { createFrameReader, frame } from './frames.ts';

const ANSWER_LIMIT_BYTES = 1024 * 1024;

type Code = Extract<MllpAnswer, { ok: false }>['code'];

const CODES: Readonly<Record<string, Code>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** The other side does not trust our certificate or shows one that we do not trust: its HL7 engine never saw the message. */
const NOT_TRUSTED =
  /^(?:ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;

/**
 * Sends one message on a connection of its own and waits for the answer: never two outstanding on one connection, and no answer to an earlier message
 * can be taken for this one's. Never rejects.
 */
export const sendMllp: SendMllp = ({ host, port, tls, message, timeoutMs }) =>
  new Promise((resolve) => {
    const reader = createFrameReader(ANSWER_LIMIT_BYTES);
    let sent = false;
    let socket: Socket | undefined;
    const settle = (answer: MllpAnswer) => {
      clearTimeout(timeout);
      socket?.destroy();
      resolve(answer);
    };
    const timeout = setTimeout(() => settle({ ok: false, sent, code: 'timeout' }), timeoutMs);
    const send = () => {
      // From the first byte on the receiver may have the message, whatever becomes of the connection.
      sent = true;
      socket?.write(frame(message));
    };
    try {
      socket =
        tls === undefined
          ? createConnection({ host, port, noDelay: true }, send)
          : connectTls(
              {
                host,
                port,
                minVersion: 'TLSv1.2',
                ...(tls.ca === undefined ? {} : { ca: tls.ca }),
                ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
                ...(tls.key === undefined ? {} : { key: tls.key }),
                // RFC 6066 3: a server name is no address.
                ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
              },
              send,
            ).setNoDelay(true);
    } catch {
      // A certificate or key that cannot be read.
      return settle({ ok: false, sent, code: 'not-trusted' });
    }
    socket.on('data', (chunk: Uint8Array) => {
      const messages = reader.read(chunk);
      if (messages === 'too-long') return settle({ ok: false, sent, code: 'bad-answer' });
      const ack = messages[0];
      if (ack !== undefined) settle({ ok: true, ack });
    });
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (tls !== undefined && NOT_TRUSTED.test(code)) return settle({ ok: false, sent: false, code: 'not-trusted' });
      settle({ ok: false, sent, code: CODES[code] ?? 'closed' });
    });
    socket.on('close', () => settle({ ok: false, sent, code: 'closed' }));
  });
