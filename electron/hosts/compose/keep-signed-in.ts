import { spawn } from 'node:child_process';

import type { SignIn } from '#electron/adapters/oidc/sign-in.ts';
import type { Log } from '#shared/kernel/log.ts';

const LOOK_MS = 3000;

/** Asks the reader to sign in whenever it is needed; the answer ends it. One browser page at a time. */
export function keepSignedIn(signIn: SignIn, openUrl: (url: string) => void, log: Log): () => void {
  let asking = false;
  const look = async () => {
    if (asking) return;
    asking = true;
    try {
      await signIn.token().catch(() => undefined);
      if (signIn.isNeeded()) await signIn.signIn(openUrl);
    } catch {
      log.warn('sign-in.failed');
    } finally {
      asking = false;
    }
  };
  const looking = setInterval(() => void look(), LOOK_MS);
  void look();
  return () => clearInterval(looking);
}

const OPENER: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** The person's own browser, never a window of ours: it holds their other sign-ins, and we see no password (RFC 8252 8.12). */
export function openInBrowser(url: string): void {
  const [program, ...argv] = OPENER[process.platform] ?? ['xdg-open'];
  spawn(program, [...argv, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
