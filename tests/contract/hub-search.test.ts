import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const MINUTE = 60_000;
const patient = (id: string) => ({ reference: `Patient/${id}` });

/** Five Tasks whose descriptions are their names in the expectations. */
const TASKS = [
  readingTask({
    description: 'a',
    identifier: [{ system: 'urn:overread:site:mercy:accession', value: 'A,1' }],
    for: patient('p1'),
    priority: 'stat',
    authoredOn: '2026-11-21T20:00:00Z',
    owner: { identifier: { system: 'urn:overread:reader', value: 'dr-lee' }, display: 'Lee' },
  }),
  readingTask({
    description: 'b',
    identifier: [{ system: 'urn:overread:site:lake:accession', value: 'A,1' }],
    for: patient('p2'),
    status: 'in-progress',
    priority: 'routine',
    authoredOn: '2026-11-21T19:00:00Z',
    focus: { reference: 'ServiceRequest/s1' },
  }),
  readingTask({
    description: 'c',
    for: { reference: 'http://hub.test/fhir/Patient/p1' },
    status: 'completed',
    priority: 'urgent',
    authoredOn: '2026-11-20',
    owner: { reference: 'Practitioner/d1' },
  }),
  readingTask({
    description: 'd',
    code: { coding: [{ system: 'urn:overread:task-kind', code: 'delivery' }] },
    status: 'requested',
    priority: 'asap',
    authoredOn: undefined,
    focus: { reference: 'DiagnosticReport/r1' },
    basedOn: [{ reference: 'Task/t0' }],
  }),
  readingTask({
    description: 'e',
    status: 'cancelled',
    code: { text: 'interpretation' },
    authoredOn: '2026-12-01T00:00:00+05:00',
  }),
];

describe('the hub: search', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = openHub();
    for (const [id, family] of [
      ['p1', 'Müller'],
      ['p2', 'Doe'],
    ]) {
      const name = [{ family, given: ['Anna Maria'] }];
      await hub.ask('PUT', `Patient/${id}`, {
        resourceType: 'Patient',
        id,
        name,
        birthDate: '1980-05-17',
        active: true,
      });
    }
    for (const task of TASKS) {
      await hub.ask('POST', 'Task', task);
      hub.clock.advance(MINUTE);
    }
  });
  afterAll(() => hub.stop());

  interface Entry {
    readonly resource: { readonly resourceType: string; readonly description?: string; readonly id: string };
    readonly search: { readonly mode: string };
  }
  const entriesOf = async (path: string): Promise<readonly Entry[]> => {
    const { status, body } = await hub.ask('GET', path);
    expect(status).toBe(200);
    return body['entry'] ?? [];
  };
  const found = async (query: string) =>
    (await entriesOf(`Task?${query}`)).map(({ resource }) => resource.description).join('');

  it.each([
    ['', 'abcde'],
    ['status=ready', 'a'],
    ['status=ready,in-progress,requested', 'abd'],
    ['status:not=completed,cancelled', 'abd'],
    ['status=http://hl7.org/fhir/task-status|ready', ''],
    ['priority=stat', 'a'],
    ['code=110005', 'abc'],
    ['code=http://dicom.nema.org/resources/ontology/DCM|110005', 'abc'],
    ['code=http://dicom.nema.org/resources/ontology/DCM|', 'abc'],
    ['code=urn:overread:task-kind|delivery', 'd'],
    ['code=|110005', ''],
    ['code=Interpretation', ''],
    ['code:not=110005', 'de'],
    ['identifier=urn:overread:site:mercy:accession|A%5C%2C1', 'a'],
    ['identifier=A%5C%2C1', 'ab'],
    ['identifier=urn:overread:site:mercy:accession|A,1', ''],
    ['patient=p1', 'ac'],
    ['patient=Patient/p1', 'ac'],
    ['patient=http://hub.test/fhir/Patient/p1', 'ac'],
    ['subject=Patient/p2', 'b'],
    ['subject:Patient=p2', 'b'],
    ['focus=ServiceRequest/s1', 'b'],
    ['focus=DiagnosticReport/r1', 'd'],
    ['based-on=Task/t0', 'd'],
    ['owner=Practitioner/d1', 'c'],
    ['owner:identifier=urn:overread:reader|dr-lee', 'a'],
    ['owner:missing=false', 'ac'],
    ['owner:missing=true', 'bde'],
    ['authored-on=2026-11-21', 'ab'],
    ['authored-on=ge2026-11-21', 'abe'],
    ['authored-on=lt2026-11-21', 'c'],
    ['authored-on=ge2026-11-21T19:30:00Z&authored-on=lt2026-11-22', 'a'],
    ['authored-on=eq2026-11', 'abce'],
    ['authored-on=2026-11-30', 'e'],
    ['_lastUpdated=ge2026-11-21T22:02:00Z', 'cde'],
    ['_lastUpdated=lt2026-11-21T22:01:00.000Z', 'a'],
    ['_lastUpdated=gt2026-11-21T22:03:00%2B00:00', 'e'],
    ['status=ready&priority=routine', ''],
    ['_sort=authored-on&authored-on:missing=false', 'cbae'],
    ['_sort=-authored-on&authored-on:missing=false', 'eabc'],
    ['_sort=-_lastUpdated', 'edcba'],
    ['_sort=priority&code=110005', 'bac'],
    ['_sort=-status,authored-on&status=ready,in-progress,completed', 'abc'],
    ['_count=2', 'ab'],
    ["identifier=x' OR 1=1 --", ''],
    ['_format=json&status=ready', 'a'],
  ])('%s finds %j', async (query, names) => {
    expect(await found(query)).toBe(names);
  });

  it.each([
    ['family=muller', ['p1']],
    ['name=Ann', ['p1', 'p2']],
    ['name:contains=maria', ['p1', 'p2']],
    ['family=ull', []],
    ['family:contains=ÜLL', ['p1']],
    ['birthdate=1980-05-17', ['p1', 'p2']],
    ['birthdate=lt1980', []],
    ['active=true', ['p1', 'p2']],
    ['_id=p1,nobody', ['p1']],
  ])('patients by %s', async (query, ids) => {
    expect((await entriesOf(`Patient?${query}`)).map(({ resource }) => resource.id)).toEqual(ids);
  });

  it('brings along what the matches refer to, each once', async () => {
    const entries = await entriesOf('Task?code=110005&_include=Task:patient&_include=Task:focus');
    expect(entries.map(({ resource, search }) => `${search.mode} ${resource.description ?? resource.id}`)).toEqual([
      'match a',
      'match b',
      'match c',
      'include p1',
      'include p2',
    ]);
  });

  it('pages without skipping or repeating, also when what was shown changes or goes in between', async () => {
    const own = openHub();
    const names = ['0', '1', '2', '3', '4', '5', '6'];
    const ids: string[] = [];
    for (const description of names)
      ids.push((await own.ask('POST', 'Task', readingTask({ description }))).body['id'] ?? '');
    const seen: (string | undefined)[] = [];
    let url: string | undefined = 'Task?status=ready&_count=2';
    while (url !== undefined) {
      const { body } = await own.ask('GET', url);
      const entry: readonly Entry[] = body['entry'] ?? [];
      seen.push(...entry.map(({ resource }) => resource.description));
      const link: readonly { relation: string; url: string }[] = body['link'] ?? [];
      url = link.find(({ relation }) => relation === 'next')?.url;
      const first = entry[0]?.resource;
      if (first !== undefined) {
        await own.ask('PUT', `Task/${first.id}`, { ...first, status: 'completed' }, { 'if-match': 'W/"1"' });
      }
    }
    expect(seen).toEqual(names);
    await own.stop();
  });

  it('counts', async () => {
    expect((await hub.ask('GET', 'Task?code=110005&_summary=count')).body).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 3,
      link: [{ relation: 'self', url: 'http://hub.test/fhir/Task?code=110005&_summary=count' }],
    });
    expect((await hub.ask('GET', 'Task?_total=accurate&_count=1')).body).toMatchObject({ total: 5 });
  });

  it('takes a search as a form too', async () => {
    const answer = await hub.ask('POST', 'Task/_search', 'status=ready&code=110005', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer).toMatchObject({ status: 200, body: { entry: [{ resource: { description: 'a' } }] } });
  });

  it('answers every search parameter that it says it serves', async () => {
    const { body } = await hub.ask('GET', 'metadata');
    const rest: readonly { resource: { type: string; searchParam: { name: string; type: string }[] }[] }[] =
      body['rest'] ?? [];
    const failed: string[] = [];
    for (const { type, searchParam } of rest[0]?.resource ?? []) {
      for (const param of searchParam) {
        const value = param.type === 'date' ? '2026-11-21' : 'x';
        const { status } = await hub.ask('GET', `${type}?${param.name}=${value}&_sort=${param.name}`);
        if (status !== 200) failed.push(`${type}.${param.name} ${status}`);
      }
    }
    expect(failed).toEqual([]);
    expect(rest[0]?.resource.map(({ type }) => type)).toContain('Task');
  });
});
