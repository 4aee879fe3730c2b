import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openHubLink, type HubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import type { Claim } from '#shared/domain/claim.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const LEASE_MS = 180_000;

describe('the hub: $claim-next', () => {
  let hub: TestHub;
  let link: HubLink;
  beforeEach(() => {
    hub = openHub();
    link = openHubLink({ baseUrl: hub.baseUrl, fetch: hub.hub.fetch, timeoutMs: 10_000 });
  });
  afterEach(() => hub.stop());

  const make = async (more: Record<string, unknown> = {}): Promise<Task> =>
    (await hub.ask('POST', 'Task', readingTask(more))).body as unknown as Task;
  const candidate = ({ id = '', meta }: Task) => ({ taskId: id as TaskId, version: meta?.versionId ?? '' });
  const claimOf = (reader: string): Claim => ({
    radiologistId: reader as RadiologistId,
    radiologistName: `${reader}^Dana`,
    // A workstation whose clock is wrong by a year: the hub counts by its own.
    since: 1_800_000_000_000 as EpochMs,
    leaseUntil: (1_800_000_000_000 + LEASE_MS) as EpochMs,
  });
  const claim = (reader: string, ...tasks: Task[]) =>
    link.claimNext({ candidates: tasks.map(candidate), claim: claimOf(reader) });

  it('gives the first that is free, in the order of the reader, as a claim under the hub’s clock', async () => {
    const [a, b] = [await make({ note: [{ text: 'kept' }] }), await make()];
    const answer = await claim('lee', b, a);
    if (answer.status !== 'claimed') throw new Error(answer.status);
    expect(answer.task).toMatchObject({ id: b.id, status: 'in-progress', meta: { versionId: '2' } });
    const reading = readingTaskFromFhir(answer.task);
    const now = hub.clock.now();
    expect(reading.ok && reading.value).toMatchObject({
      state: 'claimed',
      claim: { radiologistId: 'lee', radiologistName: 'lee^Dana', since: now, leaseUntil: now + LEASE_MS },
    });
    const next = await claim('ben', b, a);
    expect(next).toMatchObject({ status: 'claimed', task: { id: a.id, note: [{ text: 'kept' }] } });
    expect(await claim('kim', b, a)).toEqual({ status: 'none-free' });
    expect((await hub.ask('GET', `Task/${a.id ?? ''}`)).body).toEqual('task' in next ? next.task : undefined);
  });

  it('passes over what has changed since it was judged, is not ready, or is no reading', async () => {
    const changed = await make();
    await hub.ask('PUT', `Task/${changed.id ?? ''}`, { ...changed, priority: 'stat' }, { 'if-match': 'W/"1"' });
    const waiting = await make({ status: 'requested' });
    const done = await make({ status: 'completed' });
    const delivery = await make({ code: { coding: [{ system: 'urn:overread:task-kind', code: 'delivery' }] } });
    expect(await claim('lee', changed, waiting, done, delivery)).toEqual({ status: 'none-free' });
    const free = await make();
    expect(await claim('lee', changed, waiting, done, delivery, free)).toMatchObject({ task: { id: free.id } });
  });

  it('lets a second reader in once the lease has run out, not before, with a higher fence', async () => {
    const first = await claim('lee', await make());
    if (first.status !== 'claimed') throw new Error(first.status);
    hub.clock.advance(LEASE_MS - 1);
    expect(await claim('ben', first.task)).toEqual({ status: 'none-free' });
    hub.clock.advance(1);
    expect(await claim('ben', first.task)).toMatchObject({
      status: 'claimed',
      task: { owner: { identifier: { value: 'ben' } }, meta: { versionId: '3' } },
    });
  });

  it('gives each of many to one of many who ask together', async () => {
    const tasks = await Promise.all(Array.from({ length: 20 }, () => make()));
    const answers = await Promise.all(Array.from({ length: 30 }, (_, reader) => claim(`r${String(reader)}`, ...tasks)));
    const given = answers.flatMap((answer) => (answer.status === 'claimed' ? [answer.task.id] : []));
    expect(given).toHaveLength(tasks.length);
    expect(new Set(given)).toEqual(new Set(tasks.map(({ id }) => id)));
  });

  it.each([
    ['no Parameters', { resourceType: 'Task' }],
    ['no reader', { resourceType: 'Parameters', parameter: [] }],
    [
      'a reader of another system',
      {
        resourceType: 'Parameters',
        parameter: [{ name: 'reader', valueIdentifier: { system: 'urn:x', value: 'lee' } }],
      },
    ],
    ['a candidate without a version', withCandidate({ reference: 'Task/1' })],
    ['a candidate that is no Task', withCandidate({ reference: 'Patient/1/_history/1' })],
    ['a candidate that is none', withCandidate(undefined)],
  ])('refuses %s', async (_, body) => {
    expect((await hub.ask('POST', 'Task/$claim-next', body)).status).toBe(400);
  });

  it('is named in the CapabilityStatement, and a server that does not name it is not asked', async () => {
    const asked: string[] = [];
    const plain = openHubLink({
      baseUrl: hub.baseUrl,
      timeoutMs: 10_000,
      fetch: async (request) => {
        asked.push(`${request.method} ${new URL(request.url).pathname}`);
        return new Response(JSON.stringify({ resourceType: 'CapabilityStatement', rest: [{ mode: 'server' }] }));
      },
    });
    const claiming = { candidates: [], claim: claimOf('lee') };
    expect(await plain.claimNext(claiming)).toEqual({ status: 'not-offered' });
    expect(await plain.claimNext(claiming)).toEqual({ status: 'not-offered' });
    expect(asked).toEqual(['GET /fhir/metadata']);
  });
});

function withCandidate(valueReference: unknown) {
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'reader', valueIdentifier: { system: 'urn:overread:reader', value: 'lee' } },
      { name: 'candidate', ...(valueReference === undefined ? {} : { valueReference }) },
    ],
  };
}
