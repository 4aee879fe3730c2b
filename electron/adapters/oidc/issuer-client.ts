import * as oidc from 'openid-client';

export interface IssuerClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope?: string;
  readonly resource?: string;
}

/** The issuer as its metadata describe it. Plain http only on this machine, as for tests. */
export function discover({ issuer, clientId }: IssuerClient, clientSecret?: string): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return oidc.discovery(
    url,
    clientId,
    undefined,
    clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
    isHere ? { execute: [oidc.allowInsecureRequests] } : undefined,
  );
}

/** Parameters of every request for a token. */
export const tokenParameters = ({ scope, resource }: IssuerClient): Record<string, string> => ({
  ...(scope === undefined ? {} : { scope }),
  ...(resource === undefined ? {} : { resource }),
});

/** Fetched anew this long before it runs out. */
const EARLY_MS = 30_000;
const UNSTATED_LIFE_MS = 60_000;

export interface HeldToken {
  readonly accessToken: string;
  readonly until: number;
}

export const heldToken = (answer: oidc.TokenEndpointResponse, now: number): HeldToken => {
  const lifeMs = answer.expires_in === undefined ? UNSTATED_LIFE_MS : answer.expires_in * 1000;
  return { accessToken: answer.access_token, until: now + Math.max(lifeMs - EARLY_MS, lifeMs / 2) };
};
