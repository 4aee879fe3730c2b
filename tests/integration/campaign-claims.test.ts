import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { lacks } from '#tests/support/peers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Real hubs, real clients, kill -9. The same by hand with any count: `npm run campaign -- claims --seed S --count N`. */
describe.skipIf(lacks('postgresql'))('npm run campaign -- claims', () => {
  it('loses and doubles nothing on SQLite, PostgreSQL and two hubs, and takes over what killed readers held', async () => {
    const argv = ['build/run.mjs', 'campaign', 'claims', '--seed', '7', '--count', '24', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: ROOT }).catch(
      (ended: { readonly stdout: string }) => ended,
    );
    const facts = JSON.parse(stdout) as Record<string, number>;
    expect(facts).toMatchObject({ campaign: 'claims', seed: 7, count: 24, lost: 0, doubled: 0 });
    expect(facts['tried']).toBeGreaterThanOrEqual(3 * 24);
    expect(facts['survived']).toBe(facts['tried']);
    for (const arrangement of ['sqlite', 'postgres', 'two-hubs']) {
      expect(facts[`${arrangement}.killed`]).toBeGreaterThan(0);
      expect(facts[`${arrangement}.takenOver`]).toBe(facts[`${arrangement}.heldByKilled`]);
    }
  });

  it.each([
    [['nonsense'], 'campaign kill|deliver|fuzz|intake|claims|drafts'],
    [['claims', '--count', '0'], '--count must be'],
    [['claims', '--seed', 'x'], '--seed must be'],
    [['claims', '--nonsense'], '--nonsense'],
  ])('ends with 2 and one line for %j', async (argv, line) => {
    const failing = promisify(execFile)(process.execPath, ['build/run.mjs', 'campaign', ...argv], { cwd: ROOT });
    await expect(failing).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(line) as string });
  });
});
