import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Campaign, CampaignOutcome } from '#electron/hosts/cli/campaign.ts';
import { postgresPrograms, startPostgres } from '#tests/support/postgres.ts';

import { runReaders } from './claims-run.ts';

/** Attempts per client process at least; more clients than this only wait for each other. */
const ATTEMPTS_PER_CLIENT = 15;
const MOST_CLIENTS = 50;

/**
 * Readers in processes of their own reach for the same readings, half of them with `$claim-next`, half on the portable way, and some are killed (kill -9) and
 * replaced; so is a hub. On SQLite, on PostgreSQL, and on two hubs with one PostgreSQL, `count` attempts at least on each. Lost: a reading that nobody could
 * take over and finish. Doubled: one that two readers held at one time, or that was completed twice.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const clients = Math.min(MOST_CLIENTS, Math.max(6, Math.round(count / ATTEMPTS_PER_CLIENT)));
  const folder = mkdtempSync(join(tmpdir(), 'overread-claims-'));
  const postgres = postgresPrograms() === undefined ? undefined : await startPostgres({ isFlushing: true });
  if (postgres === undefined) say('no PostgreSQL on this machine: SQLite only');
  const outcomes: CampaignOutcome[] = [];
  const details: Record<string, number> = {};
  const arrangements: [name: string, hubs: number, database: () => Promise<string>][] = [
    ['sqlite', 1, async () => `sqlite:${join(folder, 'hub.sqlite')}`],
  ];
  if (postgres !== undefined) {
    arrangements.push(['postgres', 1, () => postgres.database()], ['two-hubs', 2, () => postgres.database()]);
  }
  try {
    for (const [index, [name, hubs, database]] of arrangements.entries()) {
      const outcome = await runReaders({
        name,
        database: await database(),
        hubs,
        clients,
        readings: count,
        seed: seed * 10 + index,
        say,
      });
      outcomes.push(outcome);
      for (const [fact, value] of Object.entries(outcome.details ?? {})) details[`${name}.${fact}`] = Number(value);
    }
  } finally {
    postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const sum = (of: 'tried' | 'survived' | 'lost' | 'doubled') =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  return { tried: sum('tried'), survived: sum('survived'), lost: sum('lost'), doubled: sum('doubled'), details };
};
