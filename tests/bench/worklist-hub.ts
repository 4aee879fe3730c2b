import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import LibsqlDatabase from 'libsql';
import pg from 'pg';

import { openHubLink, type HubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { openStore } from '#electron/hosts/compose/open-store.ts';
import { createHub, type Hub } from '#electron/hub/create-hub.ts';
import { createFhirRules } from '#electron/hub/fhir-rules.ts';
import type { FhirStore, IndexEntry, StoredVersion } from '#electron/hub/ports.ts';
import { indexOf } from '#electron/hub/search-index.ts';
import type { RadiologistId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { postgresPrograms, startPostgres } from '#tests/support/postgres.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';

import { runsOf, timed, type Runs } from './runs.ts';

/** One thing asked of the hub beside the bare SQL that fetches or writes the same rows; milliseconds. */
export interface HubCost {
  readonly what: string;
  readonly hub: Runs;
  readonly bare: Runs;
}

export interface HubHalf {
  readonly database: string;
  readonly tasks: number;
  readonly costs: readonly HubCost[];
}

/** Of a hundred tasks so many are open, as after weeks of nights. */
const OPEN_PERCENT = 5;
const PAGE = 500;
const CANDIDATES = 20;
const BASE_URL = 'http://hub.bench/fhir';
const OPEN = ['draft', 'requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold'];
const FILL_AT_ONCE = 2000;

/** What a statement answers, by either driver. */
type Bare = (text: string, ...values: readonly (string | number)[]) => Promise<readonly Record<string, unknown>[]>;

/** A hub with so many Tasks on SQLite, and on PostgreSQL where it is installed. */
export async function measureHub(
  tasks: number,
  runs: number,
  say: (line: string) => void,
): Promise<readonly HubHalf[]> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-hub-'));
  const halves: HubHalf[] = [];
  try {
    const file = join(folder, 'hub.sqlite');
    const store = await openStore({ kind: 'sqlite', file });
    await fill(store, tasks, say);
    const database = new LibsqlDatabase(file);
    const bare: Bare = async (text, ...values) => {
      const statement = database.prepare(text.replace(/\$\d+/g, '?'));
      if (/^select/i.test(text)) return statement.all(...values) as Record<string, unknown>[];
      statement.run(...values);
      return [];
    };
    halves.push({ database: 'SQLite', tasks, costs: await measureOn(store, bare, 'BEGIN IMMEDIATE', runs) });
    database.close();
    await store.close();
    if (postgresPrograms() === undefined) say('no PostgreSQL on this machine');
    else halves.push({ database: 'PostgreSQL', tasks, costs: await onPostgres(tasks, runs, say) });
    return halves;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(tasks: number, runs: number, say: (line: string) => void): Promise<readonly HubCost[]> {
  const server = await startPostgres({ isFlushing: true });
  try {
    const url = await server.database();
    const store = await openStore({ kind: 'postgres', url });
    await fill(store, tasks, say);
    const client = new pg.Client(url);
    await client.connect();
    await client.query('ANALYZE');
    const bare: Bare = async (text, ...values) => (await client.query<Record<string, unknown>>(text, [...values])).rows;
    const costs = await measureOn(store, bare, 'BEGIN', runs);
    await client.end();
    await store.close();
    return costs;
  } finally {
    server.stop();
  }
}

async function measureOn(store: FhirStore, bare: Bare, begin: string, runs: number): Promise<readonly HubCost[]> {
  const clock = { now: () => Date.now() as EpochMs };
  const hub = createHub({ store, definitions: loadDefinitions(), clock, log: silentLog, baseUrl: BASE_URL });
  const link = openHubLink({ baseUrl: BASE_URL, fetch: hub.fetch, timeoutMs: 60_000 });
  const several = async (work: () => Promise<unknown>): Promise<Runs> => {
    await work();
    const measured: number[] = [];
    for (let run = 0; run < runs; run += 1) measured.push(await timed(work));
    return runsOf(measured);
  };
  const statuses = OPEN.map((status) => `'${status}'`).join(', ');
  const rowsOf = (count: number) =>
    `SELECT v.body FROM resource r JOIN version v ON v.key = r.key AND v.version = r.version
     WHERE r.type = 'Task' AND r.deleted = 0 AND r.status IN (${statuses}) ORDER BY r.key LIMIT ${String(count)}`;
  const code = `${READING_CODE.system}|${READING_CODE.code}`;
  const status = OPEN.join();
  const soon = new Date(Date.now() - 1000).toISOString();
  const open = await search(hub, { code, status, _count: '1000' });
  return [
    {
      what: `one page of the open list, ${String(PAGE)} tasks`,
      hub: await several(async () => (await ask(hub, { code, status, _count: String(PAGE) })).text()),
      bare: await several(() => bare(rowsOf(PAGE))),
    },
    {
      what: 'the whole open list, by a workstation',
      hub: await several(() => link.fhir.search<Task>('Task', { code, status }, 10_000)),
      bare: await several(() => bare(rowsOf(10_000))),
    },
    {
      what: 'what changed in the last second',
      hub: await several(async () => (await ask(hub, { code, _lastUpdated: `ge${soon}` })).text()),
      bare: await several(() =>
        bare(
          `SELECT v.body FROM resource r JOIN version v ON v.key = r.key AND v.version = r.version
           WHERE r.type = 'Task' AND r.deleted = 0 AND r.updated_at >= $1`,
          Date.parse(soon),
        ),
      ),
    },
    {
      what: `claim-next among ${String(CANDIDATES)} candidates`,
      hub: await several(
        claiming(
          link,
          open.filter(({ status: each }) => each === 'ready'),
        ),
      ),
      bare: await several(() => claimBare(bare, begin)),
    },
  ];
}

const ask = (hub: Hub, params: Readonly<Record<string, string>>): Promise<Response> =>
  hub.fetch(new Request(`${BASE_URL}/Task?${new URLSearchParams(params).toString()}`));

async function search(hub: Hub, params: Readonly<Record<string, string>>): Promise<readonly Task[]> {
  const { entry = [] } = (await (await ask(hub, params)).json()) as {
    readonly entry?: readonly { readonly resource: Task }[];
  };
  return entry.map(({ resource }) => resource);
}

/** Each time other candidates, in the order of the list. */
function claiming(link: HubLink, ready: readonly Task[]): () => Promise<void> {
  let from = 0;
  return async () => {
    const candidates = ready.slice(from, from + CANDIDATES).map(({ id = '', meta }) => ({
      taskId: id as TaskId,
      version: meta?.versionId ?? '',
    }));
    from += 1;
    const since = Date.now() as EpochMs;
    const claim = {
      radiologistId: 'bench' as RadiologistId,
      radiologistName: 'Bench',
      since,
      leaseUntil: (since + 180_000) as EpochMs,
    };
    const answer = await link.claimNext({ candidates, claim });
    if (answer.status !== 'claimed') throw new Error(answer.status);
  };
}

/** The least that gives a row to one: select, update, keep the version. */
async function claimBare(bare: Bare, begin: string): Promise<void> {
  await bare(begin);
  const skip = begin === 'BEGIN' ? ' FOR UPDATE OF r SKIP LOCKED' : '';
  const [row] = await bare(
    `SELECT r.key, r.version, v.body FROM resource r JOIN version v ON v.key = r.key AND v.version = r.version
     WHERE r.type = 'Task' AND r.deleted = 0 AND r.status = 'ready' ORDER BY r.key DESC LIMIT 1${skip}`,
  );
  const [key, version] = [Number(row?.['key']), Number(row?.['version'])];
  await bare(`UPDATE resource SET status = 'in-progress', version = $1 WHERE key = $2`, version + 1, key);
  await bare(
    'INSERT INTO version (key, version, at, deleted, body) VALUES ($1, $2, $3, 0, $4)',
    key,
    version + 1,
    Date.now(),
    String(row?.['body']),
  );
  await bare('COMMIT');
}

/** Tasks written as the hub writes them; what a kind has in common is indexed once. */
async function fill(store: FhirStore, tasks: number, say: (line: string) => void): Promise<void> {
  const rules = createFhirRules(loadDefinitions());
  const kinds = new Map<string, readonly IndexEntry[]>();
  const began = Date.now();
  for (let from = 0; from < tasks; from += FILL_AT_ONCE) {
    await store.transact(async (writer) => {
      for (let number = from; number < Math.min(from + FILL_AT_ONCE, tasks); number += 1) {
        const { version, resource, kind } = benchTask(number, began - (tasks - number) * 1000);
        const shared = kinds.get(kind) ?? indexOf(resource as never, version.body, rules, BASE_URL);
        kinds.set(kind, shared);
        await writer.write(
          version,
          shared.map((entry) => ownEntry(entry, version)),
        );
      }
    });
    if (from % 20_000 === 0) say(`${String(from)} of ${String(tasks)} tasks written`);
  }
}

const ownEntry = (entry: IndexEntry, { id, at }: StoredVersion): IndexEntry => {
  if (entry.code === 'identifier') return { ...entry, value: id };
  return entry.code === 'authored-on' ? { ...entry, low: at, high: at } : entry;
};

const STATUS = ['ready', 'ready', 'ready', 'requested', 'in-progress'] as const;

function benchTask(number: number, at: number) {
  const isOpen = number % 100 < OPEN_PERCENT;
  const status = isOpen ? (STATUS[Math.floor(number / 100) % STATUS.length] ?? 'ready') : 'completed';
  const id = `bench-${String(number)}`;
  const task = readingTask(id, { siteId: `site-${String(number % 4)}` as SiteId, authoredOn: at as EpochMs });
  const resource = {
    ...readingTaskToFhir(task),
    status,
    id,
    meta: { versionId: '1', lastUpdated: new Date(at).toISOString() },
  };
  const version = { type: 'Task', id, version: 1, at: at as EpochMs, deleted: false, body: JSON.stringify(resource) };
  return { version, resource, kind: `${status} ${String(number % 4)}` };
}
