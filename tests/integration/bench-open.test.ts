import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { ROOT } from '#electron/hosts/paths.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

interface Results {
  readonly results: readonly {
    readonly coding: string;
    readonly seriesBytes: number;
    readonly comparisons: readonly {
      readonly what: string;
      readonly value: { readonly runsMs: readonly number[] };
      readonly limitMs: number;
      readonly ratio: number;
    }[];
  }[];
}

const bench = (...argv: readonly string[]) =>
  promisify(execFile)(process.execPath, ['build/run.mjs', 'bench', ...argv], { cwd: ROOT });

describe.skipIf(lacks('chromium'))('the benchmark of opening a case', () => {
  it('prints a ratio for each opening and writes the runs behind it', async () => {
    const file = join(tempFolder(), 'open.json');
    const { stdout } = await bench('open', '--runs', '1', '--slices', '3', '--json', file);
    expect(stdout.match(/\d×/g)).toHaveLength(8);
    const { results } = JSON.parse(readFileSync(file, 'utf8')) as Results;
    expect(results.map(({ coding }) => coding)).toEqual(['native', 'jpeg-ls']);
    for (const { comparisons, seriesBytes } of results) {
      expect(seriesBytes).toBeGreaterThan(1000);
      expect(comparisons.map(({ what }) => what)).toEqual([
        'not prefetched: first image',
        'not prefetched: series complete',
        'prefetched: first image',
        'prefetched: series complete',
      ]);
      for (const { value, limitMs, ratio } of comparisons) {
        expect(value.runsMs).toHaveLength(1);
        expect(limitMs).toBeGreaterThan(0);
        expect(ratio).toBeGreaterThan(0);
      }
    }
  });
});

describe('the benchmarks’ command line', () => {
  it('refuses a name it does not know and options that are none, in one line', async () => {
    for (const argv of [['nothing'], [], ['open', '--runs', '0'], ['open', '--often']]) {
      const failure = (await bench(...argv).catch((error: unknown) => error)) as { code: number; stderr: string };
      expect(failure.code).toBe(2);
      expect(failure.stderr.trimEnd().split('\n').at(-1)).toMatch(/^bench: /);
    }
  });
});
