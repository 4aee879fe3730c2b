import type { Communication, Patient, Task } from 'fhir/r4';
import { Fhir } from 'fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { confirm, escalate, tell } from '#shared/domain/critical-result.ts';
import type { InboxLink } from '#shared/domain/inbox-link.ts';
import type { PatientId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import { actToAuditEvent, type RecordedAct } from '#shared/fhir/act-to-audit-event.ts';
import { criticalForSite } from '#shared/fhir/critical-for-site.ts';
import { criticalFromFhir } from '#shared/fhir/critical-from-fhir.ts';
import { changeCritical, readOpenCriticals, recordCritical } from '#shared/fhir/critical-on-hub.ts';
import { criticalToFhir } from '#shared/fhir/critical-to-fhir.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { inboxLinkToFhir } from '#shared/fhir/inbox-link-fhir.ts';
import { proposalToFhir, recommendationToFhir } from '#shared/fhir/recommendation-fhir.ts';
import {
  changeRecommendation,
  readOpenRecommendations,
  recordRecommendation,
} from '#shared/fhir/recommendation-on-hub.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { questionToFhir } from '#shared/fhir/site-question-fhir.ts';
import { minutesFrom, NIGHT, readingTask } from '#tests/support/reading-tasks.ts';
import { criticalResult, MERCY_RULES, recommendation } from '#tests/unit/critical/critical-support.ts';
import { openHub, type TestHub } from './hub-support.ts';

const oracle = new Fhir();
const complaintsAbout = (resource: object): string[] =>
  oracle
    // The oracle takes `false` for a missing value.
    .validate(JSON.parse(JSON.stringify(resource), (_, value: unknown) => (value === false ? true : value)) as object, {
      errorOnUnexpected: true,
    })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location ?? ''} ${message ?? ''}`);

const ACT: RecordedAct = {
  act: 'critical.recorded',
  at: NIGHT,
  by: { id: 'dr-lee', name: 'Lee^Dana' },
  about: ['Task/t1'],
  siteId: 'mercy',
  outcome: 'done',
};
const told = {
  by: ACT.by,
  to: { name: 'Rao', role: 'ED physician' },
  how: 'phone',
  at: NIGHT,
  readBack: false,
} as const;

describe('what is written of critical results, judged by an independent validator', () => {
  const escalated = escalate(tell(criticalResult(), told), MERCY_RULES, minutesFrom(NIGHT, 60)) ?? criticalResult();
  const link: InboxLink = {
    id: '',
    version: '',
    siteId: 'mercy' as SiteId,
    siteName: 'Mercy General',
    tokenDigest: 'd',
    expiresAt: NIGHT,
    wrongCodes: 1,
    isRevoked: false,
    code: { digest: 'c', until: NIGHT },
    session: { digest: 's', until: NIGHT, person: 'Kim' },
    codeAskedAt: NIGHT,
  };
  const question = {
    ...recommendation(),
    text: 'When?',
    askedAt: NIGHT,
    askedBy: ACT.by,
    answer: { text: '01:10', by: 'Kim', at: NIGHT },
  };
  it.each([
    ['an open result', criticalToFhir(criticalResult())],
    ['an escalated one', criticalToFhir(escalated)],
    ['a confirmed one', criticalToFhir(confirm(escalated, { at: NIGHT, by: 'Rao', via: 'hl7' }))],
    ['the Task at the site', criticalForSite(criticalResult())],
    ['a question with its answer', questionToFhir(question)],
    ['a proposal', proposalToFhir(recommendation())],
    ['the duty to remind', recommendationToFhir(recommendation(), 'ServiceRequest/1')],
    ['a way into an inbox', inboxLinkToFhir(link)],
    ['the record of an act', actToAuditEvent(ACT)],
  ])('%s is valid FHIR R4', (_what, resource) => {
    expect(complaintsAbout(resource)).toEqual([]);
  });
});

describe('on the real hub', () => {
  let hub: TestHub;
  let fhir: FhirClient;
  let taskId: TaskId;
  let patientId: PatientId;
  beforeAll(async () => {
    hub = openHub();
    fhir = createFhirClient({ baseUrl: hub.baseUrl, fetch: (request) => hub.hub.fetch(request), timeoutMs: 20_000 });
    patientId = ((await fhir.create<Patient>({ resourceType: 'Patient' })).id ?? '') as PatientId;
    const { id: _id, meta: _meta, ...reading } = readingTaskToFhir(readingTask('1'));
    taskId = (await fhir.create<Task>({ ...reading, for: { display: 'Doe^Jane' } })).id as TaskId;
  });
  afterAll(() => hub.stop());

  it('a result is recorded once, changed by two at the same time without losing either, and found until it is confirmed', async () => {
    const result = criticalResult({ taskId, patientId });
    await recordCritical(fhir, result, { ...ACT, about: [] });
    await recordCritical(fhir, result, { ...ACT, about: [] });
    const [open, ...others] = await readOpenCriticals(fhir);
    expect(others).toEqual([]);
    expect(open).toEqual({ ...result, id: open?.id, version: '1' });
    const act = { act: 'critical.called', at: NIGHT, by: ACT.by } as const;
    await Promise.all(
      ['Rao', 'Kim'].map((name) =>
        changeCritical(fhir, open?.id ?? '', (now) => tell(now, { ...told, to: { name, role: 'nurse' } }), act),
      ),
    );
    const [both] = await readOpenCriticals(fhir);
    expect(both?.tellings.map(({ to }) => to.name).toSorted()).toEqual(['Kim', 'Rao']);
    await changeCritical(fhir, open?.id ?? '', (now) => confirm(now, { at: NIGHT, by: 'Rao', via: 'fhir' }), act);
    expect(await readOpenCriticals(fhir)).toEqual([]);
    const written = criticalFromFhir(await fhir.read<Communication>('Communication', open?.id ?? ''));
    expect(written.ok && written.value.confirmation?.via).toBe('fhir');
    expect(await fhir.search('AuditEvent', {})).toHaveLength(5);
  });

  it('a recommendation is a proposal and a duty that names it', async () => {
    await recordRecommendation(fhir, recommendation({ taskId, patientId }), { ...ACT, about: [] });
    const [open] = await readOpenRecommendations(fhir);
    expect(open).toEqual({ ...recommendation({ taskId, patientId }), id: open?.id, version: '1' });
    const duty = await fhir.read<Task>('Task', open?.id ?? '');
    const proposals = await fhir.search('ServiceRequest', {});
    expect(duty.focus?.reference).toBe(`ServiceRequest/${proposals[0]?.id}`);
    const act = { act: 'recommendation.closed', at: NIGHT, by: ACT.by } as const;
    await changeRecommendation(fhir, open?.id ?? '', (now) => ({ ...now, state: 'done', closedBy: 'Rao' }), act);
    expect(await readOpenRecommendations(fhir)).toEqual([]);
  });
});
