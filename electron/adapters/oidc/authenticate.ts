import { createHash, timingSafeEqual } from 'node:crypto';

import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

import type { Authenticate, Caller } from '#electron/hub/caller.ts';

export interface KnownIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly callers: readonly { readonly subject: string; readonly caller: Caller }[];
  readonly sitesClaim: string;
  readonly readerClaim: string;
}

const TIMEOUT_MS = 5000;
/** Between the issuer's clock and ours. */
const CLOCK_TOLERANCE_S = 5;

/** Asymmetric only: a shared secret or `none` in a token's header must never be believed. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Who asks: by a static token, or by a bearer token that an OpenID Connect issuer signed (RFC 9068), checked against the issuer's published keys for issuer,
 * audience and time. The subject stands for a caller as configured, or else as the token's own claims say; without sites nobody is anybody.
 */
export function createAuthenticate(known: {
  readonly tokens: readonly { readonly token: string; readonly caller: Caller }[];
  readonly oidc?: KnownIssuer;
}): Authenticate {
  const tokens = known.tokens.map(({ token, caller }) => ({ hash: hashOf(token), caller }));
  const { oidc } = known;
  let keys: JWTVerifyGetKey | undefined;

  return async (authorization) => {
    const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization?.trim() ?? '') ?? [];
    if (token === undefined) return { refusal: authorization === undefined ? 'no-credentials' : 'not-valid' };
    const hash = hashOf(token);
    const own = tokens.find((each) => timingSafeEqual(each.hash, hash));
    if (own !== undefined) return { caller: own.caller };
    if (oidc === undefined) return { refusal: 'not-valid' };
    try {
      keys ??= await keysOf(oidc.issuer);
    } catch {
      return { refusal: 'away' };
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: oidc.issuer,
        audience: oidc.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'exp'],
      });
      const caller = callerIn(payload, oidc);
      return caller === undefined ? { refusal: 'not-valid' } : { caller };
    } catch (error) {
      const isTokensFault = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      return { refusal: isTokensFault ? 'not-valid' : 'away' };
    }
  };
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Its metadata once; jose fetches the keys again when a token names one that is not among them. */
async function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const metadata = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (!response.ok || metadata.issuer !== issuer || typeof metadata.jwks_uri !== 'string') {
    throw new Error('the issuer is another one');
  }
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

function callerIn(payload: JWTPayload, { callers, sitesClaim, readerClaim }: KnownIssuer): Caller | undefined {
  const configured = callers.find(({ subject }) => subject === payload.sub);
  if (configured !== undefined) return configured.caller;
  const { [sitesClaim]: sites, [readerClaim]: readerId } = payload;
  const reader = typeof readerId === 'string' ? { readerId } : {};
  if (sites === 'all') return { sites, ...reader };
  const listed = Array.isArray(sites) ? sites.filter((site) => typeof site === 'string') : [];
  return listed.length === 0 ? undefined : { sites: listed, ...reader };
}
