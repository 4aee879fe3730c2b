import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between here and a server, thin and long, shared by all its connections. */
export interface ShapedLine {
  readonly port: number;
  /** Bytes that came down since the last call. */
  takeBytes(): number;
  close(): Promise<void>;
}

export interface LineShape {
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
}

/** What one connection may have waiting for the line before its server is told to wait, as a socket's buffers would. */
const WAITING_BYTES = 128 * 1024;
/** Connections take turns by packets of this size. */
const PACKET_BYTES = 2920;
const TICK_MS = 1;

interface Direction {
  readonly queue: Buffer[];
  waiting: number;
  readonly from: Socket;
  readonly to: Socket;
  hasEnded: boolean;
}

/** Proxies TCP: every connection costs a round trip to make, every byte half of one to come, and the rate is one for all. */
export async function openShapedLine(target: { readonly port: number }, shape: LineShape): Promise<ShapedLine> {
  const bytesPerMs = shape.bitsPerSecond / 8000;
  const directions = { up: new Set<Direction>(), down: new Set<Direction>() };
  const credit = { up: 0, down: 0 };
  const flying: { readonly at: number; readonly land: () => void }[] = [];
  const sockets = new Set<Socket>();
  let last = performance.now();
  let came = 0;

  function transmit(way: 'up' | 'down', now: number): void {
    const busy = [...directions[way]];
    let sent = true;
    while (credit[way] > 0 && sent) {
      sent = false;
      for (const direction of busy) {
        const [head] = direction.queue;
        if (head === undefined || credit[way] <= 0) continue;
        const packet = head.subarray(0, PACKET_BYTES);
        if (packet.length === head.length) direction.queue.shift();
        else direction.queue[0] = head.subarray(packet.length);
        direction.waiting -= packet.length;
        credit[way] -= packet.length;
        if (way === 'down') came += packet.length;
        flying.push({ at: now + shape.roundTripMs / 2, land: () => void direction.to.write(packet) });
        sent = true;
        if (direction.waiting < WAITING_BYTES / 2) direction.from.resume();
      }
    }
    for (const direction of busy) {
      if (!direction.hasEnded || direction.queue.length > 0) continue;
      directions[way].delete(direction);
      flying.push({ at: now + shape.roundTripMs / 2, land: () => void direction.to.end() });
    }
    // An idle line does not save up.
    if (credit[way] > 0) credit[way] = 0;
  }

  const ticking = setInterval(() => {
    const now = performance.now();
    for (const way of ['up', 'down'] as const) {
      credit[way] += (now - last) * bytesPerMs;
      transmit(way, now);
    }
    last = now;
    while ((flying[0]?.at ?? Number.POSITIVE_INFINITY) <= now) flying.shift()?.land();
  }, TICK_MS);

  function carry(way: 'up' | 'down', from: Socket, to: Socket): void {
    const direction: Direction = { queue: [], waiting: 0, from, to, hasEnded: false };
    directions[way].add(direction);
    from.on('data', (chunk: Buffer) => {
      direction.queue.push(chunk);
      direction.waiting += chunk.length;
      if (direction.waiting > WAITING_BYTES) from.pause();
    });
    from.on('end', () => {
      direction.hasEnded = true;
    });
    const drop = () => {
      directions[way].delete(direction);
      direction.queue.length = 0;
      from.destroy();
      to.destroy();
    };
    from.on('error', drop);
    to.on('error', drop);
    to.on('close', drop);
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    sockets.add(client);
    client.pause();
    client.on('error', () => undefined);
    const upstream = connect({ port: target.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    sockets.add(upstream);
    // The handshake: until it is done the client's first byte does not leave.
    flying.push({
      at: performance.now() + shape.roundTripMs,
      land: () => {
        carry('up', client, upstream);
        carry('down', upstream, client);
        client.resume();
      },
    });
    flying.sort((one, other) => one.at - other.at);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    takeBytes() {
      const bytes = came;
      came = 0;
      return bytes;
    },
    async close() {
      clearInterval(ticking);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
