import type { FreshSignIn } from '#electron/workstation/signing/ports.ts';

/** A fresh sign-in at the group's identity provider as signing asks for it. Longer than the reader is given, nobody waits. */
export const freshSignInOf = (signInAfresh: () => Promise<boolean>): FreshSignIn => ({
  async confirm(signal) {
    const gaveUp = new Promise<'declined'>((resolve) => {
      signal.addEventListener('abort', () => resolve('declined'), { once: true });
    });
    const answered = signInAfresh().then(
      (isSame) => (isSame ? ('confirmed' as const) : ('another-person' as const)),
      () => 'unreachable' as const,
    );
    return Promise.race([answered, gaveUp]);
  },
});
