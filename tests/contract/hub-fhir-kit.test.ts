import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readingTask, serveHub } from './hub-support.ts';

/** Another project's client, over HTTP: what it understands, others will. */
describe('the hub as fhir-kit-client sees it', () => {
  let hub: Awaited<ReturnType<typeof serveHub>>;
  let client: Client;
  beforeAll(async () => {
    hub = await serveHub();
    client = new Client({ baseUrl: hub.baseUrl });
  });
  afterAll(() => hub.stop());

  const resource = (more: Record<string, unknown> = {}) => readingTask(more) as { resourceType: string; id: string };

  it('finds a capability statement of R4 with the Task and transactions', async () => {
    const statement = await client.capabilityStatement();
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      rest: [{ mode: 'server', interaction: [{ code: 'transaction' }, { code: 'batch' }] }],
    });
  });

  it('creates, reads, searches, updates under a version, sees the history, deletes', async () => {
    const created = (await client.create({ resourceType: 'Task', body: resource({ description: 'kit' }) })) as {
      resourceType: string;
      id: string;
    };
    expect(await client.read({ resourceType: 'Task', id: created.id })).toEqual(created);
    const options = { headers: { 'If-Match': 'W/"1"' } };
    const body = { ...created, status: 'in-progress' };
    const updated = await client.update({ resourceType: 'Task', id: created.id, body, options });
    expect(updated).toMatchObject({ status: 'in-progress', meta: { versionId: '2' } });
    await expect(client.update({ resourceType: 'Task', id: created.id, body, options })).rejects.toMatchObject({
      response: { status: 412, data: { resourceType: 'OperationOutcome' } },
    });
    expect(await client.vread({ resourceType: 'Task', id: created.id, version: '1' })).toEqual(created);
    expect(await client.history({ resourceType: 'Task', id: created.id })).toMatchObject({ type: 'history', total: 2 });
    await client.delete({ resourceType: 'Task', id: created.id });
    await expect(client.read({ resourceType: 'Task', id: created.id })).rejects.toMatchObject({
      response: { status: 410 },
    });
  });

  it('walks through the pages of a search', async () => {
    const entry = Array.from({ length: 5 }, () => ({
      resource: resource({ status: 'requested' }),
      request: { method: 'POST', url: 'Task' },
    }));
    await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry } as never });
    const ids: string[] = [];
    let page = (await client.search({
      resourceType: 'Task',
      searchParams: { status: 'requested', _count: 2 },
    })) as { resourceType: string; entry?: { resource: { id: string } }[] } | undefined;
    let pages = 0;
    while (page?.entry !== undefined) {
      ids.push(...page.entry.map((each) => each.resource.id));
      pages += 1;
      page = (await client.nextPage({ bundle: page as never })) as typeof page;
    }
    expect(pages).toBe(3);
    expect(new Set(ids).size).toBe(5);
  });
});
