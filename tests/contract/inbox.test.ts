import { request as httpRequest } from 'node:http';

import fc from 'fast-check';
import type { AuditEvent, Communication, Observation, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#shared/kernel/clock.ts';
import { openInboxRig, type InboxRig } from '#tests/support/inbox-rig.ts';

let rig: InboxRig;
beforeEach(async () => {
  rig = await openInboxRig();
});
afterEach(async () => {
  await rig.close();
});

interface Browser {
  cookie: string;
  key: string;
}

const get = (path: string, browser?: Browser) =>
  fetch(path.startsWith('http') ? path : `${rig.url}${path}`, {
    redirect: 'manual',
    headers: browser === undefined ? {} : { cookie: browser.cookie },
  });

const post = (path: string, fields: Record<string, string>, browser?: Browser, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${rig.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: rig.url,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...(browser === undefined ? {} : { cookie: browser.cookie }),
      ...headers,
    },
    body: new URLSearchParams({ ...fields, ...(browser === undefined ? {} : { key: browser.key }) }).toString(),
  });

async function enter(siteId = 'mercy'): Promise<Browser> {
  const { url, code } = await rig.invite(siteId);
  const entered = await post(url, { code, person: 'Nurse Kim' });
  expect(entered.status).toBe(303);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const home = await (await get('/', { cookie, key: '' })).text();
  return { cookie, key: /name="key" value="([^"]+)"/.exec(home)?.[1] ?? '' };
}

const refusals = () => rig.lines.filter(({ event }) => event === 'inbox.refused').map(({ fields }) => fields.code);

describe('a site with nothing but a browser', () => {
  it('opens its link with the code and sees its reports, questions and critical results, and no other site’s', async () => {
    const report = await rig.deliver('mercy');
    const other = await rig.deliver('lex');
    const { criticalId, questionId } = await rig.ask('mercy');
    const browser = await enter();
    const home = await (await get('/', browser)).text();
    expect(home).toContain(`/reports/${report}`);
    expect(home).toContain(`/critical/${criticalId}/read`);
    expect(home).toContain(`/questions/${questionId}/answer`);
    expect(home).not.toContain(other);
    expect(home).not.toContain('<script');
  });

  it('reads a report as page and PDF, and the ledger says who opened it first', async () => {
    const id = await rig.deliver();
    const browser = await enter();
    expect((await rig.deliveryOf(id)).openedBy).toBeUndefined();
    const page = await (await get(`/reports/${id}`, browser)).text();
    expect(page).toContain('I have read this');
    const pdf = await get(`/reports/${id}/report.pdf`, browser);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(await rig.deliveryOf(id)).toMatchObject({
      openedBy: 'Nurse Kim',
      openedAt: rig.clock.now(),
      state: 'accepted',
    });
    const second = await enter();
    await get(`/reports/${id}`, second);
    expect(await rig.deliveryOf(id)).toMatchObject({ openedBy: 'Nurse Kim' });
    expect(rig.audited.filter(({ act }) => act === 'report.read')).toHaveLength(3);
  });

  it('confirms a critical result with “I have read this”', async () => {
    const { criticalId } = await rig.ask();
    const browser = await enter();
    expect((await post(`/critical/${criticalId}/read`, {}, browser)).status).toBe(303);
    const communication = await rig.fhir.read<Communication>('Communication', criticalId);
    expect(communication.status).toBe('completed');
    expect(communication.note?.at(-1)).toMatchObject({ authorString: 'Nurse Kim', text: 'Confirmed (page)' });
    const events = await rig.fhir.search<AuditEvent>('AuditEvent', {});
    expect(events.map(({ type }) => type.code)).toContain('critical.acknowledged');
  });

  it('answers a question once; the answer stands in the notes', async () => {
    const { questionId } = await rig.ask();
    const browser = await enter();
    await post(`/questions/${questionId}/answer`, { answer: 'At 01:10' }, browser);
    await post(`/questions/${questionId}/answer`, { answer: 'Another' }, browser);
    const home = await (await get('/', browser)).text();
    expect(home).toContain('Answered by Nurse Kim: At 01:10');
    const notes = await rig.fhir.search<Observation>('Observation', {});
    expect(notes.map(({ valueString }) => valueString)).toEqual(['At 01:10']);
  });

  it('asks for a new code; the support desk sees it and makes one', async () => {
    const { url, code } = await rig.invite();
    await post(url, { code, person: 'Kim' });
    await post(url.replace('/enter/', '/ask/'), {});
    const [link] = (await rig.links.list()).links;
    expect(link).toMatchObject({ state: 'in-use', codeAskedAt: rig.clock.now() });
    const made = await rig.links.newCode(link!.id);
    if (made.status !== 'made') throw new Error(made.status);
    expect((await post(url, { code: made.code, person: 'Kim' })).status).toBe(303);
  });

  it('is signed out when it leaves, when its time is over, and when the support desk takes the link back', async () => {
    const first = await enter();
    expect((await post('/leave', {}, first)).status).toBe(200);
    expect((await get('/', first)).status).toBe(401);
    const second = await enter();
    const { links } = await rig.links.list();
    await rig.links.revoke(links.at(-1)!.id);
    await rig.links.revoke(links[0]!.id);
    expect((await get('/', second)).status).toBe(401);
    const third = await enter();
    rig.clock.advance(481 * MINUTE_MS);
    expect((await get('/', third)).status).toBe(401);
  });

  it('gets every page with a policy that runs nothing, keeps nothing and is framed nowhere', async () => {
    const browser = await enter();
    for (const answer of [await get('/', browser), await get('/nothing', browser), await get('/style.css')]) {
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    const { url, code } = await rig.invite();
    const [cookie] = (await post(url, { code, person: 'Kim' })).headers.getSetCookie();
    expect(cookie).toMatch(/^inbox=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/);
  });
});

describe('who is kept out', () => {
  it('a stolen link without its code sees a form and nothing else; five wrong codes end the link', async () => {
    const { url, code } = await rig.invite();
    const form = await (await get(url)).text();
    expect(form).toContain('Type the code');
    for (let count = 0; count < 5; count += 1) {
      expect((await post(url, { code: '00000000', person: 'x' })).status).toBe(count < 4 ? 401 : 401);
    }
    expect((await post(url, { code, person: 'x' })).status).toBe(410);
    expect((await get(url)).status).toBe(410);
    expect(refusals()).toEqual([...Array.from({ length: 5 }, () => 'wrong-code'), 'dead-link', 'dead-link']);
  });

  it('a code replayed, also at the same moment, opens one session', async () => {
    const { url, code } = await rig.invite();
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(url, { code, person: 'Kim' })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect((await post(url, { code, person: 'Kim' })).status).toBe(401);
    expect(refusals()).toContain('used-code');
  });

  it('a code that waited too long, and a link past its day', async () => {
    const { url, code } = await rig.invite();
    rig.clock.advance(61 * MINUTE_MS);
    expect((await post(url, { code, person: 'Kim' })).status).toBe(401);
    rig.clock.advance(30 * DAY_MS);
    expect((await get(url)).status).toBe(410);
    expect(refusals()).toEqual(['used-code', 'dead-link']);
  });

  it('another site with its own good session', async () => {
    const report = await rig.deliver('mercy');
    const { criticalId, questionId } = await rig.ask('mercy');
    const browser = await enter('lex');
    for (const path of [`/reports/${report}`, `/reports/${report}/report.pdf`, `/reports/${report}/images/1.png`]) {
      expect((await get(path, browser)).status).toBe(404);
    }
    expect((await post(`/reports/${report}/read`, {}, browser)).status).toBe(404);
    expect((await post(`/critical/${criticalId}/read`, {}, browser)).status).toBe(404);
    expect((await post(`/questions/${questionId}/answer`, { answer: 'x' }, browser)).status).toBe(404);
    expect(new Set(refusals())).toEqual(new Set(['not-of-this-site']));
    expect((await rig.deliveryOf(report)).openedBy).toBeUndefined();
    expect((await rig.fhir.read<Communication>('Communication', criticalId)).status).toBe('in-progress');
  });

  it('a link of one site together with the code of another', async () => {
    const mercy = await rig.invite('mercy');
    const lex = await rig.invite('lex');
    expect((await post(mercy.url, { code: lex.code, person: 'x' })).status).toBe(401);
    expect((await get(`${rig.url}/enter/${'A'.repeat(43)}`)).status).toBe(404);
  });

  it('anybody without a session, or with a made-up one', async () => {
    const report = await rig.deliver();
    const { cookie } = await enter();
    expect((await get(`/reports/${report}`)).status).toBe(401);
    for (const forged of [
      `${cookie.slice(0, -3)}AAA`,
      'inbox=x',
      `inbox=${report}.${'A'.repeat(43)}`,
      'inbox=..%2f.A',
    ]) {
      expect((await get(`/reports/${report}`, { cookie: forged, key: '' })).status).toBe(401);
    }
  });

  it.each([
    '/reports/../../Task/1',
    '/reports/..%2f..%2fTask%2f1',
    '/reports/%2e%2e/report.pdf',
    '/reports/..;/report.pdf',
    '/reports/%00',
    '/reports/a%5c..%5cb',
    '/reports/..%252f',
    '/etc/passwd',
    '/reports/1/images/..%2f..%2f1.png',
    '/reports/1/images/0.png',
    '//evil.example/',
  ])('a path trick: %s', async (path) => {
    const browser = await enter();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port, host } = new URL(rig.url);
      // A client that does not tidy the path up before it asks.
      httpRequest({ hostname, port, path, headers: { cookie: browser.cookie, host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([400, 404]).toContain(status);
  });

  it('a body too large, said or not said beforehand', async () => {
    const { questionId } = await rig.ask();
    const browser = await enter();
    expect((await post(`/questions/${questionId}/answer`, { answer: 'x'.repeat(100_000) }, browser)).status).toBe(413);
    const chunked = await fetch(`${rig.url}/questions/${questionId}/answer`, {
      method: 'POST',
      headers: { origin: rig.url, cookie: browser.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new Blob(['answer=', 'y'.repeat(1_000_000)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    const upload = new FormData();
    upload.set('answer', new Blob(['z']));
    const headers = { origin: rig.url, cookie: browser.cookie };
    const asFile = await fetch(`${rig.url}/questions/${questionId}/answer`, { method: 'POST', headers, body: upload });
    expect(asFile.status).toBe(400);
    expect((await rig.fhir.read<Communication>('Communication', questionId)).status).toBe('in-progress');
  });

  it('a form from another page', async () => {
    const { criticalId } = await rig.ask();
    const browser = await enter();
    const path = `/critical/${criticalId}/read`;
    const stranger = { cookie: browser.cookie, key: 'guessed' };
    expect((await post(path, {}, browser, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(path, {}, browser, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(path, {}, browser, { origin: 'null' })).status).toBe(403);
    expect((await post(path, {}, stranger)).status).toBe(403);
    expect((await rig.fhir.read<Communication>('Communication', criticalId)).status).toBe('in-progress');
    expect(new Set(refusals())).toEqual(new Set(['forged-form']));
  });

  it('another name for this machine', async () => {
    const { port } = new URL(rig.url);
    for (const host of ['evil.example', `localhost:${port}`, `127.0.0.1:${Number(port) + 1}`]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpRequest({ hostname: '127.0.0.1', port, path: '/style.css', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect([host, status]).toEqual([host, 421]);
    }
  });

  it('an address that tries too often', async () => {
    const { url, code } = await rig.invite();
    const guesses = await Promise.all(
      Array.from({ length: 30 }, () => post(`${rig.url}/enter/${'B'.repeat(43)}`, { code: '1', person: 'x' })),
    );
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await post(url, { code, person: 'Kim' })).status).toBe(429);
    rig.clock.advance(16 * MINUTE_MS);
    expect((await post(url, { code, person: 'Kim' })).status).toBe(303);
  });

  it('whatever is asked of it, it answers without falling over', async () => {
    const browser = await enter();
    const paths = fc.array(
      fc.oneof(
        fc.constantFrom(
          'reports',
          'critical',
          'questions',
          'enter',
          'ask',
          'read',
          'images',
          'report.pdf',
          '..',
          '%2e%2e',
          '%ff',
        ),
        fc.string({ maxLength: 20 }).map(encodeURIComponent),
      ),
      { maxLength: 4 },
    );
    const requests = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
      path: paths.map((parts) => `/${parts.join('/')}`),
      cookie: fc.oneof(fc.constant(browser.cookie), fc.string({ maxLength: 60 }).map(encodeURIComponent)),
      body: fc.oneof(fc.constant(`key=${browser.key}&answer=x`), fc.string({ maxLength: 200 })),
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, cookie, body }) => {
        const answer = await fetch(`${rig.url}${path}`, {
          method,
          redirect: 'manual',
          headers: { origin: rig.url, cookie, 'content-type': 'application/x-www-form-urlencoded' },
          ...(method === 'POST' || method === 'PUT' ? { body } : {}),
        });
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    expect(rig.lines.filter(({ event }) => event === 'inbox.failed')).toEqual([]);
  });

  it('all of it is logged and audited without a word of a patient, link or code', async () => {
    const report = await rig.deliver('mercy');
    await rig.ask('mercy');
    const browser = await enter('lex');
    await get(`/reports/${report}`, browser);
    const { url, code } = await rig.invite();
    await post(url, { code: '00000000', person: 'Doe^Jane' });
    const told = JSON.stringify([rig.lines, rig.audited]);
    for (const secret of ['Doe', 'A-1', 'Subdural', 'subdural', url.split('/').at(-1)!, code, browser.cookie]) {
      expect(told).not.toContain(secret);
    }
    expect(rig.audited.map(({ act }) => act)).toContain('inbox.refused');
    const kept = JSON.stringify(await rig.fhir.search<Task>('Task', { code: 'urn:overread:task-kind|inbox-link' }));
    for (const secret of [url.split('/').at(-1)!, code, browser.cookie.split('.').at(-1)!])
      expect(kept).not.toContain(secret);
  });
});
