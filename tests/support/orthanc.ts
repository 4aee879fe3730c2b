import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { freePort } from './free-port.ts';

export interface Orthanc {
  /** Base of its REST interface, without a slash at the end. */
  readonly url: string;
  readonly dicomwebUrl: string;
  readonly user: string;
  readonly password: string;
  readonly headers: { readonly Authorization: string };
  /** Stores files as a modality would, over its own REST interface. */
  upload(files: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Writes the configuration of an Orthanc that keeps everything in `folder`; the file's path. */
export function writeOrthancConfig(place: {
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}): string {
  const { folder, port, user, password } = place;
  const config = join(folder, 'orthanc.json');
  writeFileSync(
    config,
    JSON.stringify({
      Name: 'Peer',
      StorageDirectory: join(folder, 'storage'),
      IndexDirectory: join(folder, 'storage'),
      HttpPort: port,
      HttpBindAddresses: ['127.0.0.1'],
      DicomServerEnabled: false,
      RemoteAccessAllowed: true,
      AuthenticationEnabled: true,
      RegisteredUsers: { [user]: password },
      KeepAlive: true,
      TcpNoDelay: true,
      HttpThreadsCount: 50,
      StableAge: 5,
      Plugins: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'],
      DicomWeb: { Enable: true, Root: '/dicom-web/', StudiesMetadata: 'Full', SeriesMetadata: 'Full' },
    }),
  );
  return config;
}

/** A real Orthanc with DICOMweb and basic auth, on free loopback ports, holding nothing. */
export async function startOrthanc(): Promise<Orthanc> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-orthanc-'));
  const port = await freePort();
  const [user, password] = ['reader', 'reader-password'];
  const config = writeOrthancConfig({ folder, port, user, password });
  const child = spawn('/usr/sbin/Orthanc', [config], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };

  const isUp = () =>
    fetch(`${url}/system`, { headers }).then(
      (answer) => answer.ok,
      () => false,
    );
  // Its start cannot be waited for otherwise: the peer has no ready signal.
  for (let attempt = 0; !(await isUp()); attempt += 1) {
    if (attempt > 300 || child.exitCode !== null) throw new Error('Orthanc did not start');
    await wait(100);
  }
  return {
    url,
    dicomwebUrl: `${url}/dicom-web`,
    user,
    password,
    headers,
    async upload(files) {
      for (const file of files) {
        const answer = await fetch(`${url}/instances`, { method: 'POST', headers, body: await readFile(file) });
        if (!answer.ok) throw new Error(`Orthanc refused ${file}: ${answer.status}`);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
