import { createHmac } from 'node:crypto';

import type { EpochMs } from '#shared/kernel/clock.ts';
import type { InboxSession } from './inbox-doors.ts';

/** Nothing of a page is kept, framed, sent on or run; forms go to us alone. `same-origin` keeps the Origin header of our own forms. */
export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  [
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['Cache-Control', 'no-store'],
  ['Referrer-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Robots-Tag', 'noindex'],
];

/** Every form of a session carries this: another page cannot know it. */
export const formKeyOf = (secret: string): string => createHmac('sha256', secret).update('form').digest('base64url');

/** A form posted from another place: a browser says so in one header or the other, and one that says nothing is no browser of a site. */
export function isFromOurPage(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.get('origin') === origin && (site === null || site === 'same-origin');
}

/** Undefined: not a form. */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(await request.text()) : undefined;
}

/** `__Host-` binds the cookie to this host alone where there is TLS. */
const nameOf = (isSecure: boolean): string => (isSecure ? '__Host-inbox' : 'inbox');

export function sessionCookie(
  session: InboxSession | undefined,
  { isSecure, now }: { readonly isSecure: boolean; readonly now: EpochMs },
): string {
  const value = session === undefined ? '' : `${session.linkId}.${session.secret}`;
  const seconds = session === undefined ? 0 : Math.max(0, Math.floor((session.until - now) / 1000));
  const secure = isSecure ? '; Secure' : '';
  return `${nameOf(isSecure)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}

export const cookieOf = (header: string | undefined, isSecure: boolean): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${nameOf(isSecure)}=`))
    ?.slice(nameOf(isSecure).length + 1);
