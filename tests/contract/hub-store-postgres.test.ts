import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openPostgresStore } from '#electron/adapters/postgres/postgres-store.ts';
import { StoreAway, type WrittenVersion } from '#electron/hub/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { lacks } from '#tests/support/peers.ts';
import { startPostgres, type Postgres } from '#tests/support/postgres.ts';

import { describeFhirStore } from './hub-describe-store.ts';

describe.skipIf(lacks('postgresql'))('PostgreSQL', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => {
    server?.stop();
  }, 60_000);

  describeFhirStore('PostgreSQL', async () => {
    const url = await server.database();
    const store = await openPostgresStore(url);
    return { store, isShared: true, reopen: () => openPostgresStore(url), remove: () => store.close() };
  });

  const version = (id: string) =>
    ({ type: 'Task', id, version: 1, at: 1 as EpochMs, deleted: false, body: '{}' }) as const;

  it('tells a second hub what the first wrote, and not the first', async () => {
    const url = await server.database();
    const [one, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    const heardByOne: (WrittenVersion | undefined)[] = [];
    one.onForeignWrite((written) => heardByOne.push(written));
    const told = new Promise((resolve) => other.onForeignWrite(resolve));
    await one.transact((writer) => writer.write(version('a'), []));
    expect(await told).toEqual({ type: 'Task', id: 'a', version: 1 });
    expect(heardByOne).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('takes a text of any length as a fact, and one with a NUL', async () => {
    const store = await openPostgresStore(await server.database());
    const long = 'x'.repeat(100_000);
    await store.transact((writer) =>
      writer.write(version('a'), [
        { code: 'code', value: long },
        { code: 'code', value: 'a\u0000b' },
      ]),
    );
    const found = (value: string) =>
      store.count({ type: 'Task', conditions: [{ kind: 'token', code: 'code', anyOf: [{ value }], negated: false }] });
    expect(await found(long)).toBe(1);
    expect(await found(`${long.slice(1)}y`)).toBe(0);
    expect(await found('a\u0000b')).toBe(1);
    await store.close();
  });

  it('says that the database is away, serves again when it is back, and says that something may have been missed', async () => {
    const own = await startPostgres();
    const store = await openPostgresStore(await own.database());
    await store.transact((writer) => writer.write(version('a'), []));
    const missed = new Promise((resolve) => store.onForeignWrite(resolve));
    own.crash();
    await expect(store.transact((writer) => writer.write(version('b'), []))).rejects.toThrow(StoreAway);
    own.start();
    expect(await missed).toBeUndefined();
    expect((await store.read('Task', 'a'))?.version).toBe(1);
    await store.transact((writer) => writer.write(version('b'), []));
    await store.close();
    own.stop();
  });
});
