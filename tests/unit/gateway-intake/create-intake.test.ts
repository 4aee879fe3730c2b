import type {
  AllergyIntolerance,
  Binary,
  DiagnosticReport,
  DocumentReference,
  Observation,
  Patient,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import { createIntake } from '#electron/gateway/intake/create-intake.ts';
import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import type { ListenMllp } from '#electron/ports/mllp.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { readNoteDocument, readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryArchive, study } from '#tests/support/memory-archive.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';

const siteNamed = (id: string, orders: Partial<Site['orders']>): Site => ({
  id: id as SiteId,
  name: id.toUpperCase(),
  orders: { unordered: 'ignore', ...orders },
  returns: [],
  turnaroundMinutes: {},
});
const mercy = siteNamed('mercy', { hl7ListenPort: 0 });
const harbor = siteNamed('harbor', { fhirUrl: 'http://harbor.test/fhir' });

function setUp() {
  const { clock, timer, advance } = createManualTime();
  const hub = createMemoryFhir({ clock });
  const siteFhir = createMemoryFhir({ clock });
  const archives = { mercy: createMemoryArchive(), harbor: createMemoryArchive() };
  const senders = new Map<string, (message: Uint8Array) => Promise<Uint8Array>>();
  let closed = 0;
  const listenMllp: ListenMllp = async ({ onMessage }) => {
    const port = 4000 + senders.size;
    senders.set(`${port}`, onMessage);
    return { port, close: async () => void (closed += 1) };
  };
  const intake = createIntake({
    fhir: hub,
    sites: [mercy, harbor],
    clock,
    log: silentLog,
    timer,
    listenMllp,
    archiveOf: (site) => archives[site.id as keyof typeof archives],
    siteFhirOf: () => siteFhir,
  });
  const send = async (port: number, text: string) =>
    new TextDecoder().decode(await senders.get(`${port}`)?.(new TextEncoder().encode(text)));
  const readings = () =>
    hub.all<Task>('Task').map((task) => {
      const reading = readingTaskFromFhir(task);
      if (!reading.ok) throw new Error(reading.error.reason);
      return reading.value;
    });
  async function orderAtHarbor(change: Partial<ServiceRequest> = {}) {
    const patient = await siteFhir.create<Patient>({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:x', value: '88' }],
      name: [{ family: 'Roe', given: ['Richard'] }],
      gender: 'male',
    });
    await siteFhir.create<AllergyIntolerance>({
      resourceType: 'AllergyIntolerance',
      patient: { reference: `Patient/${patient.id}` },
      code: { text: 'Latex' },
    });
    return siteFhir.create<ServiceRequest>({
      resourceType: 'ServiceRequest',
      identifier: [{ type: { coding: [{ code: 'ACSN' }] }, value: 'H-1' }],
      status: 'active',
      intent: 'order',
      priority: 'stat',
      code: { text: 'XR WRIST LEFT' },
      subject: { reference: `Patient/${patient.id}` },
      reasonCode: [{ text: 'Fell' }],
      ...change,
    });
  }
  return { intake, hub, siteFhir, archives, send, readings, advance, orderAtHarbor, clock, closed: () => closed };
}

describe('the gateway’s intake', () => {
  it('takes an order over HL7 and makes it ready when its images stand still', async () => {
    const { intake, archives, send, readings, advance } = setUp();
    const { hl7Ports } = await intake.start();
    const order = 'MSH|^~\\&|R|M|||||ORM^O01|1|P|2.3\rPID|||4711||Doe^Jane\rORC|NW|P|A-1\rOBR|1|P|A-1|^CT HEAD\r';
    expect(await send(hl7Ports[mercy.id] ?? 0, order)).toContain('MSA|AA|1');
    archives.mercy.put(study('1.2.3', { accession: 'A-1' }));
    await advance(10_000);
    expect(readings()).toMatchObject([{ siteId: 'mercy', state: 'ready' }]);
    await intake.stop();
  });

  it('takes the orders of a FHIR server, each version once', async () => {
    const { intake, hub, siteFhir, readings, advance, orderAtHarbor } = setUp();
    await intake.start();
    const request = await orderAtHarbor();
    await advance(4000);
    expect(readings()).toMatchObject([
      {
        siteId: 'harbor',
        accessionNumber: 'H-1',
        patient: { mrn: '88', name: 'Roe^Richard', sex: 'M' },
        exam: { text: 'XR WRIST LEFT', modality: 'DX', bodyPart: 'WRIST', laterality: 'left' },
        priority: 'stat',
        reason: 'Fell',
      },
    ]);
    const [reading] = readings();
    if (reading === undefined) throw new Error('no reading');
    expect((await readNotes(hub, reading)).map(({ kind, label, source }) => [kind, label, source])).toEqual([
      ['reason', 'Reason for exam', 'Site FHIR'],
      ['allergy', 'Latex', 'Site FHIR'],
    ]);
    const writes = hub.writes();
    await advance(30_000);
    expect(hub.writes()).toBe(writes);
    await siteFhir.update({ ...request, status: 'revoked' });
    await advance(4000);
    expect(readings()).toMatchObject([{ state: 'cancelled' }]);
    await intake.stop();
  });

  it('keeps a request that it cannot take, and leaves drafts alone', async () => {
    const { intake, hub, readings, advance, orderAtHarbor } = setUp();
    await intake.start();
    await orderAtHarbor({ status: 'draft' });
    await orderAtHarbor({ code: {} });
    await advance(4000);
    expect(readings()).toEqual([]);
    expect(await readIntakeProblems(hub)).toMatchObject([{ siteName: 'HARBOR', code: 'no-exam' }]);
    await intake.stop();
  });

  it('keeps a letter in PDF where the reader of its case, and of no other, can have it drawn', async () => {
    const { intake, hub, siteFhir, send, readings, advance, orderAtHarbor } = setUp();
    const { hl7Ports } = await intake.start();
    const data = Buffer.from('%PDF-1.4 letter').toString('base64');
    const request = await orderAtHarbor();
    await siteFhir.create<Binary>({ resourceType: 'Binary', id: 'b1', contentType: 'application/pdf', data });
    const [binary] = siteFhir.all<Binary>('Binary');
    await siteFhir.create<DocumentReference>({
      resourceType: 'DocumentReference',
      status: 'current',
      subject: request.subject,
      type: { text: 'Referral' },
      content: [{ attachment: { contentType: 'application/pdf', url: `Binary/${binary?.id}` } }],
    });
    const report =
      'MSH|^~\\&|RIS|M|||||ORU^R01|8|P|2.3\rPID|||4711||Doe^Jane\rOBR|1||OLD-1|^MR BRAIN|||20250301\r' +
      `OBX|1|ED|^Report||^application^pdf^Base64^${data}||||||F`;
    expect(await send(hl7Ports[mercy.id] ?? 0, report)).toContain('MSA|AA');
    await advance(4000);
    const [reading] = readings();
    if (reading === undefined) throw new Error('no reading');
    const letter = (await readNotes(hub, reading)).find(({ kind }) => kind === 'document');
    expect(letter).toMatchObject({
      label: 'Referral',
      source: 'Site FHIR',
      picture: { contentType: 'application/pdf' },
    });
    expect(letter?.picture?.data).toBeUndefined();
    expect(await readNoteDocument(hub, reading, letter?.picture?.of ?? '')).toEqual({
      contentType: 'application/pdf',
      data,
    });
    const others = hub.all<DiagnosticReport>('DiagnosticReport').map(({ id }) => `DiagnosticReport/${id}`);
    const foreign = others.find((each) => each !== letter?.picture?.of) ?? '';
    expect(foreign).not.toBe('');
    expect(await readNoteDocument(hub, reading, foreign)).toBeUndefined();
    await intake.stop();
  });

  it('is not held up by one order whose record the site does not give: the others are taken, and a person sees that one', async () => {
    const { intake, hub, siteFhir, readings, advance, orderAtHarbor } = setUp();
    await intake.start();
    const broken = await orderAtHarbor({ identifier: [{ value: 'H-1' }] });
    const sound = await orderAtHarbor({ identifier: [{ type: { coding: [{ code: 'ACSN' }] }, value: 'H-2' }] });
    const { read } = siteFhir;
    const silent = broken.subject.reference?.replace('Patient/', '');
    siteFhir.read = async (type, id) => {
      if (type === 'Patient' && id === silent) throw new FhirError({ code: 'unreachable', sent: true });
      return read(type, id);
    };
    await advance(5000);
    expect(sound.id).toBeDefined();
    expect(readings()).toMatchObject([{ accessionNumber: 'H-2' }]);
    await advance(60_000);
    expect(await readIntakeProblems(hub)).toMatchObject([{ siteName: 'HARBOR', code: 'record-not-given' }]);
    expect(intake.troubles()).toEqual([]);
    await intake.stop();
  });

  it('takes the order of a record whose members are not what FHIR says, and tells which', async () => {
    const { intake, hub, siteFhir, readings, advance, orderAtHarbor } = setUp();
    await intake.start();
    const request = await orderAtHarbor();
    const broken = { resourceType: 'Observation', status: 'final', code: 'Creatinine', subject: request.subject };
    await siteFhir.create(broken as unknown as Observation);
    await orderAtHarbor({ subject: 'nobody' as unknown as ServiceRequest['subject'] });
    await advance(5000);
    const [reading, ...others] = readings();
    if (reading === undefined || others.length > 0) throw new Error('expected one reading');
    expect((await readNotes(hub, reading)).map(({ label, text }) => `${label}: ${text}`)).toContain(
      'Not readable: Observation: code is not as FHIR R4 says',
    );
    expect(await readIntakeProblems(hub)).toMatchObject([{ code: 'unreadable' }]);
    await intake.stop();
  });

  it('takes an order that came while the hub was away, once it is back', async () => {
    const { intake, hub, readings, advance, orderAtHarbor } = setUp();
    await intake.start();
    hub.failWith({ code: 'unreachable', sent: false });
    await orderAtHarbor();
    await advance(60_000);
    expect(intake.troubles().length).toBeGreaterThan(0);
    hub.failWith(undefined);
    await advance(5 * 60_000);
    expect(readings()).toHaveLength(1);
    expect(intake.troubles()).toEqual([]);
    await intake.stop();
  });

  it('tells which site is in trouble, asks it less and less often, and serves the others', async () => {
    const { intake, archives, readings, advance, orderAtHarbor } = setUp();
    archives.mercy.failWith('unreachable');
    await intake.start();
    await orderAtHarbor();
    archives.harbor.put(study('1.2.4', { accession: 'H-1', patientId: '88' }));
    await advance(20_000);
    expect(intake.troubles()).toEqual([{ siteName: 'MERCY', code: 'unreachable' }]);
    expect(readings()).toMatchObject([{ siteId: 'harbor', state: 'ready' }]);
    archives.mercy.failWith(undefined);
    const asked = archives.mercy.queries().length;
    await advance(11 * 60_000);
    expect(archives.mercy.queries().length).toBeGreaterThan(asked);
    expect(intake.troubles()).toEqual([]);
    await intake.stop();
  });

  it('closes its ports and looks no more when stopped', async () => {
    const { intake, archives, advance, closed } = setUp();
    await intake.start();
    await intake.stop();
    const asked = archives.mercy.queries().length;
    await advance(60_000);
    expect(archives.mercy.queries()).toHaveLength(asked);
    expect(closed()).toBe(1);
  });
});

describe('whatever bytes a sender sends', () => {
  it('are answered, never with an exception, and what is refused is kept', async () => {
    const { hub, clock } = setUp();
    const reception = { fhir: hub, clock, log: silentLog, nextControlId: () => 'A' };
    const pieces = fc.constantFrom(
      'MSH|^~\\&|',
      'ORM^O01',
      '\r',
      'PID|||1~~^^',
      'ORC|NW|',
      'OBR|1|P|A|^CT',
      '|',
      '^',
      '\\X',
      'OBX|1|NM|',
      '\u0000',
      'é',
      '""',
      'AL1',
      'ADT^A08',
      'ORU^R01',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 25 }).map((parts) => new TextEncoder().encode(parts.join(''))),
      fc
        .array(pieces, { maxLength: 25 })
        .map((parts) => new TextEncoder().encode(`MSH|^~\\&|||||||ORM^O01|1|P|2.3\r${parts.join('')}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (message) => {
        const answer = new TextDecoder().decode(await answerHl7(message, mercy, reception));
        expect(answer).toMatch(/\rMSA\|(AA|AR|CA|CR)/);
      }),
      { numRuns: 300 },
    );
    expect((await readIntakeProblems(hub)).filter((problem) => problem.code === 'internal')).toEqual([]);
  });
});
