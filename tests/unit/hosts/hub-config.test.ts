import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { loadConfig, type LoadedConfig } from '#electron/hosts/config/load-config.ts';
import { parseDatabase } from '#electron/hosts/compose/open-store.ts';
import type { Result } from '#shared/kernel/result.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

function load(hub: object, environment: Readonly<Record<string, string>> = {}): Result<LoadedConfig, string> {
  const file = join(tempFolder(), 'config.json');
  writeFileSync(file, JSON.stringify({ hub }));
  return loadConfig(file, environment);
}
const loaded = (hub: object, environment?: Readonly<Record<string, string>>): LoadedConfig => {
  const config = load(hub, environment);
  if (!config.ok) throw new Error(config.error);
  return config.value;
};

const URL = 'https://hub.example/fhir';
const CLIENT = { issuer: 'https://login.example', clientId: 'overread' };

describe('the configuration of a hub and of those who come to it', () => {
  it.each([
    [{ basic: { user: 'lee', password: { env: 'SECRET' } } }, { kind: 'basic', user: 'lee', password: 'x' }],
    [{ token: { env: 'SECRET' } }, { kind: 'token', token: 'x' }],
    [
      { clientCredentials: { ...CLIENT, clientSecret: { env: 'SECRET' }, scope: 'hub' } },
      { kind: 'client-credentials', client: { ...CLIENT, scope: 'hub' }, clientSecret: 'x' },
    ],
    [{ signIn: { ...CLIENT, resource: URL } }, { kind: 'sign-in', client: { ...CLIENT, resource: URL } }],
  ])('reads %j', (auth, expected) => {
    expect(loaded({ fhir: URL, auth }, { SECRET: 'x' }).hub).toEqual({ kind: 'remote', url: URL, auth: expected });
  });

  it('asks for the secrets of the hub only where the hub runs', () => {
    const tokens = [{ token: { env: 'TOKEN' }, reader: 'dr-lee', sites: ['mercy'] }];
    const config = loaded({ fhir: URL, access: { tokens } });
    expect(() => config.hubAccess()).toThrow('environment variable TOKEN is not set');
    expect(loaded({ fhir: URL, access: { tokens } }, { TOKEN: 't' }).hubAccess()).toEqual({
      tokens: [{ token: 't', caller: { sites: ['mercy'], readerId: 'dr-lee' } }],
      listen: '127.0.0.1',
    });
    expect(loaded({ fhir: 'embedded' }).hubAccess()).toBeUndefined();
  });

  it.each([
    [{ fhir: URL, access: {} }, 'nobody could come in'],
    [{ fhir: URL, access: { tokens: [{ token: 'in the open', sites: 'all' }] } }, 'hub.access.tokens.0.token'],
    [{ fhir: URL, access: { tokens: [{ token: { env: 'T' }, sites: [] }] } }, 'hub.access.tokens.0.sites'],
    [{ fhir: URL, auth: { token: { env: 'T' }, basic: {} } }, 'hub.auth'],
  ])('refuses %j', (hub, place) => {
    const config = load(hub, { T: 't' });
    expect(config.ok ? '' : config.error).toContain(place);
  });
});

describe('--database', () => {
  it.each([
    ['sqlite:hub.db', { kind: 'sqlite', file: 'hub.db' }],
    ['postgres://o@127.0.0.1:5432/hub', { kind: 'postgres', url: 'postgres://o@127.0.0.1:5432/hub' }],
    ['postgresql://o@[::1]/hub', { kind: 'postgres', url: 'postgresql://o@[::1]/hub' }],
  ])('takes %s', (text, database) => {
    expect(parseDatabase(text)).toEqual({ ok: true, value: database });
  });
  it.each([undefined, '', 'hub.db', 'sqlite:', 'postgres:hub', 'mysql://x/y'])('refuses %j', (text) => {
    expect(parseDatabase(text).ok).toBe(false);
  });
});
