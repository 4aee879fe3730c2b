import { randomUUID } from 'node:crypto';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { AllergyIntolerance, Bundle, Patient, Task } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import type { FhirAuth } from '#electron/adapters/fhir-client/fhir-sender.ts';
import { createAuthenticate } from '#electron/adapters/oidc/authenticate.ts';
import { createClientCredentials } from '#electron/adapters/oidc/client-credentials.ts';
import { createSignIn, type RefreshTokenStore } from '#electron/adapters/oidc/sign-in.ts';
import type { Authenticate } from '#electron/hub/caller.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import {
  AUDIENCE,
  MACHINE_CLIENT,
  NATIVE_CLIENT,
  personWithBrowser,
  startIssuer,
  type Issuer,
} from '#tests/support/oidc-issuer.ts';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const refusalOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FhirError) return error.refusal.code;
    throw error;
  }
  return 'done';
};

const bearer = (token: string): FhirAuth => ({ bearer: token });
const clientOf = (hub: TestHub, auth?: FhirAuth): FhirClient =>
  createFhirClient({
    baseUrl: hub.baseUrl,
    fetch: hub.hub.fetch,
    timeoutMs: 10_000,
    ...(auth === undefined ? {} : { auth }),
  });

const ALLERGY: Omit<AllergyIntolerance, 'patient'> = {
  resourceType: 'AllergyIntolerance',
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
  },
};

/** An order of a site, as the gateway writes one: patient, order and reading in one transaction. */
const orderOf = (site: string): Bundle => {
  const [patient, order] = [randomUUID(), randomUUID()].map((uuid) => `urn:uuid:${uuid}`);
  const post = (resource: object, fullUrl?: string) => ({
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource: resource as Task,
    request: { method: 'POST' as const, url: (resource as Task).resourceType },
  });
  const mrn = [{ system: `urn:overread:site:${site}:mrn`, value: '17' }];
  const note = { ...ALLERGY, patient: { reference: patient } };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      post({ resourceType: 'Patient', identifier: mrn }, patient),
      post(
        {
          resourceType: 'ServiceRequest',
          status: 'active',
          intent: 'order',
          subject: { reference: patient },
          identifier: [{ system: `urn:overread:site:${site}:accession`, value: 'A1' }],
        },
        order,
      ),
      post(note),
      post(
        readingTask({
          for: { reference: patient },
          focus: { reference: order },
          requester: { identifier: { system: 'urn:overread:site', value: site } },
        }),
      ),
    ],
  };
};

const TOKENS = [
  { token: 'the-group', caller: { sites: 'all' } },
  { token: 'reads-mercy', caller: { sites: ['mercy'], readerId: 'dr-lee' } },
  { token: 'reads-both', caller: { sites: ['mercy', 'lake'] } },
] as const;

describe('the hub: callers of some sites', () => {
  let hub: TestHub;
  const as = (token: string) => clientOf(hub, bearer(token));
  beforeEach(async () => {
    hub = openHub({ authenticate: createAuthenticate({ tokens: TOKENS }) });
    for (const site of ['mercy', 'lake']) await as('the-group').transaction(orderOf(site));
  });
  afterEach(() => hub.stop());

  const idOf = async <Resource extends Task | Patient>(type: Resource['resourceType'], site: string) => {
    const all = await as('the-group').search<Resource>(type, {});
    return all.find((resource) => JSON.stringify(resource).includes(site))?.id ?? '';
  };

  it('see the Tasks of their sites and what hangs on them, and nothing else, however they ask', async () => {
    const mercy = as('reads-mercy');
    for (const type of ['Task', 'Patient', 'ServiceRequest', 'AllergyIntolerance'] as const) {
      expect(await mercy.search(type, {}), type).toHaveLength(1);
      expect(await as('reads-both').search(type, {}), type).toHaveLength(2);
      expect(await as('the-group').search(type, {}), type).toHaveLength(2);
    }
    const [foreign, foreignPatient] = [await idOf<Task>('Task', 'lake'), await idOf<Patient>('Patient', 'lake')];
    expect(await refusalOf(mercy.read('Task', foreign))).toBe('not-found');
    expect(await refusalOf(mercy.read('Patient', foreignPatient))).toBe('not-found');
    const asMercy = { authorization: 'Bearer reads-mercy' };
    const ask = (path: string) => hub.ask('GET', path, undefined, asMercy);
    expect((await ask(`Task/${foreign}/_history`)).status).toBe(404);
    expect((await ask(`Task/${foreign}/_history/1`)).status).toBe(404);
    expect((await ask('Task?_summary=count')).body).toMatchObject({ total: 1 });
    expect((await ask(`Task?_id=${foreign}`)).body).not.toHaveProperty('entry');
    expect((await ask(`Task?patient=${foreignPatient}&_include=Task:patient`)).body).not.toHaveProperty('entry');
    const own = await idOf<Task>('Task', 'mercy');
    expect((await ask(`Task?_id=${own}&_include=Task:patient`)).body['entry']).toHaveLength(2);
    const batch = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `Task/${foreign}` } }],
    };
    expect((await hub.ask('POST', '', batch, asMercy)).body).toMatchObject({
      entry: [{ response: { status: '404' } }],
    });
  });

  it('write for their sites, and neither for another nor over what is another’s', async () => {
    const mercy = as('reads-mercy');
    const own = await mercy.read<Task>('Task', await idOf<Task>('Task', 'mercy'));
    expect((await mercy.update<Task>({ ...own, priority: 'stat' }, own.meta?.versionId)).priority).toBe('stat');
    const lake = await as('the-group').read<Task>('Task', await idOf<Task>('Task', 'lake'));
    expect(await refusalOf(mercy.update<Task>({ ...lake, priority: 'stat' }, lake.meta?.versionId))).not.toBe('done');
    expect(await refusalOf(mercy.update<Task>({ ...own, id: lake.id ?? '' }))).toBe('forbidden');
    expect(await refusalOf(mercy.update<Task>({ ...own, requester: lake.requester as never }, '2'))).toBe('forbidden');
    expect(await refusalOf(mercy.transaction(orderOf('lake')))).toBe('forbidden');
    expect(await refusalOf(mercy.transaction(orderOf('mercy')))).toBe('done');
    expect(await refusalOf(mercy.create<Patient>({ resourceType: 'Patient' }))).toBe('forbidden');
    const foreignPatient = { reference: `Patient/${await idOf<Patient>('Patient', 'lake')}` };
    const allergy = { ...ALLERGY, patient: foreignPatient };
    expect(await refusalOf(mercy.create(allergy))).toBe('forbidden');
    expect(await as('the-group').read<Task>('Task', lake.id ?? '')).toEqual(lake);
    const asMercy = { authorization: 'Bearer reads-mercy' };
    expect((await hub.ask('DELETE', `Task/${lake.id ?? ''}`, undefined, asMercy)).status).toBe(404);
  });

  it('claim for their sites and in their own name', async () => {
    const claim = (token: string, reader: string, id: string) =>
      hub.ask(
        'POST',
        'Task/$claim-next',
        {
          resourceType: 'Parameters',
          parameter: [
            { name: 'reader', valueIdentifier: { system: 'urn:overread:reader', value: reader } },
            { name: 'candidate', valueReference: { reference: `Task/${id}/_history/1` } },
          ],
        },
        { authorization: `Bearer ${token}` },
      );
    const [mercy, lake] = [await idOf<Task>('Task', 'mercy'), await idOf<Task>('Task', 'lake')];
    expect((await claim('reads-mercy', 'dr-kim', mercy)).status).toBe(403);
    expect((await claim('reads-mercy', 'dr-lee', lake)).body).toEqual({ resourceType: 'Parameters' });
    expect((await claim('reads-mercy', 'dr-lee', mercy)).body).toHaveProperty('parameter');
  });

  it('are known or told that they are not; only what the hub can do is open to all', async () => {
    const status = async (authorization?: string) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      return (await hub.ask('GET', 'Task', undefined, headers)).status;
    };
    expect(await status()).toBe(401);
    expect(await status('Bearer nobody')).toBe(401);
    expect(await status('Basic dGhlLWdyb3VwOg==')).toBe(401);
    expect(await status('Bearer the-group')).toBe(200);
    expect((await hub.ask('GET', '$changes')).status).toBe(401);
    expect((await hub.ask('GET', 'Task')).headers.get('www-authenticate')).toBe('Bearer');
    expect((await hub.ask('GET', 'metadata')).status).toBe(200);
    expect((await hub.hub.fetchInside(new Request(`${hub.baseUrl}/Task`))).status).toBe(200);
  });
});

describe('the hub and an OpenID Connect issuer', () => {
  let issuer: Issuer;
  let authenticate: Authenticate;
  let hub: TestHub;
  const clock = { now: () => Date.now() as EpochMs };
  const knownBy = (url: string) => ({
    issuer: url,
    audience: AUDIENCE,
    callers: [
      { subject: MACHINE_CLIENT.id, caller: { sites: 'all' as const } },
      { subject: 'dana', caller: { sites: ['mercy'], readerId: 'dr-lee' } },
    ],
    sitesClaim: 'overread_sites',
    readerClaim: 'overread_reader',
  });
  beforeAll(async () => {
    issuer = await startIssuer();
    authenticate = createAuthenticate({ tokens: [], oidc: knownBy(issuer.url) });
    hub = openHub({ authenticate });
    const machine = createClientCredentials(machineClient(), MACHINE_CLIENT.secret, clock);
    for (const site of ['mercy', 'lake']) await clientOf(hub, { tokens: machine }).transaction(orderOf(site));
  });
  afterAll(async () => {
    await hub.stop();
    await issuer.stop();
  });

  const machineClient = () => ({ issuer: issuer.url, clientId: MACHINE_CLIENT.id, scope: 'hub', resource: AUDIENCE });
  const nativeClient = () => ({
    issuer: issuer.url,
    clientId: NATIVE_CLIENT,
    scope: 'openid offline_access hub',
    resource: AUDIENCE,
  });
  function memoryTokens(): RefreshTokenStore & { held?: string | undefined } {
    const store: RefreshTokenStore & { held?: string | undefined } = {
      load: async () => store.held,
      save: async (token) => {
        store.held = token;
      },
    };
    return store;
  }

  it('let a machine in by its client credentials, with one token for many requests', async () => {
    const tokens = createClientCredentials(machineClient(), MACHINE_CLIENT.secret, clock);
    const fhir = clientOf(hub, { tokens });
    const before = issuer.asked.filter((path) => path === '/token').length;
    expect(await fhir.search('Task', {})).toHaveLength(2);
    expect(await fhir.search('Patient', {})).toHaveLength(2);
    expect(issuer.asked.filter((path) => path === '/token').length - before).toBe(1);
    const wrong = createClientCredentials(machineClient(), 'not-it', clock);
    expect(await refusalOf(clientOf(hub, { tokens: wrong }).search('Task', {}))).toBe('forbidden');
  });

  it('let a reader in who signs in with the browser, and again after a restart without it', async () => {
    const refreshTokens = memoryTokens();
    const signIn = createSignIn(nativeClient(), { refreshTokens, clock });
    const fhir = clientOf(hub, { tokens: signIn });
    expect(await refusalOf(fhir.search('Task', {}))).toBe('forbidden');
    expect(signIn.isNeeded()).toBe(true);
    const opened: string[] = [];
    const browser = personWithBrowser('dana');
    await signIn.signIn((url) => {
      opened.push(url);
      void browser(url);
    });
    const asked = new URL(opened[0] ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/);
    expect(signIn.isNeeded()).toBe(false);
    expect(await fhir.search('Task', {})).toHaveLength(1);
    const restarted = createSignIn(nativeClient(), { refreshTokens, clock });
    expect(await clientOf(hub, { tokens: restarted }).search('Task', {})).toHaveLength(1);
  });

  it('fetch a new token when the hub does not take the one held', async () => {
    const tokens = createClientCredentials(machineClient(), MACHINE_CLIENT.secret, clock);
    let refusals = 1;
    const fhir = createFhirClient({
      baseUrl: hub.baseUrl,
      timeoutMs: 10_000,
      auth: { tokens },
      fetch: async (request) => {
        refusals -= 1;
        return refusals === 0 ? new Response('', { status: 401 }) : hub.hub.fetch(request);
      },
    });
    expect(await fhir.search('Task', {})).toHaveLength(2);
  });

  it('know when the same reader has just signed in anew, and when it was another', async () => {
    const signIn = createSignIn(nativeClient(), { refreshTokens: memoryTokens(), clock });
    const dana = personWithBrowser('dana');
    await signIn.signIn((url) => void dana(url));
    expect(await signIn.signInAfresh((url) => void dana(url))).toBe(true);
    const kim = personWithBrowser('kim');
    expect(await signIn.signInAfresh((url) => void kim(url))).toBe(false);
  });

  it('do not know a reader whom nobody has named', async () => {
    const signIn = createSignIn(nativeClient(), { refreshTokens: memoryTokens(), clock });
    const kim = personWithBrowser('kim');
    await signIn.signIn((url) => void kim(url));
    expect(await refusalOf(clientOf(hub, { tokens: signIn }).search('Task', {}))).toBe('forbidden');
  });

  it('take no token that is forged, for someone else, run out, or without a signature', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const sign = (more: { issuer?: string; audience?: string; expires?: string }) =>
      new SignJWT({ overread_sites: 'all' })
        .setProtectedHeader({ alg: 'RS256', kid: 'test' })
        .setSubject('dana')
        .setIssuer(more.issuer ?? issuer.url)
        .setAudience(more.audience ?? AUDIENCE)
        .setExpirationTime(more.expires ?? '5m')
        .sign(privateKey);
    const forged = await sign({});
    expect(await authenticate(`Bearer ${forged}`)).toEqual({ refusal: 'not-valid' });
    const [, payload = ''] = forged.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await authenticate(`Bearer ${none}.${payload}.`)).toEqual({ refusal: 'not-valid' });
    expect(await authenticate('Bearer not.a.token')).toEqual({ refusal: 'not-valid' });
    // An issuer whose keys we hold, to see that signature is not all that counts.
    const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'test', use: 'sig' };
    const own = await startKeys(jwk);
    const known = createAuthenticate({ tokens: [], oidc: knownBy(own.url) });
    expect(await known(`Bearer ${await sign({ issuer: own.url })}`)).toMatchObject({ caller: { readerId: 'dr-lee' } });
    expect(await known(`Bearer ${await sign({ issuer: own.url, audience: 'another' })}`)).toEqual({
      refusal: 'not-valid',
    });
    expect(await known(`Bearer ${await sign({ issuer: own.url, expires: '-1m' })}`)).toEqual({ refusal: 'not-valid' });
    expect(await known(`Bearer ${await sign({})}`)).toEqual({ refusal: 'not-valid' });
    await own.stop();
  });

  it('say that they cannot tell while the issuer is away', async () => {
    const gone = await startIssuer();
    await gone.stop();
    const away = createAuthenticate({ tokens: [], oidc: knownBy(gone.url) });
    expect(await away('Bearer some.token.here')).toEqual({ refusal: 'away' });
    const closed = openHub({ authenticate: away });
    expect((await closed.ask('GET', 'Task', undefined, { authorization: 'Bearer some.token.here' })).status).toBe(503);
    await closed.stop();
  });
});

async function startKeys(jwk: object): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    const metadata = { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : metadata));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  return {
    url,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
