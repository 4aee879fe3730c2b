import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export const AUDIENCE = 'urn:test:hub';
/** A native application: no secret, back to any loopback port. */
export const NATIVE_CLIENT = 'overread-workstation';
export const MACHINE_CLIENT = { id: 'overread-gateway', secret: 'a-secret-of-the-gateway' } as const;

export interface Issuer {
  readonly url: string;
  /** Paths asked, without queries. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** A real OpenID Connect provider (certified, another project's) on a loopback port. Any login is taken with any password. */
export async function startIssuer({ accessTokenSeconds = 600 } = {}): Promise<Issuer> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test' };
  const asked: string[] = [];
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    jwks: { keys: [jwk] },
    cookies: { keys: ['only for this test'] },
    clients: [
      {
        client_id: NATIVE_CLIENT,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/signed-in'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      {
        client_id: MACHINE_CLIENT.id,
        client_secret: MACHINE_CLIENT.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'] },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'hub',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    asked.push((request.url ?? '').split('?')[0] ?? '');
    answer(request, response);
  });
  return {
    url,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A person with a browser: goes where it is sent, signs in as `login`, agrees to everything. Keeps cookies like one browser profile. */
export function personWithBrowser(login: string): (url: string) => Promise<void> {
  const cookies = new Map<string, string>();
  async function visit(url: string, form?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    return next === null ? response : visit(new URL(next, url).href);
  }
  return async (url) => {
    let page = await visit(url);
    for (let pages = 0; pages < 5; pages += 1) {
      const text = await page.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(text)?.[1];
      if (action === undefined || prompt === undefined) return;
      const answers = new URLSearchParams({ prompt, login, password: 'any' });
      page = await visit(new URL(action, url).href, answers);
    }
  };
}
