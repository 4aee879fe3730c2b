import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('a draft whose writer is killed while typing is whole, with every earlier state, up to the last second', async () => {
  const argv = ['build/run.mjs', 'campaign', 'drafts', '--seed', '5', '--count', '8', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT });
  const facts = JSON.parse(stdout) as Record<string, number>;
  expect(facts).toMatchObject({ campaign: 'drafts', tried: 8, survived: 8, lost: 0, doubled: 0 });
  expect(facts['keys']).toBeGreaterThan(50);
});
