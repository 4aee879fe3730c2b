import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { freePort } from './free-port.ts';

/** A received message as python3-hl7 reads it. */
export interface ReceivedMessage {
  readonly type: string;
  readonly controlId: string;
  readonly version: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly accession: string;
  readonly resultStatus: string;
  readonly obx: readonly { type: string; code: string; value: string; status: string }[];
}

/** A site's HL7 engine played by python3-hl7. */
export async function startHl7Receiver(wantedPort?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'overread-hl7-'));
  const port = wantedPort ?? (await freePort());
  const script = fileURLToPath(new URL('hl7_receiver.py', import.meta.url));
  const child = spawn('/usr/bin/python3', [script, String(port), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const exited = once(child, 'exit');
  return {
    port,
    received: (): ReceivedMessage[] =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReceivedMessage),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends one message with python3-hl7's own sender and returns what it printed: the acknowledgement. */
export async function sendWithPython(port: number, segments: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-send-'));
  try {
    const file = join(folder, 'message.hl7');
    writeFileSync(file, `${segments.join('\r')}\r`);
    const { stdout } = await promisify(execFile)('/usr/bin/mllp_send', [
      '--loose',
      '-p',
      String(port),
      '-f',
      file,
      '127.0.0.1',
    ]);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
