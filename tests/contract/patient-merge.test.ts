import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { readPersonOfNotes } from '#shared/fhir/person-on-hub.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { machineClock, openRealHub, temporaryFolder, type RealHub } from '#tests/support/intake-rig.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};
const head = (event: string, id: string) => `MSH|^~\\&|HIS|MERCY|||20261121220000||${event}|${id}|P|2.5.1`;
const order = (mrn: string, name: string, accession: string, allergen: string) =>
  [
    head('ORM^O01', accession),
    `PID|||${mrn}^^^MERCY^MR||${name}||19520304|F`,
    `AL1|1|DA|^${allergen}|SV|rash`,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');

let hub: RealHub;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  hub = openRealHub(join(folder.path, 'hub.sqlite'));
});
afterEach(async () => {
  await hub.close();
  folder.remove();
});

it('merges and takes back on the real hub, where the notes of both stand meanwhile', async () => {
  let sent = 0;
  const send = async (message: string) => {
    const nextControlId = () => `C${(sent += 1)}`;
    const reception = { fhir: hub.fhir, clock: machineClock, log: silentLog, nextControlId };
    const answer = new TextDecoder().decode(await answerHl7(new TextEncoder().encode(message), site, reception));
    expect(answer).toContain('MSA|AA');
  };
  const labels = async () => {
    const [resource] = (await hub.fhir.search<Task>('Task', {})).filter(
      ({ identifier }) => identifier?.some(({ value }) => value === 'A-2') === true,
    );
    const reading = readingTaskFromFhir(resource);
    if (!reading.ok) throw new Error(reading.error.reason);
    const person = await readPersonOfNotes(hub.fhir, reading.value);
    return {
      notes: (await readNotes(hub.fhir, reading.value)).map(({ label }) => label),
      numbers: person?.otherNumbers?.map(({ mrn }) => mrn),
    };
  };
  await send(order('OLD', 'Jones^Lucy', 'A-1', 'Penicillin'));
  await send(order('NEW', 'Smith^Lucy', 'A-2', 'Latex'));
  expect(await labels()).toEqual({ notes: ['Latex'], numbers: undefined });
  await send(
    `${head('ADT^A40^ADT_A39', 'M1')}\rPID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F\rMRG|OLD^^^MERCY^MR||||||Jones^Lucy`,
  );
  expect(await labels()).toEqual({ notes: ['Latex', 'Penicillin'], numbers: ['OLD'] });
  await send(
    `${head('ADT^A37^ADT_A37', 'U1')}\rPID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F\rPID|||OLD^^^MERCY^MR||Jones^Lucy||19520304|F`,
  );
  expect(await labels()).toEqual({ notes: ['Latex'], numbers: undefined });
});
