import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import * as oidc from 'openid-client';

import type { TokenSource } from '#electron/adapters/fhir-client/fhir-sender.ts';
import type { Clock } from '#shared/kernel/clock.ts';

import { discover, heldToken, tokenParameters, type HeldToken, type IssuerClient } from './issuer-client.ts';

/** Keeps the refresh token between starts, sealed; a store that cannot be read is an empty one. */
export interface RefreshTokenStore {
  load(): Promise<string | undefined>;
  save(refreshToken: string | undefined): Promise<void>;
}

export interface SignIn extends TokenSource {
  /** True until a reader has signed in, or after the issuer has ended that. */
  isNeeded(): boolean;
  /** Lets the reader sign in with the browser; `open` is given the address to open. Rejects when it is not done in time. */
  signIn(open: (url: string) => void): Promise<void>;
  /** The same reader proves that it is they, now (`prompt=login`). False: someone else, or not in time. */
  signInAfresh(open: (url: string) => void): Promise<boolean>;
}

/** As long as a person may look for a password and a second factor. */
const PATIENCE_MS = 5 * 60_000;
const DEFAULT_SCOPE = 'openid offline_access';
/** Between the issuer's clock and ours. */
const TOLERANCE_S = 10;

/** The authorization code flow for native apps: system browser, PKCE, a free loopback port that takes one answer (RFC 8252, RFC 7636). */
export function createSignIn(
  client: IssuerClient,
  ports: { readonly refreshTokens: RefreshTokenStore; readonly clock: Clock },
): SignIn {
  const { refreshTokens, clock } = ports;
  let issuer: Promise<oidc.Configuration> | undefined;
  let held: HeldToken | undefined;
  let subject: string | undefined;
  let needed = false;
  let fetching: Promise<HeldToken> | undefined;

  function configuration(): Promise<oidc.Configuration> {
    issuer ??= discover(client);
    issuer.catch(() => {
      issuer = undefined;
    });
    return issuer;
  }

  async function keep(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Promise<HeldToken> {
    held = heldToken(answer, clock.now());
    subject = answer.claims()?.sub ?? subject;
    if (answer.refresh_token !== undefined) await refreshTokens.save(answer.refresh_token);
    needed = false;
    return held;
  }

  async function refresh(): Promise<HeldToken> {
    const refreshToken = await refreshTokens.load();
    if (refreshToken === undefined) {
      needed = true;
      throw new Error('nobody has signed in');
    }
    try {
      return await keep(await oidc.refreshTokenGrant(await configuration(), refreshToken, tokenParameters(client)));
    } catch (error) {
      // The issuer's own no; an issuer that is away leaves the token as it is.
      if (error instanceof oidc.ResponseBodyError) {
        needed = true;
        await refreshTokens.save(undefined);
      }
      throw error;
    }
  }

  /** One way to the browser and back. */
  async function ask(open: (url: string) => void, more: Record<string, string>) {
    const config = await configuration();
    const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
    const challenge = await oidc.calculatePKCECodeChallenge(verifier);
    const server = createServer();
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      server.listen(0, '127.0.0.1', listening);
    });
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/signed-in`;
    try {
      const answered = answerTo(server, redirectUri, state);
      open(
        oidc.buildAuthorizationUrl(config, {
          ...tokenParameters(client),
          scope: client.scope ?? DEFAULT_SCOPE,
          redirect_uri: redirectUri,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          state,
          ...more,
        }).href,
      );
      const checks = { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true };
      const parameters = client.resource === undefined ? {} : { resource: client.resource };
      return await oidc.authorizationCodeGrant(config, await answered, checks, parameters);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  return {
    async token() {
      if (held !== undefined && held.until > clock.now()) return held.accessToken;
      fetching ??= refresh().finally(() => {
        fetching = undefined;
      });
      return (await fetching).accessToken;
    },
    refused() {
      held = undefined;
    },
    isNeeded: () => needed,
    async signIn(open) {
      await keep(await ask(open, { prompt: 'consent' }));
    },
    async signInAfresh(open) {
      const askedAt = clock.now() / 1000;
      const before = subject;
      const answer = await ask(open, { prompt: 'login', max_age: '0' });
      const claims = answer.claims();
      const isFresh = claims?.auth_time !== undefined && claims.auth_time >= askedAt - TOLERANCE_S;
      if (!isFresh || (before !== undefined && claims?.sub !== before)) return false;
      await keep(answer);
      return true;
    },
  };
}

/** The first answer with our state; the browser is told that it may be closed. Anything else on the port gets nothing. */
function answerTo(server: Server, redirectUri: string, state: string): Promise<URL> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('not signed in within five minutes')), PATIENCE_MS);
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', redirectUri);
      if (request.method !== 'GET' || url.pathname !== '/signed-in' || url.searchParams.get('state') !== state) {
        response.writeHead(404).end();
        return;
      }
      clearTimeout(patience);
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        connection: 'close',
      });
      response.end(SIGNED_IN, () => resolve(url));
    });
  });
}

const SIGNED_IN =
  '<!doctype html><html lang="en"><title>Overread</title><p>Signed in. You can close this page and go back to Overread.</p></html>';
