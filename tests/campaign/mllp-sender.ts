import { connect, type Socket } from 'node:net';

import { frame } from '#electron/adapters/hl7-mllp/frames.ts';

const ANSWER_MS = 60_000;

/** MSA-1; CA and CR are the same in enhanced mode, for which a sender may ask in MSH-15. The answer separates as the message did. */
export const ackCodeIn = (answer: string): string => {
  const [, , code = 'none'] = /\rMSA(.)([AC][AER])/s.exec(answer) ?? [];
  return code.replace(/^C/, 'A');
};

/** The reason stands in MSA-3 or in ERR. */
export const hasReason = (answer: string): boolean => {
  const [, separator = '|'] = /\rMSA(.)/s.exec(answer) ?? [];
  const msa = answer.split('\r').find((segment) => segment.startsWith(`MSA${separator}`));
  return (msa?.split(separator)[3] ?? '') !== '' || answer.includes(`\rERR${separator}`);
};

/** One message at a time on one connection, as sites' engines send. */
export async function openMllpSender(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise<void>((opened, failed) => socket.once('connect', opened).once('error', failed));
  return {
    send: (message: Uint8Array): Promise<string> =>
      new Promise((resolve, reject) => {
        // Lost between two messages: nobody would tell of it any more.
        if (socket.destroyed) return reject(new Error('closed'));
        let text = '';
        const done = (settle: () => void) => {
          clearTimeout(patience);
          socket.removeAllListeners();
          settle();
        };
        const patience = setTimeout(() => done(() => reject(new Error('silent'))), ANSWER_MS);
        socket.on('data', (chunk) => {
          text += chunk.toString('latin1');
          if (text.endsWith('\u001c\r')) done(() => resolve(text));
        });
        socket.on('close', () => done(() => reject(new Error('closed'))));
        socket.on('error', () => undefined);
        socket.write(frame(message));
      }),
    close: () => socket.destroy(),
  };
}
