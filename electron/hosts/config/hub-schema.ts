import { z } from 'zod';

import { authSchema, secretSchema, type SecretReference } from './secret-schema.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const readerId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
const sites = z
  .union([z.literal('all'), z.array(z.string().min(1)).min(1)])
  .describe('The sites whose readings the caller sees, with what hangs on them');

const issuer = httpUrl.describe('OpenID Connect issuer; its metadata lie below /.well-known/openid-configuration');
const client = {
  issuer,
  clientId: z.string().min(1),
  scope: z.string().optional(),
  resource: z.string().optional().describe('RFC 8707: what the token is for, where the issuer asks'),
};

/** How a workstation or a gateway says who it is. */
export const hubAuthSchema = z.union([
  authSchema,
  z.strictObject({ token: secretSchema }).describe('A static token, for small groups'),
  z
    .strictObject({ clientCredentials: z.strictObject({ ...client, clientSecret: secretSchema }) })
    .describe('OAuth client credentials, for gateways and other machines'),
  z
    .strictObject({ signIn: z.strictObject(client) })
    .describe(
      'The reader signs in with the browser: OIDC authorization code with PKCE, back to a loopback port (RFC 8252)',
    ),
]);

/** Whom a hub answers. Without it the hub listens on this machine only and answers whoever reaches it. */
export const hubAccessSchema = z
  .strictObject({
    tokens: z.array(z.strictObject({ token: secretSchema, reader: readerId.optional(), sites })).default([]),
    oidc: z
      .strictObject({
        issuer,
        audience: z.string().min(1).describe('What a token must have been made for'),
        callers: z
          .array(z.strictObject({ subject: z.string().min(1), reader: readerId.optional(), sites }))
          .default([])
          .describe(
            'Whom the subject (sub) of a token stands for; others are known by the claims below, or not at all',
          ),
        sitesClaim: z.string().default('overread_sites').describe('A list of sites, or "all"'),
        readerClaim: z.string().default('overread_reader'),
      })
      .optional(),
    url: httpUrl.optional().describe('Under which address callers know the hub, such as that of a proxy with TLS'),
    listen: z.string().default('127.0.0.1').describe('Address of the network interface'),
  })
  .refine((access) => access.tokens.length > 0 || access.oidc !== undefined, 'nobody could come in: tokens or oidc');

export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope?: string;
  readonly resource?: string;
}

export type HubAuth =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client-credentials'; readonly client: OidcClient; readonly clientSecret: string }
  | { readonly kind: 'sign-in'; readonly client: OidcClient };

interface HubCaller {
  readonly readerId?: string;
  readonly sites: 'all' | readonly string[];
}

export interface HubAccess {
  readonly tokens: readonly { readonly token: string; readonly caller: HubCaller }[];
  readonly oidc?: {
    readonly issuer: string;
    readonly audience: string;
    readonly callers: readonly { readonly subject: string; readonly caller: HubCaller }[];
    readonly sitesClaim: string;
    readonly readerClaim: string;
  };
  readonly url?: string;
  readonly listen: string;
}

type Secret = (reference: SecretReference) => string;

export function toHubAuth(auth: z.output<typeof hubAuthSchema>, secret: Secret): HubAuth {
  if ('basic' in auth) return { kind: 'basic', user: auth.basic.user, password: secret(auth.basic.password) };
  if ('token' in auth) return { kind: 'token', token: secret(auth.token) };
  if ('signIn' in auth) return { kind: 'sign-in', client: toClient(auth.signIn) };
  const { clientSecret, ...rest } = auth.clientCredentials;
  return { kind: 'client-credentials', client: toClient(rest), clientSecret: secret(clientSecret) };
}

const toClient = ({ issuer: of, clientId, scope, resource }: z.output<z.ZodObject<typeof client>>): OidcClient => ({
  issuer: of,
  clientId,
  ...(scope === undefined ? {} : { scope }),
  ...(resource === undefined ? {} : { resource }),
});

/** Its secrets are the hub's: a workstation that shares the file need not have them. */
export function toHubAccess(access: z.output<typeof hubAccessSchema>, secret: Secret): HubAccess {
  const caller = (given: { readonly reader?: string | undefined; readonly sites: 'all' | string[] }): HubCaller => ({
    sites: given.sites,
    ...(given.reader === undefined ? {} : { readerId: given.reader }),
  });
  const { oidc } = access;
  return {
    tokens: access.tokens.map((given) => ({ token: secret(given.token), caller: caller(given) })),
    ...(oidc === undefined
      ? {}
      : {
          oidc: { ...oidc, callers: oidc.callers.map((given) => ({ subject: given.subject, caller: caller(given) })) },
        }),
    ...(access.url === undefined ? {} : { url: access.url.replace(/\/+$/, '') }),
    listen: access.listen,
  };
}
