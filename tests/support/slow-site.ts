import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

import { freePort } from './free-port.ts';
import { END, MULTIPART, part, sendJson, startScriptedArchive } from './scripted-archive.ts';
import { startProgram } from './start-program.ts';
import { createTestAuthority } from './test-ca.ts';

const DRIP_MS = 50;
const DRIP_BYTES = 1024;

export interface SlowSite {
  /** Of a workstation whose only site this is. */
  readonly url: string;
  /** Made to the site since start. */
  connections(): number;
  /** From now on everything comes at once. */
  letGo(): void;
  close(): Promise<void>;
}

/**
 * A site with one study that speaks HTTP/2 with a certificate of an authority of its own: quickly up to three tenths of a file, then
 * in drips, never to its end until it is let go.
 */
export async function openSlowSite(site: {
  /** The study's order, HL7 v2. */
  readonly order: string;
  readonly instances: readonly DicomJson[];
  /** The Part 10 file of an instance. */
  readonly fileOf: (sopInstanceUid: string) => Uint8Array;
}): Promise<SlowSite> {
  let letGo: () => void = () => undefined;
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const folder = mkdtempSync(join(tmpdir(), 'overread-e2e-'));
  const authority = createTestAuthority(folder);
  const archive = await startScriptedArchive((_request, response, path) => {
    const { pathname } = new URL(path, 'http://site');
    const sopInstanceUid = /\/instances\/([\d.]+)$/.exec(pathname)?.[1];
    if (sopInstanceUid === undefined) {
      sendJson(response, pathname.endsWith('/studies') ? site.instances.slice(0, 1) : site.instances);
      return;
    }
    response.writeHead(200, { 'Content-Type': MULTIPART });
    const body = Buffer.concat([part(site.fileOf(sopInstanceUid)), END]);
    let at = 0;
    const drip = () => {
      // Only as much as tells a slow site from a silent one.
      const size = at < body.length * 0.3 ? body.length / 60 : DRIP_BYTES;
      const next = Math.min(body.length * 0.6, at + size);
      response.write(body.subarray(at, next));
      at = Math.floor(next);
    };
    const dripping = setInterval(drip, DRIP_MS);
    void isLetGo.then(() => {
      clearInterval(dripping);
      response.end(body.subarray(at));
    });
    response.on('close', () => clearInterval(dripping));
  }, authority.issue('archive'));

  const ordersPort = await freePort();
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      reader: { id: 'dr-lee', name: 'Lee^Dana', licences: [{ region: 'US-OH', until: '2099-01-01' }] },
      images: { readingsAhead: 0 },
      sites: [
        {
          id: 'mercy',
          name: 'Mercy',
          region: 'US-OH',
          dicomweb: { url: archive.url, ca: { file: authority.file } },
          orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
        },
      ],
    }),
  );
  const argv = ['--headless', '--host', 'browser', '--data', join(folder, 'data'), '--config', config];
  const workstation = await startProgram('workstation', argv);
  const close = async () => {
    letGo();
    await workstation.stop();
    await archive.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  const message = new TextEncoder().encode(`${site.order}\r`);
  const taken = await sendMllp({ host: '127.0.0.1', port: ordersPort, message, timeoutMs: 20_000 });
  if (!taken.ok) {
    await close();
    throw new Error('the order was not taken');
  }
  return { url: workstation.url, connections: () => archive.connections(), letGo, close };
}
