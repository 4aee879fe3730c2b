import { openPostgresStore } from '#electron/adapters/postgres/postgres-store.ts';
import { createSessionTurn } from '#electron/adapters/postgres/session-turn.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import type { FhirStore } from '#electron/hub/ports.ts';
import { alwaysOurs, type Turn } from '#electron/ports/turn.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  /** A password may also come from the environment (PGPASSWORD) or a password file, as everywhere with PostgreSQL. */
  | { readonly kind: 'postgres'; readonly url: string };

export function parseDatabase(text: string | undefined): Result<Database, string> {
  const file = /^sqlite:(.+)$/.exec(text ?? '')?.[1];
  if (file !== undefined) return ok({ kind: 'sqlite', file });
  if (text !== undefined && /^postgres(ql)?:\/\//.test(text) && URL.canParse(text))
    return ok({ kind: 'postgres', url: text });
  return err('--database must be sqlite:FILE or postgres://…');
}

/** Rejects with a line that names the database, but no password. */
export async function openStore(database: Database): Promise<FhirStore> {
  try {
    return database.kind === 'sqlite' ? createSqliteStore(database.file) : await openPostgresStore(database.url);
  } catch (error) {
    const reason = error instanceof Error ? reasonOf(error) : 'unknown';
    const name = database.kind === 'sqlite' ? database.file : placeOf(database.url);
    throw new Error(`cannot open the database ${name}: ${reason}`, { cause: error });
  }
}

/** Of the hubs on one PostgreSQL database one runs the gateway; a SQLite file has one hub. */
const GATEWAY_TURN = 8_021_703;

export const gatewayTurn = (database: Database): Turn =>
  database.kind === 'sqlite' ? alwaysOurs : createSessionTurn(database.url, GATEWAY_TURN);

/** Several addresses tried make an AggregateError without a message. */
const reasonOf = (error: Error): string =>
  error.message !== '' ? error.message : 'code' in error ? String(error.code) : error.name;

function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
