import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { sendMail } from '#electron/adapters/mail/send-mail.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createFhirChannel } from '#electron/gateway/delivery/fhir-channel.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import { createMailChannel } from '#electron/gateway/delivery/mail-channel.ts';
import type { Consignment } from '#electron/gateway/delivery/ports.ts';
import type { MailServer, ReturnChannel, TlsIdentity } from '#shared/domain/site.ts';
import { parseHl7, segmentsOf, valueAt } from '#shared/hl7/message.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import { messageControlIdOf } from '#shared/reporting/stable-ids.ts';
import { freePort } from '#tests/support/free-port.ts';
import { lacks } from '#tests/support/peers.ts';
import { createTestAuthority, type TestAuthority, type TestIdentity } from '#tests/support/test-ca.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

const signed = sampleReport();
const consignment = (channel: ReturnChannel, more: Partial<Consignment> = {}): Consignment => ({
  signed,
  canonical: canonicalize(signed),
  signature: 'h..s',
  site: siteWith([channel]),
  channel,
  channelIndex: 0,
  isRepeat: false,
  pdf: async () => new TextEncoder().encode('%PDF-1.7 sample'),
  ...more,
});
const controlId = messageControlIdOf(signed.reportUuid, 0);

const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe.skipIf(lacks('openssl'))('HL7 over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overread-tls-'));
  let authority: TestAuthority;
  let site: TestIdentity;
  let gateway: TlsIdentity;
  beforeAll(() => {
    authority = createTestAuthority(folder);
    site = authority.issue('site');
    const { certificate, key } = authority.issue('gateway');
    gateway = { ca: authority.pem, certificate, key };
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const channel = createHl7Channel({ sendMllp, timeoutMs: 3000 });
  const deliver = (port: number, tls: TlsIdentity) =>
    channel.deliver(consignment({ kind: 'hl7', host: '127.0.0.1', port, tls }));

  async function pythonPeer() {
    const port = await freePort();
    const script = fileURLToPath(new URL('../support/scripted_hl7_receiver.py', import.meta.url));
    const tls = ['--tls', site.certificateFile, site.keyFile, authority.file];
    const child = spawn('/usr/bin/python3', [script, ...tls, String(port), folder, 'AA'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    stops.push(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    await once(child.stdout, 'data');
    return port;
  }

  it.skipIf(lacks('python3-hl7'))('is taken by python3-hl7 that asks who we are, and its answer is kept', async () => {
    const outcome = await deliver(await pythonPeer(), gateway);
    expect(outcome).toMatchObject({ kind: 'accepted', ackId: `AA ${controlId}` });
    expect('answer' in outcome && outcome.answer).toMatch(new RegExp(`MSA\\|AA\\|${controlId}`));
    expect(readFileSync(join(folder, '0001.hl7'), 'utf8')).toContain(controlId);
  });

  it.skipIf(lacks('python3-hl7'))(
    'is not filed by a site that does not know our certificate, and stays to be sent',
    async () => {
      const stranger = createTestAuthority(folder, 'other-ca').issue('stranger');
      const port = await pythonPeer();
      rmSync(join(folder, '0001.hl7'), { force: true });
      const unknown = { ca: authority.pem, certificate: stranger.certificate, key: stranger.key };
      for (const tls of [unknown, { ca: authority.pem }]) {
        // TLS 1.3 lets us write before the site has looked at our certificate: whether its "no" still reaches us is chance.
        expect(['hl7-not-trusted', 'hl7-closed']).toContain(
          ((await deliver(port, tls)) as { readonly code: string }).code,
        );
      }
      expect(existsSync(join(folder, '0001.hl7'))).toBe(false);
    },
  );

  it('does not speak to a site that shows another’s certificate', async () => {
    const rogue = createTestAuthority(folder, 'rogue-ca').issue('site');
    let heard = 0;
    const server = createTlsServer({ cert: rogue.certificate, key: rogue.key }, (socket) => {
      socket.on('data', () => (heard += 1));
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    const outcome = await deliver((server.address() as AddressInfo).port, gateway);
    expect(outcome).toEqual({ kind: 'not-taken', code: 'hl7-not-trusted' });
    expect(heard).toBe(0);
  });

  it('is taken by a second implementation, plain and encrypted', async () => {
    globalThis.WebSocket ??= class {} as unknown as typeof WebSocket;
    const { Hl7Connection } = await import('@medplum/hl7');
    const options = { cert: site.certificate, key: site.key, ca: authority.pem, requestCert: true };
    const server = createTlsServer({ ...options, rejectUnauthorized: true }, (socket) => {
      const connection = new Hl7Connection(socket);
      connection.addEventListener('message', ({ message }) => connection.send(message.buildAck()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    expect(await deliver((server.address() as AddressInfo).port, gateway)).toMatchObject({ kind: 'accepted' });
  });
});

describe('an HL7 receiver that could not just now', () => {
  it.each([
    ['AE', '207', 'not-taken'],
    ['AE', '206', 'not-taken'],
    ['AE', '204', 'refused'],
    ['AR', '', 'refused'],
  ])('answering %s with error %s means %s', async (code, error, kind) => {
    const ack = [
      'MSH|^~\\&|RIS|M|||20261121||ACK|1|P|2.5.1',
      `MSA|${code}|${controlId}`,
      ...(error === '' ? [] : [`ERR|||${error}^x^HL70357|E`]),
    ];
    const channel = createHl7Channel({
      sendMllp: async () => ({ ok: true, ack: new TextEncoder().encode(`${ack.join('\r')}\r`) }),
    });
    expect(await channel.deliver(consignment({ kind: 'hl7', host: 'x', port: 1 }))).toMatchObject({ kind });
  });
});

describe('the mail notice', () => {
  interface Received {
    readonly text: string;
    readonly to: readonly string[];
  }
  async function mailServer(behaviour: 'take' | 'refuse' | 'busy' | 'vanish' = 'take') {
    const received: Received[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        password === 'right' ? done(null, { user: username }) : done(new Error('no')),
      onRcptTo: (_address, _session, done) =>
        behaviour === 'refuse' ? done(Object.assign(new Error('no such box'), { responseCode: 550 })) : done(),
      onData(stream, { envelope }, done) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        stream.on('end', () => {
          if (behaviour === 'busy') return done(Object.assign(new Error('later'), { responseCode: 451 }));
          received.push({ text, to: envelope.rcptTo.map(({ address }) => address) });
          if (behaviour === 'vanish') return (stream.destroy(), server.close(), process.nextTick(() => sockets()));
          done();
        });
      },
    });
    const open = new Set<{ destroy(): void }>();
    server.server.on('connection', (socket) => open.add(socket));
    const sockets = () => open.forEach((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return { port: (server.server.address() as AddressInfo).port, received };
  }
  const channel = createMailChannel({ sendMail, timeoutMs: 3000 });
  const deliver = (port: number, more: Partial<MailServer> = {}) =>
    channel.deliver(
      consignment({
        kind: 'mail',
        to: ['desk@mercy.example', 'night@mercy.example'],
        from: 'overread@group.example',
        server: { host: '127.0.0.1', port, security: 'none', ...more },
        link: 'https://group.example/inbox',
      }),
    );

  it('reaches every address and says nothing of patient, order or report', async () => {
    const { port, received } = await mailServer();
    const auth = { user: 'u', password: 'right' };
    expect(await deliver(port, { auth })).toMatchObject({
      kind: 'accepted',
      ackId: `<${signed.reportUuid}.0@overread.invalid>`,
    });
    expect(received[0]?.to).toEqual(['desk@mercy.example', 'night@mercy.example']);
    const { task } = signed;
    for (const secret of [task.patient.name.split('^')[0], task.patient.mrn, task.accessionNumber, task.exam.text]) {
      expect(received[0]?.text).not.toContain(secret);
    }
    expect(received[0]?.text).not.toContain('haemorrhage');
    expect(received[0]?.text).toContain('https://group.example/inbox');
  });

  it('is the same message when it is sent again', async () => {
    const { port, received } = await mailServer();
    await deliver(port);
    await deliver(port);
    const ids = received.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(ids[0]).toBe(ids[1]);
  });

  it.each([
    ['refuse', { kind: 'refused', code: 'mail-550' }],
    ['busy', { kind: 'not-taken', code: 'mail-451' }],
  ] as const)('to a server that would %s is classified by its answer', async (behaviour, outcome) => {
    expect(await deliver((await mailServer(behaviour)).port)).toMatchObject(outcome);
  });

  it('is not taken where nobody listens or the password is wrong, and unknown when the line drops after the text', async () => {
    expect(await deliver(await freePort())).toMatchObject({ kind: 'not-taken' });
    const { port } = await mailServer();
    expect(await deliver(port, { auth: { user: 'u', password: 'wrong' } })).toMatchObject({ kind: 'refused' });
    expect(await deliver((await mailServer('vanish')).port)).toMatchObject({ kind: 'unknown' });
  });
});

describe('a foreign FHIR server', () => {
  /** Stores what is created; `behave` answers in its place when it wants to. */
  async function foreignServer(behave: (request: Request, stored: readonly object[]) => Response | undefined) {
    const stored: { id: string; identifier?: unknown; resourceType: string }[] = [];
    const server: Server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const url = `http://${incoming.headers.host}${incoming.url}`;
        const headers = new Headers(incoming.headers as Record<string, string>);
        const request = new Request(url, { method: incoming.method ?? 'GET', headers });
        const body = Buffer.concat(chunks).toString('utf8');
        if (request.method === 'POST')
          stored.push({ ...(JSON.parse(body) as (typeof stored)[number]), id: `${stored.length + 1}` });
        const answer = behave(request, stored) ?? usual(request);
        void answer.text().then((text) => {
          outgoing.writeHead(answer.status, { 'content-type': 'application/fhir+json' }).end(text);
        });
      });
    });
    const usual = (request: Request): Response => {
      if (request.method === 'POST') return Response.json(stored.at(-1), { status: 201 });
      const type = new URL(request.url).pathname.split('/').at(-1);
      const entry = stored.filter(({ resourceType }) => resourceType === type).map((resource) => ({ resource }));
      return Response.json({ resourceType: 'Bundle', type: 'searchset', entry });
    };
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`, stored };
  }
  const channel = createFhirChannel({
    siteFhir: (baseUrl, auth) =>
      createFhirClient({ baseUrl, fetch, timeoutMs: 500, ...(auth === undefined ? {} : { auth }) }),
  });
  const deliver = (url: string, more: Partial<Consignment> = {}, manner: object = {}) =>
    channel.deliver(consignment({ kind: 'fhir', url, ...manner }, more));
  const outcome = (status: number): Response =>
    Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status });

  it.each([409, 412, 500])('that answers %i although it stored the report is asked, and has it', async (status) => {
    const { url, stored } = await foreignServer(({ method }) => (method === 'POST' ? outcome(status) : undefined));
    expect(await deliver(url)).toMatchObject({ kind: 'accepted', ackId: 'DiagnosticReport/1' });
    expect(stored).toHaveLength(1);
  });

  it('that stored the report and fell silent is asked before a repeat, although it knows no conditional create', async () => {
    let isSilent = true;
    const { url, stored } = await foreignServer(() => (isSilent ? new Response(null, { status: 502 }) : undefined));
    expect(await deliver(url)).toMatchObject({ kind: 'unknown' });
    isSilent = false;
    expect(await deliver(url, { isRepeat: true })).toMatchObject({ kind: 'accepted' });
    expect(stored).toHaveLength(1);
  });

  it('that finds someone else’s report for our identifier is not believed', async () => {
    const { url } = await foreignServer(({ method }) =>
      method === 'GET'
        ? Response.json({
            resourceType: 'Bundle',
            type: 'searchset',
            entry: [{ resource: { resourceType: 'DiagnosticReport', id: 'x', identifier: [{ value: 'another' }] } }],
          })
        : outcome(500),
    );
    expect(await deliver(url, { isRepeat: true })).toMatchObject({ kind: 'unknown' });
  });

  it('that is too busy took nothing; one that never will take it is a person’s', async () => {
    expect(await deliver((await foreignServer(() => outcome(503))).url)).toMatchObject({ kind: 'not-taken' });
    expect(
      await deliver((await foreignServer(({ method }) => (method === 'POST' ? outcome(422) : undefined))).url),
    ).toMatchObject({
      kind: 'refused',
      code: 'fhir-422',
    });
  });

  it('gets our credentials, and a document where it wants one', async () => {
    const seen: (string | null)[] = [];
    const { url, stored } = await foreignServer((request) => {
      seen.push(request.headers.get('authorization'));
      return undefined;
    });
    const manner = { auth: { bearer: 't-1' }, as: 'document' };
    expect(await deliver(url, {}, manner)).toMatchObject({ kind: 'accepted', ackId: 'Bundle/1' });
    expect(await deliver(url, { isRepeat: true }, manner)).toMatchObject({ kind: 'accepted', ackId: 'Bundle/1' });
    expect(stored).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set(['Bearer t-1']));
  });
});

describe('the ORU of a real channel', () => {
  it('names the critical result and the site’s images', async () => {
    let sent = '';
    const channel = createHl7Channel({
      sendMllp: async ({ message }) => {
        sent = new TextDecoder().decode(message);
        return { ok: false, sent: true, code: 'timeout' };
      },
    });
    await channel.deliver(consignment({ kind: 'hl7', host: 'x', port: 1 }, { criticalLevel: 'red' }));
    const message = parseHl7(sent);
    if (!message.ok) throw new Error(message.error.reason);
    const flagged = segmentsOf(message.value, 'OBX').filter((obx) => valueAt(obx, 8) === 'AA');
    expect(flagged.map((obx) => valueAt(obx, 3))).toEqual(['19005-8']);
  });
});
