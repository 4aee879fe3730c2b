import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { freePort } from './free-port.ts';

export interface Postgres {
  /** A database of its own on this server, empty. */
  database(): Promise<string>;
  /** As the machine losing power: no server process gets to tidy up. */
  crash(): void;
  start(): void;
  stop(): void;
}

const VERSIONS = '/usr/lib/postgresql';

/** Where Debian keeps the server's programs; undefined without them. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  const newest = readdirSync(VERSIONS)
    .toSorted((one, other) => Number(one) - Number(other))
    .at(-1);
  return newest === undefined ? undefined : join(VERSIONS, newest, 'bin');
}

/**
 * A private PostgreSQL server on a free loopback port, in a folder of its own. It refuses to run as root, so it runs as user postgres there. It flushes to
 * the disk only when asked to: tests kill processes, not the machine; measurements want both databases to do the same work.
 */
export async function startPostgres({ isFlushing = false } = {}): Promise<Postgres> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'overread-postgres-'));
  const data = join(folder, 'data');
  const isRoot = userInfo().uid === 0;
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  const run = (program: string, ...argv: string[]) => {
    const command = [join(programs, program), ...argv];
    const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(file, rest, { stdio: 'ignore', cwd: folder });
  };
  run(
    'initdb',
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'overread',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
    '--no-sync',
  );
  const start = () =>
    run(
      'pg_ctl',
      '-D',
      data,
      '-w',
      '-l',
      join(folder, 'log'),
      '-o',
      `-p ${port} -k ${folder} -h 127.0.0.1 -c fsync=${isFlushing ? 'on' : 'off'}`,
      'start',
    );
  start();
  const server = `postgres://overread@127.0.0.1:${port}`;
  let databases = 0;
  return {
    async database() {
      databases += 1;
      const name = `hub${databases}`;
      const client = new pg.Client(`${server}/postgres`);
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `${server}/${name}`;
    },
    crash: () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop'),
    start,
    stop() {
      run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const idOf = (which: '-u' | '-g'): number => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
