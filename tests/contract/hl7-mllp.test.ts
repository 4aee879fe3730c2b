import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { frame } from '#electron/adapters/hl7-mllp/frames.ts';
import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import type { MllpListener } from '#electron/ports/mllp.ts';
import { silentLog } from '#shared/kernel/log.ts';

const PYTHON = '/usr/bin/python3';
const hasPython = existsSync(PYTHON) && existsSync('/usr/lib/python3/dist-packages/hl7');
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (message: Uint8Array) => new TextDecoder().decode(message);

let open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

async function listen(
  onMessage: (message: Uint8Array) => Promise<Uint8Array>,
  more: object = {},
): Promise<MllpListener> {
  const listener = await listenMllp({ port: 0, onMessage, log: silentLog, ...more });
  open.push(() => listener.close());
  return listener;
}

/** A plain socket: what it received until the other side closed it, or until `enough` says so. */
function talk(port: number, chunks: readonly Uint8Array[], enough: (received: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    let received = '';
    socket.on('connect', () => chunks.forEach((chunk) => socket.write(chunk)));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (enough(received)) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

describe('the MLLP listener', () => {
  it('answers pipelined messages in their order, one at a time', async () => {
    let running = 0;
    let most = 0;
    const { port } = await listen(async (message) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => setImmediate(resolve));
      running -= 1;
      return bytes(`ack ${text(message)}`);
    });
    const stream = ['one', 'two', 'three'].map((each) => frame(bytes(each)));
    const whole = Uint8Array.from(stream.flatMap((each) => [...each]));
    const received = await talk(port, [whole], (all) => all.includes('three'));
    expect(received).toBe('\u000back one\u001c\r\u000back two\u001c\r\u000back three\u001c\r');
    expect(most).toBe(1);
  });

  it('takes five megabytes', async () => {
    const { port } = await listen(async (message) => bytes(`${message.length}`));
    const answer = await sendMllp({
      host: '127.0.0.1',
      port,
      message: new Uint8Array(5_000_000).fill(65),
      timeoutMs: 30_000,
    });
    expect(answer).toEqual({ ok: true, ack: bytes('5000000') });
  });

  it('ends the connection of a sender who exceeds the limit or never finishes', async () => {
    const { port } = await listen(async () => bytes('ack'), { limitBytes: 10, frameTimeoutMs: 50 });
    expect(await talk(port, [bytes('\u000b12345678901')], () => false)).toBe('');
    expect(await talk(port, [bytes('\u000b123')], () => false)).toBe('');
  });

  it('answers nothing when the message could not be kept', async () => {
    const { port } = await listen(() => Promise.reject(new Error('no disk')));
    expect(await sendMllp({ host: '127.0.0.1', port, message: bytes('MSH'), timeoutMs: 5000 })).toEqual({
      ok: false,
      sent: true,
      code: 'closed',
    });
  });

  it('rejects when its port is taken', async () => {
    const { port } = await listen(async () => bytes('ack'));
    await expect(listenMllp({ port, onMessage: async () => bytes(''), log: silentLog })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('the MLLP sender', () => {
  it('knows whether the receiver may have the message', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    expect(await sendMllp({ host: '127.0.0.1', port, message: bytes('MSH'), timeoutMs: 100 })).toEqual({
      ok: false,
      sent: true,
      code: 'timeout',
    });
    await new Promise<void>((resolve) => silent.close(() => resolve()));
    expect(await sendMllp({ host: '127.0.0.1', port, message: bytes('MSH'), timeoutMs: 5000 })).toEqual({
      ok: false,
      sent: false,
      code: 'refused',
    });
  });
});

describe.skipIf(!hasPython)(`against python3-hl7${hasPython ? '' : ' (skipped: not installed)'}`, () => {
  it('its mllp_send is understood and understands', async () => {
    const seen: string[] = [];
    const { port } = await listen(async (message) => {
      seen.push(text(message));
      return bytes('MSH|^~\\&|A|B|||20261121||ACK|1|P|2.3\rMSA|AA|M-1\r');
    });
    const folder = mkdtempSync(join(tmpdir(), 'mllp-'));
    open.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'order.hl7');
    writeFileSync(file, 'MSH|^~\\&|RIS|M|||20261121||ORM^O01|M-1|P|2.3\rPID|||1\rNTE|||é\r');
    const script = 'import sys; from hl7.client import mllp_send; mllp_send()';
    const output = await run(PYTHON, ['-c', script, '--loose', '-p', `${port}`, '-f', file, '127.0.0.1']);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('NTE|||é');
    expect(output).toContain('MSA|AA|M-1');
  });

  it('its server gets our message whole and we get its answer', async () => {
    const script = [
      'import asyncio, hl7, hl7.mllp, sys',
      'async def serve(reader, writer):',
      '    message = await reader.readmessage()',
      '    writer.writemessage(message.create_ack("AA"))',
      '    await writer.drain()',
      '    writer.close()',
      'async def main():',
      '    server = await hl7.mllp.start_hl7_server(serve, port=0, host="127.0.0.1", encoding="utf-8", limit=16<<20)',
      '    print(server.sockets[0].getsockname()[1], flush=True)',
      '    await asyncio.sleep(30)',
      'asyncio.run(main())',
    ].join('\n');
    const child = spawn(PYTHON, ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    open.push(() => void child.kill());
    const port = await new Promise<number>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    const message = bytes(`MSH|^~\\&|A|B|C|D|20261121||ORU^R01|M-7|P|2.5.1\rOBX|1|TX|||${'x'.repeat(200_000)}\r`);
    const answer = await sendMllp({ host: '127.0.0.1', port, message, timeoutMs: 10_000 });
    expect(answer.ok && text(answer.ack)).toContain('MSA|AA|M-7');
  });
});
