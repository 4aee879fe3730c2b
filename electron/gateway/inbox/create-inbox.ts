import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { STYLE } from './page-frame.ts';
import { enterPage, inboxPage, reportPage, wordsPage, type PageViewer } from './pages.ts';
import type { InboxPorts, InboxRefusal } from './ports.ts';
import { createInboxDoors, type InboxSession } from './inbox-doors.ts';
import { findCritical, findReport, noteOpened, readInbox } from './read-inbox.ts';
import { createRequestLimits } from './request-limits.ts';
import { cookieOf, formKeyOf, isFromOurPage, readForm, SECURITY_HEADERS, sessionCookie } from './request-checks.ts';
import { confirm } from '#shared/domain/critical-result.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { changeCritical } from '#shared/fhir/critical-on-hub.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { answerQuestion } from '#shared/fhir/question-on-hub.ts';

/** The pages of all sites that have nothing but a browser, as one function; no script runs in them. */
export interface Inbox {
  /** `address`: where the request came from, for counting. */
  fetch(request: Request, address: string): Promise<Response>;
}

const MAX_FORM_BYTES = 16 * 1024;
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);
const FHIR_ID = /^(?!\.+$)[A-Za-z0-9.-]{1,64}$/;

interface Environment {
  Bindings: { readonly address: string };
  Variables: { session: InboxSession; form: URLSearchParams };
}
type Asked = Context<Environment>;

const STATUS: Readonly<Record<InboxRefusal, 400 | 401 | 403 | 404 | 410 | 413 | 421 | 429>> = {
  'unknown-link': 404,
  'dead-link': 410,
  'wrong-code': 401,
  'used-code': 401,
  'no-session': 401,
  'not-of-this-site': 404,
  'forged-form': 403,
  'wrong-host': 421,
  'too-large': 413,
  'too-many': 429,
  'bad-form': 400,
  'not-found': 404,
};

/** What a person sees; one site learns nothing of another. */
const WORDS: Readonly<Record<InboxRefusal, readonly [string, string]>> = {
  'unknown-link': ['This link is not known', 'Check that it was copied whole, or ask the reading group for a new one.'],
  'dead-link': [
    'This link no longer works',
    'It has run out, was withdrawn, or had too many wrong codes. Ask the reading group for a new one.',
  ],
  'wrong-code': ['That is not the code', 'Nothing was opened.'],
  'used-code': ['This code was used or has run out', 'A code opens the reports once.'],
  'no-session': ['Please open your link again', 'You are not signed in here, or your time is over.'],
  'not-of-this-site': ['There is nothing here', 'The address is wrong, or what was here is gone.'],
  'forged-form': ['This form did not come from our page', 'Go back to the reports and try again.'],
  'wrong-host': ['Not for this address', 'Use the address you were given.'],
  'too-large': ['That is too long', 'Nothing was taken. Shorten it and send it again.'],
  'too-many': ['Too many tries', 'Wait a quarter of an hour.'],
  'bad-form': ['Something was missing', 'Nothing was taken. Go back and fill in the form.'],
  'not-found': ['There is nothing here', 'The address is wrong, or what was here is gone.'],
};

export function createInbox(ports: InboxPorts): Inbox {
  const { fhir, shelf, drawKeyImage, clock, log, audit } = ports;
  const origin = new URL(ports.origin).origin;
  const host = new URL(ports.origin).host;
  const isSecure = origin.startsWith('https:');
  const doors = createInboxDoors(ports);
  const limits = createRequestLimits(clock);
  const app = new Hono<Environment>();

  function refuse(context: Asked, refusal: InboxRefusal, siteId?: string): Response {
    const status = STATUS[refusal];
    const site = siteId === undefined ? {} : { siteId };
    log.warn('inbox.refused', { code: refusal, status, ...site });
    // A missing page is no act of anybody; what was kept out is.
    if (refusal !== 'not-found')
      audit.record({ act: 'inbox.refused', outcome: 'refused', actor: 'site', code: refusal, ...site });
    return context.html(wordsPage(...WORDS[refusal]), status);
  }

  const viewerOf = ({ site, person, secret }: InboxSession): PageViewer => ({
    site,
    person,
    formKey: formKeyOf(secret),
  });
  const actorOf = ({ site }: InboxSession): string => `site:${site.id}`;

  app.use(async (context, next) => {
    for (const [name, value] of SECURITY_HEADERS) context.header(name, value);
    if (isSecure) context.header('Strict-Transport-Security', 'max-age=31536000');
    if ((context.req.header('host') ?? '').toLowerCase() !== host) return refuse(context, 'wrong-host');
    if (!limits.allowRequest(context.env.address)) return refuse(context, 'too-many');
    if (!METHODS.has(context.req.method)) return refuse(context, 'not-found');
    await next();
    return undefined;
  });
  app.onError((error, context) => {
    const code = error instanceof FhirError ? error.refusal.code : 'internal';
    log.error('inbox.failed', { code });
    return context.html(wordsPage('Not possible now', 'The reports cannot be reached. Try again in a minute.'), 503);
  });
  app.notFound((context) => refuse(context as Asked, 'not-found'));

  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (context) => refuse(context as Asked, 'too-large') }));
  app.on('POST', '*', async (context, next) => {
    if (!isFromOurPage(context.req.raw.headers, origin)) return refuse(context, 'forged-form');
    const form = await readForm(context.req.raw);
    if (form === undefined) return refuse(context, 'bad-form');
    context.set('form', form);
    await next();
    return undefined;
  });

  app.get('/style.css', (context) => context.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.get('/enter/:token', async (context) => {
    const token = context.req.param('token');
    const link = await doors.findLink(token);
    return link.ok ? context.html(enterPage(token, link.value.siteName)) : refuse(context, link.error);
  });
  app.post('/enter/:token', async (context) => {
    if (!limits.allowCode(context.env.address)) return refuse(context, 'too-many');
    const token = context.req.param('token');
    const form = context.get('form');
    const [code, person] = [form.get('code')?.trim() ?? '', form.get('person')?.trim() ?? ''];
    if (code === '' || person === '' || code.length > 20 || person.length > 100) return refuse(context, 'bad-form');
    const entered = await doors.enter(token, code, person);
    if (!entered.ok) {
      const link = await doors.findLink(token);
      const refused = refuse(context, entered.error, link.ok ? link.value.siteId : undefined);
      return link.ok && STATUS[entered.error] === 401
        ? context.html(enterPage(token, link.value.siteName, WORDS[entered.error].join('. ')), 401)
        : refused;
    }
    const session = entered.value;
    log.info('inbox.entered', { siteId: session.site.id });
    audit.record({ act: 'inbox.opened', actor: actorOf(session), siteId: session.site.id });
    context.header('Set-Cookie', sessionCookie(session, { isSecure, now: clock.now() }));
    return context.redirect('/', 303);
  });
  app.post('/ask/:token', async (context) => {
    if (!limits.allowCode(context.env.address)) return refuse(context, 'too-many');
    const asked = await doors.askForCode(context.req.param('token'));
    if (!asked) return refuse(context, 'dead-link');
    return context.html(
      wordsPage('Asked for a new code', 'The support desk of the reading group has been told and will call you.'),
    );
  });

  /** From here on only with a session. */
  app.use(async (context, next) => {
    const session = await doors.resume(cookieOf(context.req.header('cookie'), isSecure));
    if (!session.ok) return refuse(context, session.error);
    context.set('session', session.value);
    const { site, secret } = session.value;
    if (context.req.method === 'POST' && context.get('form').get('key') !== formKeyOf(secret)) {
      return refuse(context, 'forged-form', site.id);
    }
    await next();
    return undefined;
  });

  app.get('/', async (context) => {
    const session = context.get('session');
    return context.html(inboxPage(await readInbox(session.site, fhir, clock), viewerOf(session)));
  });
  app.post('/leave', async (context) => {
    await doors.leave(context.get('session'));
    context.header('Set-Cookie', sessionCookie(undefined, { isSecure, now: clock.now() }));
    return context.html(wordsPage('You have left', 'To come back, open your link and ask for a new code.'));
  });

  /** The delivery behind `:id`, if it is this site's; else the answer that says no. */
  async function reportOf(context: Asked): Promise<Delivery | Response> {
    const { site } = context.get('session');
    const id = context.req.param('id') ?? '';
    const found = FHIR_ID.test(id) ? await findReport(id, site, fhir) : 'not-found';
    if (found === 'not-found') return refuse(context, 'not-found', site.id);
    return found === 'elsewhere' ? refuse(context, 'not-of-this-site', site.id) : found;
  }

  async function opened(delivery: Delivery, session: InboxSession): Promise<void> {
    const facts = { actor: actorOf(session), siteId: session.site.id, deliveryId: delivery.id, channel: 'inbox' };
    if (await noteOpened(delivery.id, session.person, fhir, clock))
      log.info('delivery.opened', { deliveryId: delivery.id });
    audit.record({ act: 'report.read', ...facts });
  }

  app.get('/reports/:id', async (context) => {
    const delivery = await reportOf(context);
    if (delivery instanceof Response) return delivery;
    const session = context.get('session');
    const report = await shelf.take(delivery.reportId, session.site);
    if (!report.ok) return refuse(context, 'not-found', session.site.id);
    await opened(delivery, session);
    return context.html(reportPage(report.value.signed, delivery, viewerOf(session)));
  });
  app.get('/reports/:id/report.pdf', async (context) => {
    const delivery = await reportOf(context);
    if (delivery instanceof Response) return delivery;
    const session = context.get('session');
    const report = await shelf.take(delivery.reportId, session.site);
    if (!report.ok) return refuse(context, 'not-found', session.site.id);
    await opened(delivery, session);
    return context.body(new Uint8Array(await report.value.pdf()), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="report.pdf"',
    });
  });
  app.get('/reports/:id/images/:file', async (context) => {
    const delivery = await reportOf(context);
    if (delivery instanceof Response) return delivery;
    const { site } = context.get('session');
    const number = /^([1-9]\d{0,2})\.png$/.exec(context.req.param('file'))?.[1];
    const report = await shelf.take(delivery.reportId, site);
    const image =
      report.ok && number !== undefined ? report.value.signed.body.keyImages?.[Number(number) - 1] : undefined;
    const drawn = image === undefined ? undefined : await drawKeyImage(site, image);
    if (drawn === undefined) return refuse(context, 'not-found', site.id);
    return context.body(new Uint8Array(drawn), 200, { 'Content-Type': 'image/png' });
  });
  app.post('/reports/:id/read', async (context) => {
    const delivery = await reportOf(context);
    if (delivery instanceof Response) return delivery;
    await opened(delivery, context.get('session'));
    return context.redirect('/', 303);
  });

  app.post('/critical/:id/read', async (context) => {
    const session = context.get('session');
    const { site, person } = session;
    const id = context.req.param('id');
    const found = FHIR_ID.test(id) ? await findCritical(id, site, fhir) : 'not-found';
    if (found === 'not-found') return refuse(context, 'not-found', site.id);
    if (found === 'elsewhere') return refuse(context, 'not-of-this-site', site.id);
    const at = clock.now();
    const by = { id: actorOf(session), name: person };
    await changeCritical(fhir, id, (now) => confirm(now, { at, by: person, via: 'page' }), {
      act: 'critical.acknowledged',
      at,
      by,
    });
    log.info('critical.acknowledged', { siteId: site.id, taskId: found.taskId, channel: 'inbox' });
    audit.record({
      act: 'critical.acknowledged',
      actor: by.id,
      siteId: site.id,
      taskId: found.taskId,
      channel: 'inbox',
    });
    return context.redirect('/', 303);
  });
  app.post('/questions/:id/answer', async (context) => {
    const session = context.get('session');
    const { site, person } = session;
    const id = context.req.param('id');
    const text = context.get('form').get('answer')?.trim() ?? '';
    if (text === '' || text.length > 2000) return refuse(context, 'bad-form', site.id);
    const answer = { text, by: person, at: clock.now() };
    const by = { id: actorOf(session), name: person };
    const status = FHIR_ID.test(id) ? await answerQuestion(fhir, id, answer, by, site.id) : 'not-found';
    if (status === 'not-found') return refuse(context, 'not-of-this-site', site.id);
    audit.record({ act: 'inbox.answered', actor: by.id, siteId: site.id, code: status });
    return context.redirect('/', 303);
  });

  return { fetch: async (request, address) => app.fetch(request, { address }) };
}
