import type { DiagnosticReport, Patient } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AuditFacts } from '#shared/domain/audit-entry.ts';
import type { PatientId, StudyInstanceUid, TaskId } from '#shared/domain/identifiers.ts';
import { patientToFhir } from '#shared/fhir/patient-to-fhir.ts';
import { createFakeArchive, fakeSeries } from '#tests/support/fake-archive.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const OWN = '1.2.1.97';
const PRIOR = '1.2.50';
const ELSEWHERE = '1.2.60';
const person = { mrn: 'M-a', name: 'Doe^Jane', sex: 'F', birthDate: '1952-03-04' } as const;
const traits = { numbers: [{ kind: 'personal', issuer: 'urn:overread:issuer:US', value: '123-45-6780' }] } as const;

let rig: WorkstationRig;
let recorded: AuditFacts[];
let taskId: TaskId;
let reportId: string;

beforeEach(async () => {
  recorded = [];
  const [own, other] = [createFakeArchive(), createFakeArchive()];
  rig = await workstationRig({
    audit: { record: (facts) => void recorded.push(facts) },
    archiveOf: (siteId) => (siteId === 'mercy' ? own : other),
  });
  for (const uid of [OWN, PRIOR]) own.add(...fakeSeries(uid, `${uid}.1`, 2));
  other.add(...fakeSeries(ELSEWHERE, `${ELSEWHERE}.1`, 2));
  other.searchStudies = async () => [
    {
      studyInstanceUid: ELSEWHERE as StudyInstanceUid,
      patientId: 'L-7',
      patientName: 'DOE^JANE',
      sex: 'F',
      description: 'CT HEAD',
      modalities: ['CT'],
    },
  ];
  const patient = await rig.fhir.create<Patient>(patientToFhir({ ...person, traits }, 'mercy', 'Mercy General'));
  await rig.fhir.create<Patient>(patientToFhir({ ...person, mrn: 'L-7', traits }, 'lex', 'Lexington'));
  const report = await rig.fhir.create<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    status: 'final',
    meta: { tag: [{ system: 'urn:overread:note-kind', code: 'document' }] },
    code: { text: 'Letter' },
    subject: { reference: `Patient/${patient.id ?? ''}` },
    presentedForm: [{ contentType: 'application/pdf', data: Buffer.from('%PDF-1.7').toString('base64') }],
  });
  reportId = report.id ?? '';
  const base = readingTask('a');
  const priors = [{ studyInstanceUid: PRIOR as StudyInstanceUid, description: 'CT head', hasReport: false }];
  const held = await rig.put({ ...base, priors, patient: { ...base.patient, id: (patient.id ?? '') as PatientId } });
  taskId = held.id;
});
afterEach(() => rig.close());

/** What was written down by doing this, without what opening the case before it was. */
async function told(view: () => Promise<unknown>): Promise<readonly AuditFacts[]> {
  await rig.call('openCase', { taskId, readOnly: false });
  recorded.length = 0;
  await view();
  return recorded;
}
const bytesOf = async (path: string) => {
  const answer = await rig.get(path);
  await answer.arrayBuffer();
  return answer.status;
};

describe('every view of a case leaves its entry in the audit chain', () => {
  it('the case and its notes, opened to read', async () => {
    await rig.call('openCase', { taskId, readOnly: false });
    expect(recorded).toContainEqual({ act: 'case.opened', taskId, siteId: 'mercy' });
    expect(recorded).toContainEqual({ act: 'notes.read', taskId, siteId: 'mercy', count: 1 });
  });

  it('the case and its notes, opened only to look', async () => {
    await rig.call('openCase', { taskId, readOnly: true });
    expect(recorded).toContainEqual({ act: 'case.looked-at', taskId, siteId: 'mercy' });
    expect(recorded).toContainEqual(expect.objectContaining({ act: 'notes.read', taskId }));
  });

  it('a case that was refused', async () => {
    await rig.write({ ...(await rig.onHub(taskId)), state: 'cancelled' });
    await rig.call('openCase', { taskId, readOnly: false });
    expect(recorded).toEqual([{ act: 'case.opened', outcome: 'refused', code: 'order-closed', taskId }]);
  });

  it('its images', async () => {
    const entries = await told(async () => expect(await bytesOf(`/pixels/${OWN}/${OWN}.1`)).toBe(200));
    expect(entries).toContainEqual({ act: 'study.viewed', siteId: 'mercy', studyInstanceUid: OWN });
  });

  it('an object of the study that is no image: a recording, an overlay, a report of the scanner', async () => {
    const path = `/dicomweb/studies/${OWN}/series/${OWN}.1/instances/${OWN}.1.1/metadata`;
    const entries = await told(async () => expect(await bytesOf(path)).toBe(200));
    expect(entries).toContainEqual({ act: 'study.viewed', siteId: 'mercy', studyInstanceUid: OWN });
  });

  it('the headers of a study', async () => {
    const entries = await told(async () => expect(await bytesOf(`/dicomweb/studies/${OWN}/metadata`)).toBe(200));
    expect(entries).toContainEqual({ act: 'study.listed', siteId: 'mercy', studyInstanceUid: OWN });
  });

  it('a prior', async () => {
    const entries = await told(async () => expect(await bytesOf(`/pixels/${PRIOR}/${PRIOR}.1`)).toBe(200));
    expect(entries).toContainEqual({ act: 'study.viewed', siteId: 'mercy', studyInstanceUid: PRIOR });
  });

  it('a prior of another site, with that site and why it counts as the patient’s', async () => {
    const entries = await told(async () => {
      await rig.call('decideElsewhere', { taskId, patientId: 'nobody', verdict: 'same', evidence: [] });
      const { case: opened } = await rig.call('openCaseNow', {});
      const [record] = opened?.elsewhere ?? [];
      if (record === undefined) throw new Error('no record elsewhere');
      await rig.call('openCase', { taskId, readOnly: false });
      expect(await bytesOf(`/pixels/${ELSEWHERE}/${ELSEWHERE}.1`)).toBe(200);
    });
    expect(entries).toContainEqual({ act: 'study.viewed', siteId: 'lex', studyInstanceUid: ELSEWHERE });
    expect(recorded.map(({ act }) => act)).toContain('match.decided');
  });

  it('a document on the hub, and one that is not there', async () => {
    const entries = await told(() => rig.call('noteDocument', { taskId, of: `DiagnosticReport/${reportId}` }));
    expect(entries).toEqual([expect.objectContaining({ act: 'notes.read', taskId, outcome: 'done', count: 1 })]);
    const others = await told(() => rig.call('noteDocument', { taskId, of: 'DiagnosticReport/none' }));
    expect(others).toEqual([expect.objectContaining({ act: 'notes.read', outcome: 'refused', code: 'not-found' })]);
  });

  it('a document in the study', async () => {
    const entries = await told(() => rig.call('noteDocument', { taskId, of: `dicom/${OWN}.1.1` }));
    expect(entries).toContainEqual(expect.objectContaining({ act: 'notes.read', taskId, count: 1 }));
  });

  it('what lies outside the order, with the reader’s reason (break-glass)', async () => {
    const reason = 'Unconscious, no history';
    const entries = await told(() => rig.call('notesOutsideOrder', { taskId, reason }));
    expect(entries).toEqual([{ act: 'break-glass.used', taskId, reason, outcome: 'done', code: 'read', count: 0 }]);
  });

  it('the versions of its report', async () => {
    const entries = await told(() => rig.call('reportVersions', { taskId }));
    expect(entries).toEqual([expect.objectContaining({ act: 'report.read', taskId })]);
  });

  it('the same images again, after the case was left and opened anew', async () => {
    await told(() => bytesOf(`/pixels/${OWN}/${OWN}.1`));
    await rig.call('returnToList', { taskId });
    const entries = await told(() => bytesOf(`/pixels/${OWN}/${OWN}.1`));
    expect(entries.filter(({ act }) => act === 'study.viewed')).toHaveLength(1);
  });
});
