import type { Patient, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { personNameFrom } from '#shared/fhir/person-name.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { messageHead, openHubTakingHl7, type HubTakingHl7 } from '#tests/support/hub-taking-hl7.ts';

const JONES = 'Jones^Lucy||19520304|F';
const BERG = 'Berg^Otto||19810917|M';
const order = (number: string, person: string, accession: string, allergen: string) =>
  [
    messageHead('ORM^O01', accession),
    `PID|||${number}||${person}`,
    `AL1|1|DA|^${allergen}|SV|rash`,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');

let hub: HubTakingHl7;
beforeEach(() => {
  hub = openHubTakingHl7();
});
afterEach(() => hub.close());

const send = (message: string) => hub.send('mercy', message);
const patients = async () =>
  (await hub.fhir.search<Patient>('Patient', {}))
    .map(({ name }) => personNameFrom(name))
    .toSorted((a, b) => a.localeCompare(b));

/** By accession number: whose reading it is, and what is known of the person. */
async function readings(): Promise<Record<string, { readonly name: string; readonly notes: readonly string[] }>> {
  const tasks = await hub.fhir.search<Task>('Task', {});
  const told = tasks.flatMap((task) => {
    const reading = readingTaskFromFhir(task);
    return reading.ok && reading.value.accessionNumber !== undefined ? [reading.value] : [];
  });
  const entries = await Promise.all(
    told.map(async (reading) => {
      const notes = (await readNotes(hub.fhir, reading)).filter(({ kind }) => kind === 'allergy');
      return [reading.accessionNumber, { name: reading.patient.name, notes: notes.map(({ label }) => label) }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

describe('one number that two issuers of a site gave', () => {
  it('to two people is two patients, who share no notes', async () => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-2', 'Latex'));
    expect(await readings()).toEqual({
      'A-1': { name: 'Jones^Lucy', notes: ['Penicillin'] },
      'A-2': { name: 'Berg^Otto', notes: ['Latex'] },
    });
    // Told again, by either, nothing is added.
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-2', 'Latex'));
    expect(await patients()).toEqual(['Berg^Otto', 'Jones^Lucy']);
  });

  it('to two people does not keep the second from being told of what the first has too', async () => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-2', 'Penicillin'));
    const both = {
      'A-1': { name: 'Jones^Lucy', notes: ['Penicillin'] },
      'A-2': { name: 'Berg^Otto', notes: ['Penicillin'] },
    };
    expect(await readings()).toEqual(both);
    // Told again to somebody who is known, it still stands once.
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-3', 'Penicillin'));
    expect((await readings())['A-3']).toEqual(both['A-2']);
  });

  it('is told apart in what follows: new demographics and a report go to the right one', async () => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-2', 'Latex'));
    await send(`${messageHead('ADT^A08^ADT_A01', 'U1')}\rPID|||77^^^LAKESIDE^MR||Berg-Lind^Otto||19810917|M`);
    expect(await patients()).toEqual(['Berg-Lind^Otto', 'Jones^Lucy']);
    expect((await readings())['A-1']?.name).toBe('Jones^Lucy');
  });

  it('without an issuer goes to the one whose name and birth date it bears', async () => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^LAKESIDE^MR', BERG, 'A-2', 'Latex'));
    await send(order('77', BERG, 'A-3', 'Peanut'));
    expect((await readings())['A-3']).toEqual({
      name: 'Berg^Otto',
      notes: expect.arrayContaining(['Latex', 'Peanut']),
    });
    expect(await patients()).toHaveLength(2);
  });

  it.each([
    ['an issuer written in two ways', '77^^^MERCY HOSP^MR'],
    ['an issuer that is not told', '77'],
  ])('to one person is one patient, with %s', async (_, number) => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order(number, JONES, 'A-2', 'Latex'));
    expect(await patients()).toEqual(['Jones^Lucy']);
  });

  it('to a person who was renamed is one patient while the issuer is the same', async () => {
    await send(order('77^^^MERCY^MR', JONES, 'A-1', 'Penicillin'));
    await send(order('77^^^MERCY^MR', 'Smith^Lucy||19520304|F', 'A-2', 'Latex'));
    expect(await patients()).toHaveLength(1);
  });
});
