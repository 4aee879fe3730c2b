import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { readPersonOfNotes } from '#shared/fhir/person-on-hub.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { messageHead, openHubTakingHl7, type HubTakingHl7 } from '#tests/support/hub-taking-hl7.ts';

const order = (mrn: string, name: string, accession: string, allergen: string) =>
  [
    messageHead('ORM^O01', accession),
    `PID|||${mrn}^^^MERCY^MR||${name}||19520304|F`,
    `AL1|1|DA|^${allergen}|SV|rash`,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');

let hub: HubTakingHl7;
beforeEach(() => {
  hub = openHubTakingHl7();
});
afterEach(() => hub.close());

it('merges and takes back on the real hub, where the notes of both stand meanwhile', async () => {
  const send = (message: string) => hub.send('mercy', message);
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
    `${messageHead('ADT^A40^ADT_A39', 'M1')}\rPID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F\rMRG|OLD^^^MERCY^MR||||||Jones^Lucy`,
  );
  expect(await labels()).toEqual({ notes: ['Latex', 'Penicillin'], numbers: ['OLD'] });
  await send(
    `${messageHead('ADT^A37^ADT_A37', 'U1')}\rPID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F\rPID|||OLD^^^MERCY^MR||Jones^Lucy||19520304|F`,
  );
  expect(await labels()).toEqual({ notes: ['Latex'], numbers: undefined });
});
