import * as oidc from 'openid-client';

import type { TokenSource } from '#electron/adapters/fhir-client/fhir-sender.ts';
import type { Clock } from '#shared/kernel/clock.ts';

import { discover, heldToken, tokenParameters, type HeldToken, type IssuerClient } from './issuer-client.ts';

/** Tokens for a machine (RFC 6749 4.4): one at a time is kept until it runs out or the server does not take it. */
export function createClientCredentials(client: IssuerClient, clientSecret: string, clock: Clock): TokenSource {
  let issuer: Promise<oidc.Configuration> | undefined;
  let held: Promise<HeldToken> | undefined;

  async function fetchToken(): Promise<HeldToken> {
    issuer ??= discover(client, clientSecret);
    issuer.catch(() => {
      issuer = undefined;
    });
    return heldToken(await oidc.clientCredentialsGrant(await issuer, tokenParameters(client)), clock.now());
  }

  async function token(): Promise<string> {
    const current = (held ??= fetchToken());
    try {
      const { accessToken, until } = await current;
      if (until > clock.now()) return accessToken;
    } catch (error) {
      if (held === current) held = undefined;
      throw error;
    }
    if (held === current) held = undefined;
    return token();
  }

  return {
    token,
    refused() {
      held = undefined;
    },
  };
}
