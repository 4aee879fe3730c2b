import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

import type { Dice } from './dice.ts';

/**
 * What may go wrong in one turn of a conversation (our side speaks, the peer answers). `drop-before`: nothing reaches the peer. `cut-off`: half of it.
 * `drop-after`: the peer answers and nobody hears it. `half-close`: the same, but politely. `delay`: the answer comes late. `twice`: it comes twice.
 * `garbage`: something else comes in its place.
 */
export const FAULTS = ['drop-before', 'cut-off', 'drop-after', 'half-close', 'delay', 'twice', 'garbage'] as const;
export type Fault = (typeof FAULTS)[number];

export interface ChaoticProxy {
  readonly port: number;
  /** How often each fault was done. */
  readonly counts: ReadonlyMap<Fault, number>;
  close(): Promise<void>;
}

/** A line to `target` on loopback on which each turn goes wrong with the given chance. */
export async function startChaoticProxy(options: {
  readonly target: number;
  readonly faults: readonly [Fault, ...Fault[]];
  readonly chance: number;
  readonly longestDelayMs: number;
  readonly dice: Dice;
}): Promise<ChaoticProxy> {
  const { target, faults, chance, longestDelayMs, dice } = options;
  const counts = new Map<Fault, number>();
  const sockets = new Set<Socket>();

  function converse(ours: Socket): void {
    const theirs = createConnection({ port: target, host: '127.0.0.1', noDelay: true });
    let fault: Fault | undefined;
    let isAnswered = true;
    for (const socket of [ours, theirs]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        ours.destroy();
        theirs.destroy();
      });
      socket.on('error', () => undefined);
    }
    ours.on('data', (chunk: Buffer) => {
      if (isAnswered) {
        isAnswered = false;
        fault = dice.chance(chance) ? dice.pick(faults) : undefined;
        if (fault !== undefined) counts.set(fault, (counts.get(fault) ?? 0) + 1);
      }
      if (fault === 'drop-before') return ours.resetAndDestroy();
      if (fault === 'cut-off') {
        theirs.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => ours.resetAndDestroy());
        return;
      }
      theirs.write(chunk);
    });
    ours.on('end', () => theirs.end());
    theirs.on('data', (chunk: Buffer) => {
      isAnswered = true;
      switch (fault) {
        case 'drop-after':
          ours.resetAndDestroy();
          return;
        case 'half-close':
          ours.end();
          return;
        case 'delay':
          setTimeout(() => ours.write(chunk), dice.between(50, longestDelayMs));
          return;
        case 'twice':
          ours.write(Buffer.concat([chunk, chunk]));
          return;
        case 'garbage':
          ours.end(Buffer.from('\u000b\u0016what is this\u001c\r'));
          return;
        default:
          ours.write(chunk);
      }
    });
    theirs.on('end', () => ours.end());
  }

  const server = createServer({ noDelay: true, allowHalfOpen: true }, converse);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
