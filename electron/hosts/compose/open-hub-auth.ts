import type { FhirAuth } from '#electron/adapters/fhir-client/fhir-sender.ts';
import { createClientCredentials } from '#electron/adapters/oidc/client-credentials.ts';
import { createSignIn, type RefreshTokenStore, type SignIn } from '#electron/adapters/oidc/sign-in.ts';
import type { HubAuth } from '#electron/hosts/config/hub-schema.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { assertNever } from '#shared/kernel/assert-never.ts';

import { StartRefusal } from './start-refusal.ts';

export interface OpenHubAuth {
  readonly auth: FhirAuth;
  /** Where readers sign in with the browser. */
  readonly signIn?: SignIn;
}

/** The credentials of the configuration as the FHIR client sends them. `refreshTokens`: absent where nobody can sign in with a browser. */
export function openHubAuth(auth: HubAuth, clock: Clock, refreshTokens?: RefreshTokenStore): OpenHubAuth {
  switch (auth.kind) {
    case 'basic':
      return { auth: { user: auth.user, password: auth.password } };
    case 'token':
      return { auth: { bearer: auth.token } };
    case 'client-credentials':
      return { auth: { tokens: createClientCredentials(auth.client, auth.clientSecret, clock) } };
    case 'sign-in': {
      if (refreshTokens === undefined)
        throw new StartRefusal('hub.auth.signIn is for readers: a gateway needs clientCredentials or token');
      const signIn = createSignIn(auth.client, { refreshTokens, clock });
      return { auth: { tokens: signIn }, signIn };
    }
    default:
      return assertNever(auth);
  }
}
