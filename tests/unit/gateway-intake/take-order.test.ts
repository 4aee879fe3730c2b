import type { Observation, Patient, ServiceRequest, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { takeOrder } from '#electron/gateway/intake/take-order.ts';
import type { AccessionNumber, SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { IncomingOrder } from '#shared/domain/order.ts';
import type { Site } from '#shared/domain/site.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir, type MemoryFhir } from '#tests/support/memory-fhir.ts';

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: { stroke: 12 },
};
const { clock } = createManualTime();

const order: IncomingOrder = {
  siteId: site.id,
  channel: 'hl7',
  control: 'new',
  accessionNumber: 'A-100' as AccessionNumber,
  placerOrderNumber: 'P-9',
  patient: { mrn: '4711', name: 'Doe^Jane^Q^Dr.', sex: 'F', birthDate: '1954-11-02' },
  exam: { text: 'CT HEAD', code: '70450', modality: 'CT', bodyPart: 'HEAD' },
  priority: 'stroke',
  patientClass: 'emergency',
  location: 'ED 12',
  orderedBy: { id: '77', name: 'House^Gregory' },
  orderedAt: clock.now(),
  reason: 'Left arm weakness',
  notes: [
    { kind: 'reason', label: 'Reason for exam', text: 'Left arm weakness', source: 'HL7 order' },
    { kind: 'allergy', label: 'Penicillin', text: 'rash', code: 'P', abnormal: true, source: 'HL7 order' },
    {
      kind: 'lab',
      label: 'Creatinine',
      text: '1.9 mg/dL',
      code: '2160-0',
      abnormal: true,
      at: clock.now(),
      source: 'HL7 order',
    },
    { kind: 'technologist-note', label: 'Technologist', text: 'patient moved', source: 'HL7 order' },
  ],
};

const open = () => createMemoryFhir({ clock });
async function take(fhir: MemoryFhir, change: Partial<IncomingOrder> = {}) {
  const taken = await takeOrder({ ...order, ...change }, { fhir, site });
  return taken.ok ? taken.value.kind : taken.error.code;
}
function readings(fhir: MemoryFhir): ReadingTask[] {
  return fhir.all<Task>('Task').map((task) => {
    const reading = readingTaskFromFhir(task);
    if (!reading.ok) throw new Error(reading.error.reason);
    return reading.value;
  });
}
const theReading = (fhir: MemoryFhir): ReadingTask => {
  const [first, ...others] = readings(fhir);
  if (first === undefined || others.length > 0) throw new Error('expected one reading');
  return first;
};
async function setState(fhir: MemoryFhir, change: Partial<ReadingTask>) {
  const [resource] = fhir.all<Task>('Task');
  if (resource === undefined) throw new Error('no task');
  await fhir.update(readingTaskToFhir({ ...theReading(fhir), ...change }, resource));
}

describe('an order taken in', () => {
  it('becomes one patient, one request and one reading that says everything the worklist needs', async () => {
    const fhir = open();
    expect(await take(fhir)).toBe('created');
    expect(fhir.all<Patient>('Patient')).toHaveLength(1);
    expect(fhir.all<ServiceRequest>('ServiceRequest')).toHaveLength(1);
    expect(theReading(fhir)).toMatchObject({
      state: 'ordered',
      siteName: 'Mercy General',
      accessionNumber: 'A-100',
      serviceRequestId: fhir.all<ServiceRequest>('ServiceRequest')[0]?.id,
      patient: { id: fhir.all<Patient>('Patient')[0]?.id, mrn: '4711', name: 'Doe^Jane^Q^Dr.', sex: 'F' },
      priority: 'stroke',
      orderedBy: 'House^Gregory',
      reason: 'Left arm weakness',
      studyInstanceUids: [],
    });
  });

  it('gives its notes back as they came', async () => {
    const fhir = open();
    await take(fhir);
    const facts = await readNotes(fhir, theReading(fhir));
    expect(facts).toHaveLength(order.notes.length);
    expect(facts).toEqual(expect.arrayContaining([...order.notes]));
  });

  it('changes nothing when it is sent again', async () => {
    const fhir = open();
    await take(fhir);
    const writes = fhir.writes();
    expect(await take(fhir)).toBe('unchanged');
    expect(fhir.writes()).toBe(writes);
  });

  it('stays one order when two gateways take it at the same time', async () => {
    const fhir = open();
    fhir.beforeTransaction(async () => {
      await take(fhir);
    });
    expect(await take(fhir)).toBe('created');
    expect(readings(fhir)).toHaveLength(1);
    expect(fhir.all('Patient')).toHaveLength(1);
    expect(fhir.all('Observation')).toHaveLength(3);
  });

  it('leaves nothing behind when the hub fails half-way, and says that a repeat may help', async () => {
    const fhir = open();
    fhir.failWith({ code: 'unreachable', sent: false });
    expect(await take(fhir)).toBe('hub-unreachable');
    fhir.failWith(undefined);
    expect(fhir.writes()).toBe(0);
    expect(await take(fhir)).toBe('created');
  });

  it('looks again when the reading was written in between', async () => {
    const fhir = open();
    await take(fhir);
    fhir.beforeTransaction(async () => setState(fhir, { state: 'ready', imagesCompleteAt: clock.now() }));
    expect(await take(fhir, { control: 'change', priority: 'stat' })).toBe('changed');
    expect(theReading(fhir)).toMatchObject({ state: 'ready', priority: 'stat' });
  });
});

describe('a changed order', () => {
  it('moves priority and due time, and keeps the images', async () => {
    const fhir = open();
    await take(fhir, { priority: 'routine' });
    const images = {
      state: 'ready',
      imagesCompleteAt: clock.now(),
      studyInstanceUids: ['1.2.3' as StudyInstanceUid],
    } as const;
    await setState(fhir, images);
    expect(await take(fhir, { control: 'change', priority: 'stroke' })).toBe('changed');
    expect(theReading(fhir)).toMatchObject({ ...images, priority: 'stroke', dueAt: clock.now() + 12 * 60_000 });
  });

  it('ends a doubt about its priority with a clear word, and keeps that the patient waits', async () => {
    const fhir = open();
    await take(fhir, { priority: 'urgent', unclearPriority: 'P4', patientWaiting: true });
    expect(readings(fhir)[0]).toMatchObject({ unclearPriority: 'P4', patientWaiting: true });
    await take(fhir, { control: 'change', priority: 'stat' });
    expect(readings(fhir)[0]).toMatchObject({ priority: 'stat', patientWaiting: true });
    expect(readings(fhir)[0]).not.toHaveProperty('unclearPriority');
  });

  it('withdraws what it says otherwise, and nothing else', async () => {
    const fhir = open();
    await take(fhir);
    const notes = [
      { kind: 'reason', label: 'Reason for exam', text: 'Right arm weakness', source: 'HL7 order' },
    ] as const;
    await take(fhir, { control: 'change', reason: 'Right arm weakness', notes });
    const facts = await readNotes(fhir, theReading(fhir));
    expect(facts.filter((fact) => fact.kind === 'reason').map((fact) => fact.text)).toEqual(['Right arm weakness']);
    expect(facts.map((fact) => fact.kind)).toEqual(['reason', 'allergy', 'lab', 'technologist-note']);
    expect(fhir.all<Observation>('Observation').filter((each) => each.status === 'entered-in-error')).toHaveLength(1);
  });

  it('for an order that is not here is a new one: nothing is lost', async () => {
    const fhir = open();
    expect(await take(fhir, { control: 'change' })).toBe('created');
  });

  it('does not touch a signed reading', async () => {
    const fhir = open();
    await take(fhir);
    await setState(fhir, { state: 'completed' });
    const version = theReading(fhir).version;
    await take(fhir, { control: 'change', priority: 'routine' });
    expect(theReading(fhir)).toMatchObject({ state: 'completed', version });
  });
});

describe('a cancelled order', () => {
  it('takes the reading from the list and keeps what was known of it', async () => {
    const fhir = open();
    await take(fhir);
    expect(await take(fhir, { control: 'cancel', exam: { text: '' }, notes: [] })).toBe('cancelled');
    expect(theReading(fhir)).toMatchObject({
      state: 'cancelled',
      exam: { text: 'CT HEAD' },
      reason: 'Left arm weakness',
    });
    expect(fhir.all<ServiceRequest>('ServiceRequest')[0]?.status).toBe('revoked');
    expect(await take(fhir, { control: 'cancel', exam: { text: '' }, notes: [] })).toBe('unchanged');
  });

  it('is refused when unknown or signed, and does not come back by a late repeat', async () => {
    const fhir = open();
    expect(await take(fhir, { control: 'cancel' })).toBe('unknown-order');
    await take(fhir);
    await setState(fhir, { state: 'completed' });
    expect(await take(fhir, { control: 'cancel' })).toBe('already-signed');
    await setState(fhir, { state: 'cancelled' });
    expect(await take(fhir)).toBe('order-cancelled');
  });
});

describe('numbers', () => {
  it('of one site mean nothing at another', async () => {
    const fhir = open();
    await take(fhir);
    const harbor = { ...site, id: 'harbor' as SiteId, name: 'Harbor Clinic' };
    await takeOrder({ ...order, siteId: harbor.id }, { fhir, site: harbor });
    expect(readings(fhir)).toHaveLength(2);
    expect(fhir.all('Patient')).toHaveLength(2);
  });

  it('with commas and bars stay what they are', async () => {
    const fhir = open();
    const accessionNumber = 'A,1|2$3' as AccessionNumber;
    await take(fhir, { accessionNumber });
    expect(await take(fhir, { accessionNumber })).toBe('unchanged');
    expect(theReading(fhir).accessionNumber).toBe(accessionNumber);
  });

  it('one placer number may stand for several exams', async () => {
    const fhir = open();
    await take(fhir);
    expect(await take(fhir, { accessionNumber: 'A-101' as AccessionNumber })).toBe('created');
    expect(readings(fhir)).toHaveLength(2);
    expect(fhir.all('Patient')).toHaveLength(1);
    expect(fhir.all('AllergyIntolerance')).toHaveLength(1);
  });

  it('an order without accession number is known again by its placer number', async () => {
    const fhir = open();
    const { accessionNumber: _none, ...unnumbered } = order;
    const study = '1.2.840.99.1' as StudyInstanceUid;
    await takeOrder({ ...unnumbered, studyInstanceUid: study }, { fhir, site });
    const again = await takeOrder({ ...unnumbered, studyInstanceUid: study }, { fhir, site });
    expect(again).toMatchObject({ ok: true, value: { kind: 'unchanged' } });
    expect(theReading(fhir).studyInstanceUids).toEqual([study]);
  });
});
