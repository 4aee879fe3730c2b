import { randomBytes, timingSafeEqual } from 'node:crypto';

import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** Fetch from a page of another origin, or with no page at all, has no business here. */
const ALLOWED_FETCH_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()',
};

export interface DoorGuard {
  fetch(request: Request): Promise<Response>;
  /** A fresh one-shot address; opening it in a browser is all that is needed to enter. */
  ticketUrl(): string;
}

const equals = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/**
 * The guard of the Chromium host's door (DESIGN 10): one-shot ticket to HttpOnly SameSite=Strict cookie, exact Host,
 * Origin and Sec-Fetch-Site. Cookies are shared between the ports of a host, so the cookie's name carries the port.
 */
export function createDoorGuard(origin: string, inner: (request: Request) => Promise<Response>): DoorGuard {
  const { host, port } = new URL(origin);
  const cookieName = `overread-${port}`;
  const session = randomBytes(32).toString('base64url');
  const tickets = new Set<string>();
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
  });
  app.use(async (context, next) => {
    if (context.req.header('host') !== host) return context.text('wrong host', 421);
    const from = context.req.header('origin');
    if (from !== undefined && from !== origin) return context.text('wrong origin', 403);
    const fetchSite = context.req.header('sec-fetch-site');
    if (fetchSite !== undefined && !ALLOWED_FETCH_SITES.has(fetchSite)) return context.text('wrong site', 403);
    const isWrite = context.req.method !== 'GET' && context.req.method !== 'HEAD';
    if (isWrite && from === undefined) return context.text('origin required', 403);
    return next();
  });

  app.get('/enter', (context) => {
    const ticket = context.req.query('ticket') ?? '';
    if (!tickets.delete(ticket)) return context.text('This address was already used. Start Overread again.', 403);
    setCookie(context, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.redirect('/', 303);
  });

  app.all('*', async (context) => {
    const cookie = getCookie(context, cookieName) ?? '';
    if (!equals(cookie, session)) return context.text('not signed in to this workstation', 401);
    const response = await inner(context.req.raw);
    return new Response(response.body, response);
  });

  return {
    fetch: async (request) => app.fetch(request),
    ticketUrl: () => {
      const ticket = randomBytes(24).toString('base64url');
      tickets.add(ticket);
      return `${origin}/enter?ticket=${ticket}`;
    },
  };
}
