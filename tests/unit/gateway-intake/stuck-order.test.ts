import type { Task } from 'fhir/r4';
import { expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};
const order = (accession: string, exam: string) =>
  'MSH|^~\\&|R|M|||||ORM^O01|1|P|2.5.1\rPID|||4711^^^M^MR||Doe^Jane\rORC|NW|P-1\r' +
  `OBR|1|P-1|F-1|^${exam}||||||||||||||${accession}\r`;

function open(change: (hub: FhirClient) => FhirClient = (hub) => hub) {
  const { clock } = createManualTime();
  const hub = createMemoryFhir({ clock });
  const reception = { fhir: change(hub), clock, log: silentLog, nextControlId: () => 'C1' };
  const send = async (text: string) =>
    new TextDecoder().decode(await answerHl7(new TextEncoder().encode(text), site, reception));
  return { hub, send };
}

it('a number of control characters alone is no number: the order is known by its next one', async () => {
  const { hub, send } = open();
  for (const accession of ['A-1', 'A-2']) expect(await send(order(accession, 'CT HEAD'))).toContain('MSA|AA');
  expect(await send(order('\u0000\u0001', 'CT HEAD'))).toContain('MSA|AA');
  expect(await send(order('\u0000', 'CT HEAD'))).toContain('MSA|AA');
  const numbers = hub.all<Task>('Task').map(({ identifier }) => identifier?.map(({ value }) => value));
  expect(numbers).toEqual([['A-1'], ['A-2'], ['F-1']]);
});

it('an order that the hub refuses at each look as written by others is kept for a person, and holds up nobody', async () => {
  const conflict = async () => {
    throw new FhirError({ code: 'conflict' });
  };
  const { hub, send } = open((real) => ({ ...real, transaction: conflict }));
  expect(await send(order('A-1', 'CT HEAD'))).toMatch(/MSA\|AR\|1\|.*several/);
  expect(await readIntakeProblems(hub)).toMatchObject([{ code: 'rejected', content: expect.stringContaining('A-1') }]);
});

it('demographics that meet another writer are looked at again before the sender is asked to', async () => {
  let conflicts = 2;
  const { hub, send } = open((real) => ({
    ...real,
    update: async (resource, version) => {
      conflicts -= 1;
      if (conflicts >= 0) throw new FhirError({ code: 'conflict' });
      return real.update(resource, version);
    },
  }));
  expect(await send(order('A-1', 'CT HEAD'))).toContain('MSA|AA');
  const update = 'MSH|^~\\&|R|M|||||ADT^A08|2|P|2.5.1\rPID|||4711^^^M^MR||Doe^Janet\r';
  expect(await send(update)).toContain('MSA|AA');
  expect(hub.all<Task>('Task')[0]?.for?.display).toBe('Doe^Janet');
});
