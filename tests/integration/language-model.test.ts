import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { createLanguageModel } from '#electron/adapters/language-model/create-language-model.ts';
import { isPrivateAddress } from '#electron/adapters/language-model/private-address.ts';
import { checkBeforeSigning } from '#electron/hosts/compose/check-before-signing.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A server of the OpenAI kind that answers as told and keeps what it was sent. */
async function openModel(answer: Answer) {
  const asked: { readonly path: string; readonly key: string | undefined; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', key: request.headers.authorization, body });
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}
const saying =
  (content: string): Answer =>
  (_request, response) =>
    void response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ choices: [{ message: { content } }] }));

const FINDINGS =
  'DOE, JANE (MRN M-77, born 1961-02-03, accession A-1001): subdural haematoma along the right convexity, 9 mm.';

/** A claimed case with findings, on a workstation that knows this model. */
async function caseWith(url: string | undefined, timeoutMs = 2000) {
  const model = url === undefined ? undefined : createLanguageModel({ url, model: 'small', key: 'k1', timeoutMs });
  const rig = await workstationRig({
    checkReport: checkBeforeSigning,
    ...(model === undefined ? {} : { languageModel: model }),
  });
  const task = readingTask('a');
  const { id: taskId } = await rig.put({
    ...task,
    patient: { ...task.patient, name: 'Doe^Jane', mrn: 'M-77', birthDate: '1961-02-03', sex: 'F' },
    accessionNumber: 'A-1001' as NonNullable<typeof task.accessionNumber>,
    orderedBy: 'House^Gregory',
  });
  const opened = await rig.call('openCase', { taskId, readOnly: false });
  if (opened.status !== 'opened') throw new Error(opened.status);
  const { contextKey, draft } = opened.case;
  const body = {
    ...draft.body,
    sections: draft.body.sections.map((section) =>
      section.role === 'findings' ? { ...section, text: FINDINGS } : section,
    ),
  };
  const ask = (): Promise<CallResponse<'draftByModel'>> => rig.call('draftByModel', { taskId, contextKey, body });
  return { ...rig, ask, taskId, contextKey, body };
}

describe('an impression drafted by a language model', () => {
  it('is asked for with exam and findings alone, and comes back as text with what the checks say', async () => {
    const { asked, url } = await openModel(saying('1. Acute subdural haematoma, left convexity.'));
    const rig = await caseWith(url);
    const answer = await rig.ask();
    expect(answer).toMatchObject({
      status: 'drafted',
      text: '1. Acute subdural haematoma, left convexity.',
      complaints: [{ code: 'contradiction-side' }],
    });
    expect(asked).toHaveLength(1);
    const [{ path, key, body } = { path: '', key: '', body: '' }] = asked;
    expect([path, key]).toEqual(['/v1/chat/completions', 'Bearer k1']);
    expect(JSON.parse(body)).toMatchObject({
      model: 'small',
      stream: false,
      messages: [{ role: 'system' }, { role: 'user' }],
    });
    expect(body).toContain('subdural haematoma along the right convexity, 9 mm');
    for (const secret of ['doe', 'jane', 'house', 'gregory', 'm-77', 'a-1001', '1961', rig.taskId])
      expect(body.toLowerCase()).not.toMatch(new RegExp(`\\b${secret.toLowerCase()}\\b`));
    rig.close();
  });

  it('is off without a configured model, which the window is told', async () => {
    const rig = await caseWith(undefined);
    expect(await rig.ask()).toEqual({ status: 'off' });
    expect(await rig.call('session', {})).not.toHaveProperty('canAskModel');
    rig.close();
  });

  it.each<readonly [string, Answer, RegExp]>([
    ['says nothing', () => undefined, /in time/],
    ['refuses', (_request, response) => void response.writeHead(503).end(), /refused/],
    [
      'sends elsewhere',
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /refused/,
    ],
    ['answers no JSON', (_request, response) => void response.end('<html>'), /no impression/],
    ['answers another JSON', (_request, response) => void response.end('{"choices":[]}'), /no impression/],
    ['answers nothing but marks', saying('*** <br>'), /no impression/],
    ['never ends', (_request, response) => void response.write('x'.repeat(1024 * 1024)), /refused/],
    ['hangs up', (request) => void request.socket.destroy(), /reached/],
  ])('is none from a server that %s, and the words say so', async (_, answer, words) => {
    const { url } = await openModel(answer);
    const rig = await caseWith(url, 400);
    const failed = await rig.ask();
    expect(failed).toMatchObject({ status: 'failed', reason: words });
    rig.close();
  });

  it('is never asked for outside this machine and private networks', async () => {
    const model = createLanguageModel({ url: 'http://203.0.113.9/v1', model: 'm', timeoutMs: 500 });
    expect(await model.ask({ instruction: 'a', text: 'b' })).toEqual({ status: 'failed', code: 'not-local' });
    expect(['127.0.0.1', '10.1.2.3', '192.168.1.1', '172.31.0.1', '::1', 'fd00::1'].every(isPrivateAddress)).toBe(true);
    expect(['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', 'nonsense'].some(isPrivateAddress)).toBe(false);
  });
});
