import { describe, expect, it } from 'vitest';

import { createDoorGuard } from '#electron/hosts/browser/door-guard.ts';

const ORIGIN = 'http://127.0.0.1:4321';

function openDoor() {
  const reached: string[] = [];
  const guard = createDoorGuard(ORIGIN, async (request) => {
    reached.push(new URL(request.url).pathname);
    return new Response('inside');
  });
  return { guard, reached };
}

const knock = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Request(`${ORIGIN}${path}`, { method, headers: { host: '127.0.0.1:4321', ...headers } });

async function enter(guard: ReturnType<typeof createDoorGuard>): Promise<string> {
  const ticket = new URL(guard.ticketUrl());
  const answer = await guard.fetch(knock(`${ticket.pathname}${ticket.search}`));
  expect(answer.status).toBe(303);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

describe('the door of the Chromium host', () => {
  it('lets a browser in that opens the ticket, once', async () => {
    const { guard, reached } = openDoor();
    const url = new URL(guard.ticketUrl());
    const first = await guard.fetch(knock(`${url.pathname}${url.search}`));
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/');
    expect(first.headers.get('set-cookie')).toMatch(/^overread-4321=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Strict$/);
    const again = await guard.fetch(knock(`${url.pathname}${url.search}`));
    expect(again.status).toBe(403);
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(reached).toEqual([]);
  });

  it('serves one who carries the cookie', async () => {
    const { guard, reached } = openDoor();
    const cookie = await enter(guard);
    expect(await (await guard.fetch(knock('/api/x', { cookie }))).text()).toBe('inside');
    expect(reached).toEqual(['/api/x']);
  });

  it.each([
    ['no cookie', {}, 'GET', 401],
    ['a made-up cookie', { cookie: `overread-4321=${'A'.repeat(43)}` }, 'GET', 401],
    ['a cookie of another port', { cookie: 'overread-4322=anything' }, 'GET', 401],
  ])('refuses %s', async (_what, headers, method, status) => {
    const { guard, reached } = openDoor();
    expect((await guard.fetch(knock('/api/x', headers as Record<string, string>, method))).status).toBe(status);
    expect(reached).toEqual([]);
  });

  it.each([
    ['another Host (DNS rebinding)', { host: 'evil.example:4321' }, 'GET', 421],
    ['localhost instead of the exact address', { host: 'localhost:4321' }, 'GET', 421],
    ['a page of another origin', { origin: 'https://evil.example' }, 'POST', 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:9999' }, 'POST', 403],
    ['an opaque origin', { origin: 'null' }, 'POST', 403],
    ['a cross-site navigation', { 'sec-fetch-site': 'cross-site' }, 'GET', 403],
    ['a same-site page on another port', { 'sec-fetch-site': 'same-site' }, 'GET', 403],
    ['a write without an Origin', {}, 'POST', 403],
  ])('refuses %s even with the right cookie', async (_what, headers, method, status) => {
    const { guard, reached } = openDoor();
    const cookie = await enter(guard);
    const answer = await guard.fetch(knock('/api/x', { cookie, ...(headers as Record<string, string>) }, method));
    expect(answer.status).toBe(status);
    expect(reached).toEqual([]);
  });

  it('sets the content security policy exactly, on every answer', async () => {
    const { guard } = openDoor();
    const parse = (policy: string | null) =>
      Object.fromEntries(
        (policy ?? '').split(';').map((part) => [part.trim().split(' ')[0], part.trim().split(' ').slice(1)]),
      );
    for (const answer of [await guard.fetch(knock('/')), await guard.fetch(knock('/', { host: 'evil' }))]) {
      expect(parse(answer.headers.get('content-security-policy'))).toEqual({
        'default-src': ["'none'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        'worker-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'style-src': ["'self'", "'unsafe-inline'"],
        'font-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      });
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
