import { connect, type Socket } from 'node:net';

import { frame } from '#electron/adapters/hl7-mllp/frames.ts';

const ANSWER_MS = 60_000;

/** MSA-1; CA and CR are the same in enhanced mode, for which a sender may ask in MSH-15. */
export const ackCodeIn = (answer: string): string => {
  const [, code = 'none'] = /\rMSA\|([AC][AER])/.exec(answer) ?? [];
  return code.replace(/^C/, 'A');
};

/** One message at a time on one connection, as sites' engines send. */
export async function openMllpSender(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise<void>((opened, failed) => socket.once('connect', opened).once('error', failed));
  return {
    send: (message: Uint8Array): Promise<string> =>
      new Promise((resolve, reject) => {
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
