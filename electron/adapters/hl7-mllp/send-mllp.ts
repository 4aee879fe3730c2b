import { createConnection } from 'node:net';

import type { MllpAnswer, SendMllp } from '#electron/ports/mllp.ts';
import { createFrameReader, frame } from './frames.ts';

const ANSWER_LIMIT_BYTES = 1024 * 1024;

const CODES: Readonly<Record<string, Extract<MllpAnswer, { ok: false }>['code']>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** Sends one message on a connection of its own and waits for the answer. Never rejects. */
export const sendMllp: SendMllp = ({ host, port, message, timeoutMs }) =>
  new Promise((resolve) => {
    const reader = createFrameReader(ANSWER_LIMIT_BYTES);
    let sent = false;
    const socket = createConnection({ host, port, noDelay: true });
    const settle = (answer: MllpAnswer) => {
      clearTimeout(timeout);
      socket.destroy();
      resolve(answer);
    };
    const timeout = setTimeout(() => settle({ ok: false, sent, code: 'timeout' }), timeoutMs);
    socket.on('connect', () => {
      // From the first byte on the receiver may have the message, whatever becomes of the connection.
      sent = true;
      socket.write(frame(message));
    });
    socket.on('data', (chunk) => {
      const messages = reader.read(chunk);
      if (messages === 'too-long') return settle({ ok: false, sent, code: 'bad-answer' });
      const ack = messages[0];
      if (ack !== undefined) settle({ ok: true, ack });
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle({ ok: false, sent, code: CODES[error.code ?? ''] ?? 'closed' }),
    );
    socket.on('close', () => settle({ ok: false, sent, code: 'closed' }));
  });
