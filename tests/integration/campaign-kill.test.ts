import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('a study cache whose writer is killed at any moment opens again with all that was acknowledged', async () => {
  const argv = ['build/run.mjs', 'campaign', 'kill', '--seed', '3', '--count', '10', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT });
  const facts = JSON.parse(stdout) as Record<string, number>;
  expect(facts).toMatchObject({ campaign: 'kill', tried: 10, survived: 10, lost: 0, doubled: 0 });
  expect(facts['acknowledged']).toBeGreaterThan(50);
});
