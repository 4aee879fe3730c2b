import { createServer, type AddressInfo, type Socket } from 'node:net';

import type { ListenMllp } from '#electron/ports/mllp.ts';
import type { Log } from '#shared/kernel/log.ts';
import { createFrameReader, frame } from './frames.ts';

/** A frame once begun must end within this time: a sender that trickles bytes holds a connection and memory. */
const FRAME_TIMEOUT_MS = 60_000;
const MAX_CONNECTIONS = 100;
const DEFAULT_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Listens for HL7 v2 messages. Messages of one connection are answered one after the other, in the order they came; while one is being answered
 * no more is read, so that a fast sender is slowed down instead of filling memory. Rejects when the port cannot be had.
 */
export const listenMllp: ListenMllp = ({
  port,
  host = '127.0.0.1',
  onMessage,
  limitBytes = DEFAULT_LIMIT_BYTES,
  frameTimeoutMs = FRAME_TIMEOUT_MS,
  log,
}) => {
  const sockets = new Set<Socket>();
  const answering = new Set<Promise<void>>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const done = attend(socket, { onMessage, limitBytes, frameTimeoutMs, log });
    answering.add(done);
    void done.finally(() => answering.delete(done));
  });
  server.maxConnections = MAX_CONNECTIONS;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      server.on('error', () => log.error('mllp.server-failed'));
      resolve({
        port: (server.address() as AddressInfo).port,
        async close() {
          const closed = new Promise<void>((ended) => server.close(() => ended()));
          for (const socket of sockets) socket.destroy();
          await Promise.all([closed, ...answering]);
        },
      });
    });
  });
};

interface Attendance {
  readonly onMessage: (message: Uint8Array) => Promise<Uint8Array>;
  readonly limitBytes: number;
  readonly frameTimeoutMs: number;
  readonly log: Log;
}

/** Serves one connection until it ends. Never rejects. */
async function attend(socket: Socket, { onMessage, limitBytes, frameTimeoutMs, log }: Attendance): Promise<void> {
  const reader = createFrameReader(limitBytes);
  let deadline: NodeJS.Timeout | undefined;
  const stopDeadline = () => {
    clearTimeout(deadline);
    deadline = undefined;
  };
  socket.on('error', (error: NodeJS.ErrnoException) =>
    log.warn('mllp.connection-failed', { code: error.code ?? 'error' }),
  );
  try {
    for await (const chunk of socket) {
      const messages = reader.read(chunk as Uint8Array);
      if (messages === 'too-long') {
        log.warn('mllp.message-refused', { code: 'too-long' });
        socket.destroy();
        return;
      }
      if (messages.length > 0 || !reader.isInside()) stopDeadline();
      for (const message of messages) {
        const answer = await onMessage(message);
        if (!socket.destroyed) socket.write(frame(answer));
      }
      if (reader.isInside())
        deadline ??= setTimeout(() => {
          log.warn('mllp.message-refused', { code: 'too-slow' });
          socket.destroy();
        }, frameTimeoutMs);
    }
  } catch (error) {
    log.warn('mllp.connection-failed', { code: codeOf(error) });
    socket.destroy();
  } finally {
    stopDeadline();
    if (reader.strayBytes() > 0) log.warn('mllp.stray-bytes', { bytes: reader.strayBytes() });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error';
