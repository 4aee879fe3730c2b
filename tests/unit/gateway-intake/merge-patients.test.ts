import type { AllergyIntolerance, Patient, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import { createStudyWatch } from '#electron/gateway/study-watch/create-study-watch.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { doubtsAbout } from '#shared/domain/reading-doubts.ts';
import type { Site } from '#shared/domain/site.ts';
import { readPersonOfNotes } from '#shared/fhir/person-on-hub.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryArchive, study } from '#tests/support/memory-archive.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};
const head = (event: string, id: string) => `MSH|^~\\&|HIS|MERCY|||20261121220000||${event}|${id}|P|2.5.1`;
const order = (mrn: string, name: string, accession: string, more: readonly string[] = []) =>
  [
    head('ORM^O01', accession),
    `PID|||${mrn}^^^MERCY^MR||${name}||19520304|F`,
    ...more,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');
const merge = [
  head('ADT^A40^ADT_A39', 'M1'),
  'PID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F',
  'MRG|OLD^^^MERCY^MR||||||Jones^Lucy',
].join('\r');
const unlink = [
  head('ADT^A37^ADT_A37', 'U1'),
  'PID|||NEW^^^MERCY^MR||Smith^Lucy||19520304|F',
  'PID|||OLD^^^MERCY^MR||Jones^Lucy||19520304|F',
].join('\r');

function setUp() {
  const time = createManualTime();
  const fhir = createMemoryFhir({ clock: time.clock });
  let sent = 0;
  const send = async (message: string) => {
    const nextControlId = () => `C${(sent += 1)}`;
    const reception = { fhir, clock: time.clock, log: silentLog, nextControlId };
    const answer = new TextDecoder().decode(await answerHl7(new TextEncoder().encode(message), site, reception));
    return /MSA\|(\w\w)/.exec(answer)?.[1];
  };
  const readings = () =>
    fhir.all<Task>('Task').map((task) => {
      const reading = readingTaskFromFhir(task);
      if (!reading.ok) throw new Error(reading.error.reason);
      return reading.value;
    });
  const readingOf = (accession: string) => {
    const found = readings().find((each) => each.accessionNumber === accession);
    if (found === undefined) throw new Error('no such reading');
    return found;
  };
  return { ...time, fhir, send, readings, readingOf };
}

describe('a merge of two patients', () => {
  it('lets the notes of both stand beside the images of either, and moves nothing', async () => {
    const { fhir, send, readingOf } = setUp();
    await send(order('OLD', 'Jones^Lucy', 'A-1', ['AL1|1|DA|^Penicillin|SV|rash']));
    await send(order('NEW', 'Smith^Lucy', 'A-2'));
    expect(await readNotes(fhir, readingOf('A-2'))).toEqual([]);
    expect(await send(merge)).toBe('AA');
    expect((await readNotes(fhir, readingOf('A-2'))).map(({ label }) => label)).toEqual(['Penicillin']);
    expect((await readNotes(fhir, readingOf('A-1'))).map(({ label }) => label)).toEqual(['Penicillin']);
    const [allergy] = fhir.all<AllergyIntolerance>('AllergyIntolerance');
    expect(allergy?.patient.reference).toBe(`Patient/${readingOf('A-1').patient.id}`);
  });

  it('makes number and name of the other known to whoever compares', async () => {
    const { fhir, send, readingOf } = setUp();
    await send(order('OLD', 'Jones^Lucy', 'A-1'));
    await send(order('NEW', 'Smith^Lucy', 'A-2'));
    await send(merge);
    expect(await readPersonOfNotes(fhir, readingOf('A-1'))).toMatchObject({
      mrn: 'OLD',
      otherNumbers: [{ mrn: 'NEW' }],
      otherNames: ['Smith^Lucy'],
    });
    expect(readingOf('A-1').patient.otherNumbers).toEqual([{ mrn: 'NEW' }]);
  });

  it('lets images come under either number, and finds priors under both', async () => {
    const { fhir, send, readingOf, clock, advance } = setUp();
    await send(order('OLD', 'Smith^Lucy', 'A-1'));
    await send(merge);
    const archive = createMemoryArchive();
    const whose = { patientId: 'NEW', patientName: 'SMITH^LUCY', birthDate: '1952-03-04' };
    archive.put(study('1.2.3', { ...whose, accession: 'A-1' }));
    archive.put(study('1.1.1', { ...whose, patientId: 'OLD', studyDate: '20240302', accession: 'B-1' }));
    const watch = createStudyWatch({ site, archive, fhir, clock, log: silentLog });
    for (let second = 0; second < 7; second += 1) {
      await watch.look();
      await advance(1000);
    }
    const reading = readingOf('A-1');
    expect(reading.state).toBe('ready');
    expect(reading.imagedPersons).toBeUndefined();
    expect(doubtsAbout(reading, clock.now()).join()).not.toContain('patient');
    expect(reading.priors.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.1.1']);
  });

  it('that only links them (ADT^A24) keeps both numbers in use, and is taken back by ADT^A37', async () => {
    const { fhir, send, readingOf } = setUp();
    const link = unlink.replace('ADT^A37^ADT_A37', 'ADT^A24^ADT_A24');
    expect(await send(link)).toBe('AA');
    expect(fhir.all('Patient')).toEqual([]);
    await send(order('OLD', 'Jones^Lucy', 'A-1', ['AL1|1|DA|^Penicillin|SV|rash']));
    await send(order('NEW', 'Smith^Lucy', 'A-2'));
    expect(await send(link)).toBe('AA');
    expect((await readNotes(fhir, readingOf('A-2'))).map(({ label }) => label)).toEqual(['Penicillin']);
    expect(readingOf('A-2').patient.otherNumbers).toEqual([{ mrn: 'OLD' }]);
    expect(fhir.all<Patient>('Patient').map(({ active, link: links }) => [active, links?.[0]?.type])).toEqual([
      [undefined, 'seealso'],
      [undefined, 'seealso'],
    ]);
    expect(await send(unlink)).toBe('AA');
    expect(await readNotes(fhir, readingOf('A-2'))).toEqual([]);
    expect(fhir.all<Patient>('Patient').flatMap(({ link: links }) => links ?? [])).toEqual([]);
  });

  it('told twice changes nothing', async () => {
    const { fhir, send } = setUp();
    await send(order('OLD', 'Jones^Lucy', 'A-1'));
    await send(merge);
    const writes = fhir.writes();
    expect(await send(merge)).toBe('AA');
    expect(fhir.writes()).toBe(writes);
    expect(fhir.all<Patient>('Patient')).toHaveLength(2);
  });

  it('taken back leaves each patient with their own again', async () => {
    const { fhir, send, readingOf } = setUp();
    await send(order('OLD', 'Jones^Lucy', 'A-1', ['AL1|1|DA|^Penicillin|SV|rash']));
    await send(order('NEW', 'Smith^Lucy', 'A-2'));
    await send(merge);
    expect(await send(unlink)).toBe('AA');
    expect(await readNotes(fhir, readingOf('A-2'))).toEqual([]);
    expect((await readNotes(fhir, readingOf('A-1'))).map(({ label }) => label)).toEqual(['Penicillin']);
    expect(readingOf('A-1').patient.otherNumbers).toBeUndefined();
    expect(fhir.all<Patient>('Patient').some(({ link, active }) => link !== undefined || active === false)).toBe(false);
  });

  it('of patients unknown here keeps nothing, and one that names nobody is refused', async () => {
    const { fhir, send } = setUp();
    expect(await send(merge)).toBe('AA');
    expect(fhir.all<Patient>('Patient')).toEqual([]);
    expect(await send(merge.replace('MRG|OLD^^^MERCY^MR', 'MRG|'))).toBe('AR');
    expect(await send(merge.split('\r').slice(0, 2).join('\r'))).toBe('AR');
  });
});
