import type { DiagnosticReport, ImagingStudy, Patient, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import { takeOrder } from '#electron/gateway/intake/take-order.ts';
import { takeResult } from '#electron/gateway/intake/take-result.ts';
import { createStudyWatch } from '#electron/gateway/study-watch/create-study-watch.ts';
import type { AccessionNumber, SiteId } from '#shared/domain/identifiers.ts';
import { doubtsAbout } from '#shared/domain/reading-doubts.ts';
import type { IncomingOrder } from '#shared/domain/order.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryArchive, study } from '#tests/support/memory-archive.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';

function setUp(change: Partial<Site['orders']> = {}) {
  const time = createManualTime();
  const { clock } = time;
  const fhir = createMemoryFhir({ clock });
  const archive = createMemoryArchive();
  const site: Site = {
    id: 'mercy' as SiteId,
    name: 'Mercy General',
    orders: { hl7ListenPort: 0, unordered: 'ignore', ...change },
    returns: [],
    turnaroundMinutes: {},
  };
  const watch = createStudyWatch({ site, archive, fhir, clock, log: silentLog });
  const order: IncomingOrder = {
    siteId: site.id,
    channel: 'hl7',
    control: 'new',
    accessionNumber: 'A-1' as AccessionNumber,
    patient: { mrn: '4711', name: 'Doe^Jane', sex: 'F' },
    exam: { text: 'CT HEAD' },
    priority: 'stroke',
    orderedAt: clock.now(),
    notes: [],
  };
  const readings = () =>
    fhir.all<Task>('Task').map((task) => {
      const reading = readingTaskFromFhir(task);
      if (!reading.ok) throw new Error(reading.error.reason);
      return reading.value;
    });
  return {
    ...time,
    fhir,
    archive,
    site,
    watch,
    order,
    readings,
    take: (change: Partial<IncomingOrder> = {}) => takeOrder({ ...order, ...change }, { fhir, site }),
    reading: (): ReadingTask => {
      const [first, ...others] = readings();
      if (first === undefined || others.length > 0) throw new Error(`expected one reading, not ${others.length + 1}`);
      return first;
    },
    async lookFor(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        expect(await watch.look()).toEqual({ ok: true });
        await time.advance(1000);
      }
      expect(await watch.look()).toEqual({ ok: true });
    },
  };
}

describe('an ordered study', () => {
  it('makes its reading ready once its images have stood still for five seconds', async () => {
    const { take, archive, lookFor, reading, clock } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 5 }));
    await lookFor(4);
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 30 }));
    await lookFor(4);
    expect(reading().state).toBe('ordered');
    await lookFor(1);
    expect(reading()).toMatchObject({
      state: 'ready',
      studyInstanceUids: ['1.2.3'],
      instanceCount: 30,
      imagesCompleteAt: clock.now(),
      dueAt: clock.now() + 15 * 60_000,
      exam: { text: 'CT HEAD', modality: 'CT' },
    });
  });

  it('adds what its headers say of the exam, and lets a later dose take the place of an earlier one', async () => {
    const { take, archive, lookFor, reading, fhir } = setUp();
    await take({ reason: 'Headache' });
    const header = (dose: number) => ({
      '00080020': { vr: 'DA', Value: ['20261121'] },
      '00280010': { vr: 'US', Value: [512] },
      '00181030': { vr: 'LO', Value: ['Head routine'] },
      '00321030': { vr: 'LO', Value: ['headache'] },
      '00189345': { vr: 'FD', Value: [dose] },
    });
    archive.put(study('1.2.3', { accession: 'A-1' }), header(10));
    await lookFor(5);
    const told = async () =>
      (await readNotes(fhir, reading())).map(({ kind, text, source, at }) => `${kind} ${text} ${source} ${at ?? ''}`);
    const at = Date.UTC(2026, 10, 21);
    expect(await told()).toEqual([`protocol Head routine DICOM header ${at}`, `dose 10 mGy DICOM header ${at}`]);
    const writes = fhir.writes();
    await lookFor(5);
    expect(fhir.writes()).toBe(writes);
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 11 }), header(10), header(12));
    await lookFor(5);
    expect(await told()).toEqual([`protocol Head routine DICOM header ${at}`, `dose 12 mGy DICOM header ${at}`]);
  });

  it('has the site’s FHIR server asked too: a study found is a prior, a report found stands in the notes', async () => {
    const { take, archive, site, clock, fhir, advance, reading } = setUp();
    await take({ reason: 'Compare with CT of 3/2024' });
    const siteFhir = createMemoryFhir({ clock });
    const patient = await siteFhir.create<Patient>({ resourceType: 'Patient', identifier: [{ value: '4711' }] });
    const subject = { reference: `Patient/${patient.id}` };
    await siteFhir.create<ImagingStudy>({
      resourceType: 'ImagingStudy',
      status: 'available',
      subject,
      identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.8' }],
      started: '2024-03-12',
      description: 'CT BRAIN',
      modality: [{ code: 'CT' }],
    });
    await siteFhir.create<DiagnosticReport>({
      resourceType: 'DiagnosticReport',
      status: 'final',
      subject,
      code: { text: 'CT BRAIN' },
      effectiveDateTime: '2024-03-12',
      conclusion: 'No mass.',
      imagingStudy: [{ identifier: { system: 'urn:dicom:uid', value: 'urn:oid:1.2.8' } }],
    });
    // The store of these tests knows no dates.
    const { search } = siteFhir;
    siteFhir.search = async (type, { started: _started, date: _date, ...params }) => search(type, params);
    const watch = createStudyWatch({ site, archive, fhir, clock, log: silentLog, siteFhir });
    archive.put(study('1.2.3', { accession: 'A-1' }));
    for (let second = 0; second < 6; second += 1) {
      expect(await watch.look()).toEqual({ ok: true });
      await advance(1000);
    }
    expect(reading().priors).toMatchObject([{ studyInstanceUid: '1.2.8', date: '2024-03-12', hasReport: true }]);
    expect((await readNotes(fhir, reading())).filter(({ kind }) => kind === 'prior-report')).toMatchObject([
      { text: 'No mass.', source: 'Site FHIR' },
    ]);
  });

  it('may be there before its order', async () => {
    const { take, archive, lookFor, reading } = setUp();
    archive.put(study('1.2.3', { accession: 'A-1' }));
    await lookFor(10);
    await take();
    await lookFor(0);
    expect(reading().state).toBe('ready');
  });

  it('is found by its UID where the images carry no accession number, and by its number however old', async () => {
    const { take, archive, lookFor, readings } = setUp();
    await take({ studyInstanceUid: study('1.2.9').studyInstanceUid });
    await take({ accessionNumber: 'A-2' as AccessionNumber });
    archive.put(study('1.2.9'));
    archive.put(study('1.2.10', { accession: 'A-2', studyDate: '20200101' }));
    await lookFor(5);
    expect(readings().map(({ state, studyInstanceUids }) => [state, ...studyInstanceUids])).toEqual([
      ['ready', '1.2.9'],
      ['ready', '1.2.10'],
    ]);
  });

  it('of two studies counts both', async () => {
    const { take, archive, lookFor, reading } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 3 }));
    archive.put(study('1.2.4', { accession: 'A-1', instanceCount: 4 }));
    await lookFor(6);
    expect(reading()).toMatchObject({ instanceCount: 7, studyInstanceUids: ['1.2.3', '1.2.4'] });
  });

  it('of another patient is not attached, and a person learns of it', async () => {
    const { take, archive, lookFor, reading, fhir, clock } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1', patientId: '9999' }));
    await lookFor(10);
    expect(reading().state).toBe('ordered');
    expect(await readIntakeProblems(fhir)).toMatchObject([{ code: 'patient-mismatch', siteName: 'Mercy General' }]);
    expect(doubtsAbout(reading(), clock.now()).join()).toContain('images under its number are of another patient');
  });

  it.each([
    ['another birth date', { birthDate: '1952-03-05' }, 'birth date'],
    ['another name', { patientName: 'Roe^Jane', birthDate: '1952-03-04' }, 'name'],
    ['another sex', { sex: 'M' }, 'sex'],
    ['another number of one who is else the same', { patientId: '9999', birthDate: '1952-03-04' }, 'patient id'],
  ] as const)('with %s is attached to be decided about, and the list says so', async (_what, facts, word) => {
    const { take, order, archive, lookFor, reading, clock } = setUp();
    await take({ patient: { ...order.patient, birthDate: '1952-03-04' } });
    archive.put(study('1.2.3', { accession: 'A-1', ...facts }));
    await lookFor(6);
    expect(reading()).toMatchObject({ state: 'ready', studyInstanceUids: ['1.2.3'] });
    expect(doubtsAbout(reading(), clock.now()).join()).toContain(`do not name the same patient (${word})`);
  });

  it('written in another way is the same patient’s, and nothing is said', async () => {
    const { take, order, archive, lookFor, reading, clock } = setUp();
    await take({ patient: { ...order.patient, birthDate: '1952-03-04' } });
    archive.put(study('1.2.3', { accession: 'A-1', patientName: 'DOE^JANE^M', patientId: '004711', sex: 'O' }));
    await lookFor(6);
    expect(reading().imagedPersons).toBeUndefined();
    expect(doubtsAbout(reading(), clock.now()).join()).not.toContain('patient');
  });

  it('writes the hub once, then leaves it alone; late images raise the count but not the clock', async () => {
    const { take, archive, lookFor, reading, fhir } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1' }));
    await lookFor(6);
    const { dueAt } = reading();
    const writes = fhir.writes();
    await lookFor(10);
    expect(fhir.writes()).toBe(writes);
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 12 }));
    await lookFor(6);
    expect(reading()).toMatchObject({ instanceCount: 12, dueAt });
  });

  it('is left to the reader who holds it', async () => {
    const { take, archive, lookFor, reading, fhir } = setUp({ unordered: 'create' });
    await take();
    archive.put(study('1.2.3', { accession: 'A-1' }));
    await lookFor(6);
    const [resource] = fhir.all<Task>('Task');
    await fhir.update(readingTaskToFhir({ ...reading(), state: 'completed' }, resource));
    const { version } = reading();
    archive.put(study('1.2.3', { accession: 'A-1', instanceCount: 99 }));
    await lookFor(70);
    expect(reading()).toMatchObject({ version, state: 'completed' });
  });
});

describe('an algorithm’s objects in the study', () => {
  const coded = (value: string, meaning: string) => ({
    vr: 'SQ',
    Value: [{ '00080100': { vr: 'SH', Value: [value] }, '00080104': { vr: 'LO', Value: [meaning] } }],
  });
  const report = {
    '0040A730': {
      vr: 'SQ',
      Value: [
        { '0040A043': coded('111001', 'Algorithm Name'), '0040A160': { vr: 'UT', Value: ['Triage'] } },
        { '0040A043': coded('121071', 'Finding'), '0040A168': coded('1386000', 'Intracranial hemorrhage') },
      ],
    },
  };

  it('comes onto the reading when its images are complete, once', async () => {
    const { take, archive, lookFor, reading } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1', modalities: ['CT', 'SR'] }), report);
    await lookFor(6);
    archive.put(study('1.2.3', { accession: 'A-1', modalities: ['CT', 'SR'], instanceCount: 12 }), report);
    await lookFor(6);
    expect(reading()).toMatchObject({
      state: 'ready',
      aiResults: [{ finding: 'Intracranial hemorrhage', algorithm: 'Triage' }],
    });
  });

  it('are read from secondary captures too, the same words on several of them as one', async () => {
    const { take, archive, lookFor, reading } = setUp();
    await take();
    const capture = {
      '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.7'] },
      '00081090': { vr: 'LO', Value: ['Stroke AI'] },
      '0008103E': { vr: 'LO', Value: ['LVO suspected'] },
    };
    archive.put(study('1.2.3', { accession: 'A-1', modalities: ['CT', 'OT'] }), capture, capture);
    await lookFor(6);
    expect(reading().aiResults).toEqual([{ finding: 'LVO suspected', algorithm: 'Stroke AI' }]);
  });
});

describe('priors', () => {
  it('are the earlier studies of the patient at the site, and the reports known of them', async () => {
    const { take, archive, lookFor, reading, fhir, site, order } = setUp();
    await take();
    const patient = order.patient;
    const fact = { kind: 'prior-report', label: 'MR BRAIN', text: 'Normal.', source: 'HL7 result' } as const;
    await takeResult({ kind: 'prior-report', patient, facts: [{ ...fact, studyInstanceUid: '1.1.1' }] }, site, fhir);
    const at = Date.UTC(2019, 4, 2) as never;
    await takeResult({ kind: 'prior-report', patient, facts: [{ ...fact, label: 'CT ABDOMEN', at }] }, site, fhir);
    archive.put(study('1.2.3', { accession: 'A-1' }));
    archive.put(study('1.1.1', { studyDate: '20250301', description: 'MR BRAIN', modalities: ['SR', 'MR'] }));
    archive.put(study('1.1.2', { studyDate: '20261224', description: 'LATER' }));
    archive.put(study('1.1.3', { studyDate: '20240101', patientId: '4712' }));
    await lookFor(6);
    expect(reading().priors).toEqual([
      { studyInstanceUid: '1.1.1', description: 'MR BRAIN', modality: 'MR', date: '2025-03-01', hasReport: true },
      { description: 'CT ABDOMEN', modality: 'CT', date: '2019-05-02', hasReport: true },
    ]);
  });

  it('take on a report that comes while the reading waits', async () => {
    const { take, archive, lookFor, reading, fhir, site, order } = setUp();
    await take();
    archive.put(study('1.2.3', { accession: 'A-1' }));
    archive.put(study('1.1.1', { studyDate: '20250301', description: 'MR BRAIN', modalities: ['MR'] }));
    await lookFor(6);
    expect(reading().priors).toMatchObject([{ hasReport: false }]);
    const facts = [
      { kind: 'prior-report', label: 'MR', text: 'Normal.', source: 'x', studyInstanceUid: '1.1.1' },
    ] as const;
    await takeResult({ kind: 'prior-report', patient: order.patient, facts }, site, fhir);
    expect(reading().priors).toMatchObject([{ hasReport: true }]);
  });
});

describe('a study that nobody ordered', () => {
  const headers = {
    '00180015': { vr: 'CS', Value: ['HEAD'] },
    '00080090': { vr: 'PN', Value: [{ Alphabetic: 'House^Gregory' }] },
    '001021B0': { vr: 'LT', Value: ['Fell from a ladder'] },
    '00102110': { vr: 'LO', Value: ['Penicillin'] },
  };

  it('becomes a reading after a quiet minute, with what its headers say', async () => {
    const { archive, lookFor, readings, reading, fhir } = setUp({ unordered: 'create' });
    archive.put(study('1.2.3', { accession: 'A-7', patientName: 'Roe^Richard', sex: 'M' }), headers);
    await lookFor(59);
    expect(readings()).toEqual([]);
    await lookFor(1);
    expect(reading()).toMatchObject({
      state: 'ready',
      priority: 'routine',
      accessionNumber: 'A-7',
      patient: { mrn: '4711', name: 'Roe^Richard', sex: 'M' },
      exam: { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD', contrast: false },
      orderedBy: 'House^Gregory',
      instanceCount: 10,
    });
    expect(reading().serviceRequestId).toBeUndefined();
    expect((await readNotes(fhir, reading())).map(({ kind, text }) => [kind, text])).toEqual([
      ['history', 'Fell from a ladder'],
      ['allergy', 'Penicillin'],
    ]);
    const writes = fhir.writes();
    await lookFor(70);
    expect(fhir.writes()).toBe(writes);
  });

  it('takes on its order when that comes at last', async () => {
    const { archive, lookFor, reading, take, clock } = setUp({ unordered: 'create' });
    archive.put(study('1.2.3', { accession: 'A-1' }), headers);
    await lookFor(60);
    const completeAt = clock.now();
    await take();
    expect(reading()).toMatchObject({ state: 'ready', priority: 'stroke', dueAt: completeAt + 15 * 60_000 });
    expect(reading().serviceRequestId).toBeDefined();
  });

  it('is left alone where the site says so', async () => {
    const { archive, lookFor, readings } = setUp({ unordered: 'ignore' });
    archive.put(study('1.2.3'));
    await lookFor(70);
    expect(readings()).toEqual([]);
  });

  it('that shares its number with another patient’s becomes a reading of its own', async () => {
    const { archive, lookFor, readings, fhir } = setUp({ unordered: 'create' });
    archive.put(study('1.2.3', { accession: 'A-1', patientId: 'P-1' }), headers);
    archive.put(study('4.5.6', { accession: 'A-1', patientId: 'P-2' }), headers);
    await lookFor(62);
    expect(
      readings()
        .toSorted((left, right) => left.patient.mrn.localeCompare(right.patient.mrn))
        .map(({ patient, studyInstanceUids, state }) => [patient.mrn, studyInstanceUids, state]),
    ).toEqual([
      ['P-1', ['1.2.3'], 'ready'],
      ['P-2', ['4.5.6'], 'ready'],
    ]);
    const writes = fhir.writes();
    await lookFor(70);
    expect(fhir.writes()).toBe(writes);
  });

  it('is of any age, and waits for no order, where a site is a folder', async () => {
    const time = createManualTime();
    const fhir = createMemoryFhir(time);
    const archive = createMemoryArchive();
    const site: Site = {
      id: 'disc' as SiteId,
      name: 'Disc',
      orders: { unordered: 'create' },
      returns: [],
      turnaroundMinutes: {},
    };
    const watch = createStudyWatch({ site, archive, fhir, clock: time.clock, log: silentLog });
    archive.put(study('1.2.3', { studyDate: '20040101' }));
    expect(await watch.look()).toEqual({ ok: true });
    await time.advance(5000);
    expect(await watch.look()).toEqual({ ok: true });
    expect(fhir.all('Task')).toHaveLength(1);
  });
});

describe('an archive in trouble', () => {
  it('is told by a word and looked at again', async () => {
    const { archive, watch, fhir } = setUp();
    archive.failWith('unauthorised');
    expect(await watch.look()).toEqual({ ok: false, code: 'unauthorised' });
    archive.failWith(undefined);
    fhir.failWith({ code: 'unreachable', sent: false });
    expect(await watch.look()).toEqual({ ok: false, code: 'hub-unreachable' });
    fhir.failWith(undefined);
    expect(await watch.look()).toEqual({ ok: true });
  });
});
