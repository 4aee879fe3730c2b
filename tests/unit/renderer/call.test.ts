import { describe, expect, it } from 'vitest';

import { CallFailed, createCall } from '#renderer/bridge/call.ts';

const answering = (status: number, body: unknown) =>
  createCall({ fetch: async () => new Response(JSON.stringify(body), { status }) });

describe('a call to the door', () => {
  it('goes to the method of the contract as JSON', async () => {
    const seen: { url: string; body: unknown }[] = [];
    const call = createCall({
      fetch: async (input, init) => {
        const body = typeof init?.body === 'string' ? init.body : '';
        seen.push({ url: input instanceof Request ? input.url : input.toString(), body: JSON.parse(body) });
        return Response.json({ status: 'unlocked' });
      },
    });
    expect(await call('unlock', { pin: '1234' })).toEqual({ status: 'unlocked' });
    expect(seen).toEqual([{ url: '/api/session.unlock', body: { pin: '1234' } }]);
  });

  it('refuses an answer that is not in the contract', async () => {
    await expect(answering(200, { status: 'maybe' })('unlock', { pin: '1' })).rejects.toMatchObject({
      code: 'unexpected-answer',
    });
  });

  it('never sends a request that is not in the contract', async () => {
    const call = createCall({
      fetch: () => {
        throw new Error('must not be called');
      },
    });
    await expect(call('setPin', { pin: '1' })).rejects.toThrow(/pin/);
  });

  it('fails with the door’s own code and words', async () => {
    const failure = answering(423, { code: 'locked', message: 'Locked.' })('worklist', {});
    await expect(failure).rejects.toBeInstanceOf(CallFailed);
    await expect(failure).rejects.toMatchObject({ code: 'locked', message: 'Locked.' });
  });

  it('says that the workstation does not answer when it does not', async () => {
    const call = createCall({ fetch: () => Promise.reject(new TypeError('refused')) });
    await expect(call('worklist', {})).rejects.toMatchObject({ code: 'door-unreachable' });
  });
});
