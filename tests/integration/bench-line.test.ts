import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { ROOT } from '#electron/hosts/paths.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

interface Results {
  readonly rows: readonly {
    readonly what: string;
    readonly first: { readonly runsMs: readonly number[] };
    readonly limitMs: number;
    readonly ratio: number;
    readonly usage: number;
  }[];
}

it('the benchmark of a thin line prints a ratio for each reading and writes the runs behind it', async () => {
  const file = join(tempFolder(), 'line.json');
  const argv = ['build/run.mjs', 'bench', 'line', '--runs', '1', '--slices', '8', '--json', file];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT });
  expect(stdout.match(/\d×/g)).toHaveLength(4);
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  expect(rows.map(({ what }) => what)).toEqual([
    'CT, its metadata here',
    'CT, nothing here',
    'radiograph, JPEG-LS',
    'radiograph, stored raw',
  ]);
  for (const { first, limitMs, ratio, usage } of rows) {
    expect(first.runsMs).toHaveLength(1);
    expect(limitMs).toBeGreaterThan(180);
    expect(ratio).toBeGreaterThan(0);
    // Nothing comes faster than the line: the shaping is real.
    expect(usage).toBeLessThan(1.1);
  }
});
