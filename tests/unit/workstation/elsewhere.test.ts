import type { DiagnosticReport, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { systemTimer } from '#electron/ports/timer.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { PatientId, SiteId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import { linked } from '#shared/fhir/patient-link.ts';
import { patientToFhir } from '#shared/fhir/patient-to-fhir.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import type { PersonFacts } from '#shared/hl7/person-from-hl7.ts';
import { fakeSeries } from '#tests/support/fake-archive.ts';
import { createMemoryArchive, study } from '#tests/support/memory-archive.ts';
import { createFakeArchive } from '#tests/support/fake-archive.ts';
import { readingTask, reader } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const jane: PersonFacts = { mrn: 'M-a', name: 'Doe^Jane', sex: 'F', birthDate: '1952-03-04' };
const national = { numbers: [{ kind: 'personal', issuer: 'urn:overread:issuer:US', value: '123-45-6780' }] } as const;
const phone = { phones: ['030 5550123'] };

/** Everything is in memory: what is asked for has come within a few turns, on any machine. */
const STEADY = 20;

/** A case at Mercy, and a record of the patient at Lexington with one study and its report. */
async function caseWith({
  here = {},
  there = {},
  as = {},
}: { here?: Partial<PersonFacts>; there?: Partial<PersonFacts>; as?: Partial<Radiologist> } = {}) {
  const recorded: { act: string; code?: string; reason?: string; siteId?: string }[] = [];
  const own = createFakeArchive();
  const other = createMemoryArchive();
  const rig = await workstationRig({
    audit: { record: (entry) => void recorded.push(entry) },
    archiveOf: (siteId) => (siteId === 'mercy' ? own : siteId === 'lex' ? other : undefined),
    reader: reader(as),
    timer: systemTimer,
  });
  own.add(...fakeSeries('1.2.1.97', '1.5', 1));
  other.put(
    study('1.2.9', { patientId: 'L-7', patientName: 'DOE^JANE', birthDate: '1952-03-04', studyDate: '20240301' }),
  );
  other.put(study('1.2.10', { patientId: 'L-8', patientName: 'ROE^RICHARD', sex: 'M', studyDate: '20240301' }));
  const put = (person: PersonFacts, siteId: string, siteName: string) =>
    rig.fhir.create<Patient>(patientToFhir(person, siteId, siteName));
  const home = await put({ ...jane, ...here }, 'mercy', 'Mercy General');
  const away = await put({ ...jane, mrn: 'L-7', ...there }, 'lex', 'Lexington');
  await rig.fhir.create<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    status: 'final',
    identifier: [{ system: 'urn:overread:site:lex:note', value: 'n1' }],
    meta: { tag: [{ system: 'urn:overread:note-kind', code: 'prior-report' }] },
    code: { text: 'CT head' },
    conclusion: 'Old infarct left.',
    subject: { reference: `Patient/${away.id ?? ''}` },
    effectiveDateTime: '2024-03-01T10:00:00Z',
  });
  const base = readingTask('a');
  const { id } = await rig.put({ ...base, patient: { ...base.patient, id: (home.id ?? '') as PatientId } });
  /** As the screen has it once everything that was asked for has come. */
  const open = async (): Promise<OpenCase> => {
    await rig.call('openCase', { taskId: id, readOnly: false });
    return settled();
  };
  const settled = async (): Promise<OpenCase> => {
    let last = '';
    for (let same = 0; ;) {
      const { case: now } = await rig.call('openCaseNow', {});
      if (now === undefined) throw new Error('nothing is open');
      const text = JSON.stringify([now.elsewhere, now.priors]);
      same = text === last ? same + 1 : 0;
      last = text;
      if (same === STEADY) return now;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const decide = async (verdict: 'same' | 'different' | 'taken-back') => {
    const [record] = (await settled()).elsewhere;
    if (record === undefined) throw new Error('no record elsewhere');
    const { patientId, evidence } = record;
    return rig.call('decideElsewhere', { taskId: id, patientId, verdict, evidence });
  };
  return {
    rig,
    id,
    home,
    away,
    open,
    settled,
    decide,
    recorded,
    other,
    own,
    acts: () => recorded.map(({ act, code }) => `${act} ${code ?? ''}`),
  };
}
const lexOf = ({ priors }: OpenCase) => priors.filter(({ at }) => at?.siteId === 'lex');

describe('the same person at another site', () => {
  it('is used where the match is certain, says why, and its priors stand with their site', async () => {
    const { rig, open, recorded } = await caseWith({ here: { traits: national }, there: { traits: national } });
    const opened = await open();
    expect(opened.elsewhere).toMatchObject([
      { siteName: 'Lexington', strength: 'certain', isUsed: true, asked: { outcome: 'answered' } },
    ]);
    expect(opened.elsewhere[0]?.evidence).toContain('same personal number of US');
    expect(lexOf(opened)[0]).toMatchObject({
      studyInstanceUid: '1.2.9',
      date: '2024-03-01',
      at: { siteName: 'Lexington' },
    });
    expect(opened.studies.find(({ studyInstanceUid }) => studyInstanceUid === '1.2.9')?.description).toContain(
      '(Lexington)',
    );
    expect(opened.notes.facts.find(({ text }) => text.includes('Old infarct'))?.source).toContain('Lexington');
    expect(recorded).toContainEqual(expect.objectContaining({ act: 'match.used', siteId: 'lex', code: 'certain' }));
    rig.close();
  });

  it('is only said to be possible otherwise, and nothing of it is asked for before a reader has accepted', async () => {
    const { rig, open, other, settled, decide, acts } = await caseWith({
      here: { traits: phone },
      there: { traits: phone },
    });
    const opened = await open();
    expect(opened.elsewhere).toMatchObject([{ strength: 'probable', isUsed: false }]);
    expect(lexOf(opened)).toEqual([]);
    expect(opened.notes.facts.some(({ text }) => text.includes('Old infarct'))).toBe(false);
    expect(other.queries()).toEqual([]);
    expect(await decide('same')).toEqual({ status: 'decided' });
    const accepted = await settled();
    expect(accepted.elsewhere).toMatchObject([{ isUsed: true, decision: { verdict: 'same', byName: 'Lee^Dana' } }]);
    expect(lexOf(accepted).length).toBeGreaterThan(0);
    expect(acts()).toEqual(expect.arrayContaining(['match.decided same', 'match.used accepted']));
    rig.close();
  });

  it('is taken back by whoever sees that it was wrong: its priors leave, and both are on the record', async () => {
    const { rig, open, settled, decide, acts, home, away } = await caseWith();
    await open();
    await decide('same');
    expect(lexOf(await settled()).length).toBeGreaterThan(0);
    expect(await decide('taken-back')).toEqual({ status: 'decided' });
    const after = await settled();
    expect(after.elsewhere).toMatchObject([{ strength: 'suggested', isUsed: false }]);
    expect(after.elsewhere[0]?.decision).toBeUndefined();
    expect(lexOf(after)).toEqual([]);
    for (const { id = '' } of [home, away])
      expect((await rig.fhir.read<Patient>('Patient', id)).extension).toBeUndefined();
    expect(acts().filter((act) => act.startsWith('match.decided'))).toEqual([
      'match.decided same',
      'match.decided taken-back',
    ]);
    rig.close();
  });

  it('is not used against a reader’s word, be the match certain', async () => {
    const { rig, open, settled, decide } = await caseWith({ here: { traits: national }, there: { traits: national } });
    await open();
    expect(await decide('different')).toEqual({ status: 'decided' });
    const after = await settled();
    expect(after.elsewhere).toMatchObject([{ isUsed: false, decision: { verdict: 'different' } }]);
    expect(lexOf(after)).toEqual([]);
    rig.close();
  });

  it('is decided once for both records, on exactly the evidence that was seen', async () => {
    const { rig, id, open, away } = await caseWith();
    const [record] = (await open()).elsewhere;
    const { patientId = '' } = record ?? {};
    const stale = { taskId: id, patientId, verdict: 'same' as const, evidence: ['same name'] };
    expect(await rig.call('decideElsewhere', stale)).toEqual({ status: 'changed' });
    expect(await rig.call('decideElsewhere', { ...stale, patientId: 'nobody' })).toEqual({ status: 'not-found' });
    await rig.call('decideElsewhere', { ...stale, evidence: record?.evidence ?? [] });
    const decided = await rig.fhir.read<Patient>('Patient', away.id ?? '');
    expect(decided.extension?.map(({ valueString }) => valueString).join()).toContain('"verdict":"same"');
    rig.close();
  });

  it('is never told of where something strong differs', async () => {
    const { rig, open } = await caseWith({ there: { name: 'Doe^Joan' } });
    expect((await open()).elsewhere).toEqual([]);
    rig.close();
  });

  it('is left out as soon as the site says something that cannot be, and the reader is told', async () => {
    const { rig, open, settled, decide, away, id } = await caseWith();
    await open();
    await decide('same');
    await settled();
    const held = await rig.fhir.read<Patient>('Patient', away.id ?? '');
    await rig.fhir.update<Patient>({ ...held, gender: 'male' });
    await rig.call('openCase', { taskId: id, readOnly: true });
    const after = await settled();
    expect(after.elsewhere).toMatchObject([{ strength: 'never', isUsed: false, evidence: ['other sex'] }]);
    expect(lexOf(after)).toEqual([]);
    rig.close();
  });
});

it('leaves what came late of the case itself held up until it was seen', async () => {
  const { rig, id, own, open, decide, settled } = await caseWith();
  const opened = await open();
  await rig.get('/dicomweb/studies/1.2.1.97/metadata').then((metadata) => metadata.text());
  const late = async () => {
    const { complaints } = await rig.call('checkReport', { taskId: id, body: opened.draft.body });
    return complaints.filter(({ code }) => code === 'late-images').length;
  };
  expect(await late()).toBe(0);
  own.add({ study: '1.2.1.97', series: '1.5', sop: '1.5.9', number: 9, frames: ['late'] });
  rig.clock.advance(60_000);
  await rig.workstation.look();
  expect(await late()).toBe(1);
  await decide('same');
  expect(lexOf(await settled()).length).toBeGreaterThan(0);
  expect(await late()).toBe(1);
  await decide('taken-back');
  await settled();
  expect(await late()).toBe(1);
  rig.close();
});

it('stands beside the next case made ready, and is found there, before the case is opened', async () => {
  const { rig, id } = await caseWith({ here: { traits: national }, there: { traits: national } });
  await rig.workstation.look();
  // Notes are sealed on the disk first: it has come when it has come.
  let { case: next } = await rig.call('nextCase', { pointedAt: id });
  while (next?.studies.length !== 2) {
    await new Promise((resolve) => setImmediate(resolve));
    ({ case: next } = await rig.call('nextCase', { pointedAt: id }));
  }
  expect(next?.studies.map(({ studyInstanceUid, role }) => `${role} ${studyInstanceUid}`)).toEqual([
    'current 1.2.1.97',
    'prior 1.2.9',
  ]);
  expect((await rig.get('/dicomweb/studies/1.2.9/metadata')).status).toBe(200);
  const opened = await rig.call('openCase', { taskId: id, readOnly: false });
  expect(opened.status === 'opened' && opened.case.studies).toEqual(next?.studies);
  rig.close();
});

describe('what this reader may not see', () => {
  it.each<[string, Partial<Radiologist>]>([
    ['no privilege at that site', { privileges: [{ siteId: 'mercy' as SiteId, level: 'final' }] }],
    ['no licence for its region', { licences: [{ region: 'US-OH', until: '2030-01-01' }] }],
  ])('stays unsaid: %s', async (_why, as) => {
    const { rig, open, other } = await caseWith({ here: { traits: national }, there: { traits: national }, as });
    const opened = await open();
    expect(opened.elsewhere).toEqual([]);
    expect(lexOf(opened)).toEqual([]);
    expect(other.queries()).toEqual([]);
    rig.close();
  });

  it('does not come in with the notes: an accepted match links no records', async () => {
    const { rig, id, open, decide } = await caseWith();
    await open();
    await decide('same');
    const facts = await readNotes(rig.fhir, await rig.onHub(id));
    expect(facts.some(({ text }) => text.includes('Old infarct'))).toBe(false);
    rig.close();
  });
});

describe('numbers that a site has merged (ADT^A40)', () => {
  it('count for the person: the number given up proves the match, and priors are asked for under both', async () => {
    const { rig, open, away, other } = await caseWith({ here: { traits: national } });
    const given = await rig.fhir.create<Patient>(
      patientToFhir({ ...jane, mrn: 'L-OLD', traits: national }, 'lex', 'Lexington'),
    );
    const joined = linked(away, given, { surviving: away.id ?? '', merged: given.id ?? '' });
    await rig.fhir.update<Patient>(joined.surviving);
    await rig.fhir.update<Patient>(joined.merged);
    other.put(study('1.2.11', { patientId: 'L-OLD', patientName: 'DOE^JANE', studyDate: '20200301' }));
    const opened = await open();
    expect(opened.elsewhere).toMatchObject([{ patientId: away.id, strength: 'certain' }]);
    expect(lexOf(opened).map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(
      expect.arrayContaining(['1.2.9', '1.2.11']),
    );
    rig.close();
  });

  it('of one issuer are the site’s own to merge; of two issuers they are matched as across sites', async () => {
    const record = (issuer: string, value: string) => ({ numbers: [{ kind: 'record' as const, issuer, value }] });
    const { rig, open } = await caseWith({ here: { traits: record('A', 'M-a') }, there: { name: 'Roe^Richard' } });
    for (const [issuer, mrn] of [
      ['A', 'M-b'],
      ['B', 'M-c'],
    ] as const)
      await rig.fhir.create<Patient>(
        patientToFhir({ ...jane, mrn, traits: record(issuer, mrn) }, 'mercy', 'Mercy General'),
      );
    const opened = await open();
    expect(opened.elsewhere.map(({ siteId, strength }) => [siteId, strength])).toEqual([['mercy', 'suggested']]);
    rig.close();
  });
});

it('says that the other site did not answer', async () => {
  const { rig, open, other } = await caseWith({ here: { traits: national }, there: { traits: national } });
  other.failWith('unreachable');
  expect((await open()).elsewhere).toMatchObject([{ isUsed: true, asked: { outcome: 'unreachable' } }]);
  rig.close();
});
