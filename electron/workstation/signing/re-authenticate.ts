import type { Secrets } from '#electron/workstation/ports.ts';
import type { Session } from '#electron/workstation/session.ts';

import type { FreshSignIn } from './ports.ts';

export type ReAuthentication =
  | { readonly status: 'right' }
  | { readonly status: 'no-pin' }
  | { readonly status: 'wrong-pin' }
  | { readonly status: 'wait'; readonly seconds: number }
  | { readonly status: 'not-confirmed'; readonly code: 'another-person' | 'declined' | 'unreachable' };

/** Nobody stays at a sign-in page longer without meaning to leave it. */
const LONGEST_SIGN_IN_MS = 180_000;

/** Makes sure that it is the reader who signs: by the identity provider where the group has one, else by the PIN. */
export function createReAuthentication(ports: {
  readonly secrets: Secrets;
  readonly session: Session;
  readonly freshSignIn: FreshSignIn | undefined;
}): (pin: string) => Promise<ReAuthentication> {
  const { secrets, session, freshSignIn } = ports;
  return async (pin) => {
    if (freshSignIn !== undefined) {
      const answer = await freshSignIn.confirm(AbortSignal.timeout(LONGEST_SIGN_IN_MS));
      return answer === 'confirmed' ? { status: 'right' } : { status: 'not-confirmed', code: answer };
    }
    return secrets.hasPin() ? session.checkPin(pin) : { status: 'no-pin' };
  };
}
