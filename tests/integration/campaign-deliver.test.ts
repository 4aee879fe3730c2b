import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { lacks } from '#tests/support/peers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Real peers, broken lines, kill -9, full disks. The same by hand with any count: `npm run campaign -- deliver --seed S --count N`. */
describe.skipIf(lacks('python3-hl7', 'orthanc', 'openssl'))('npm run campaign -- deliver', () => {
  it('brings every report to every channel once, in order, and the ledger agrees with the peers', async () => {
    const argv = ['build/run.mjs', 'campaign', 'deliver', '--seed', '3', '--count', '20', '--json'];
    // With something lost it ends with 1, and says what.
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT }).catch(
      (ended: { readonly stdout: string }) => ended,
    );
    const facts = JSON.parse(stdout) as Record<string, number>;
    expect(facts).toMatchObject({
      campaign: 'deliver',
      tried: 120,
      survived: 120,
      lost: 0,
      doubled: 0,
      'out of order': 0,
      'versions out of order': 0,
      'ledger against peer': 0,
      'broken files': 0,
      'still open at the end': 0,
    });
    // It was no walk in the park: lines broke, something was killed, and more was sent than was due.
    const happened = (beginning: string) =>
      Object.entries(facts)
        .filter(([fact]) => fact.startsWith(beginning))
        .reduce((total, [, times]) => total + times, 0);
    expect(happened('line: ')).toBeGreaterThan(5);
    expect(happened('kill -9 ')).toBeGreaterThan(0);
    expect(facts['attempts']).toBeGreaterThan(120);
  });
});
