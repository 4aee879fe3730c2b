import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  CONFIRMATION_WAYS,
  CRITICAL_LEVELS,
  TELLING_WAYS,
  type CriticalResult,
} from '#shared/domain/critical-result.ts';
import type { InboxLink } from '#shared/domain/inbox-link.ts';
import type { SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import { criticalFromFhir } from '#shared/fhir/critical-from-fhir.ts';
import { criticalToFhir } from '#shared/fhir/critical-to-fhir.ts';
import { inboxLinkFromFhir, inboxLinkToFhir } from '#shared/fhir/inbox-link-fhir.ts';
import { recommendationFromFhir, recommendationToFhir, proposalToFhir } from '#shared/fhir/recommendation-fhir.ts';
import { questionFromFhir, questionToFhir } from '#shared/fhir/site-question-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { NIGHT } from '#tests/support/reading-tasks.ts';
import { criticalResult, recommendation } from '#tests/unit/critical/critical-support.ts';

const words = fc.stringMatching(/^[A-Za-z0-9ÄÖÜäöüß山田 .,'^-]{1,30}$/).filter((text) => text.trim() !== '');
const moment = fc.integer({ min: 1_700_000_000_000, max: 2_000_000_000_000 }) as fc.Arbitrary<EpochMs>;
const actor = fc.record({ id: words, name: words });
const result: fc.Arbitrary<CriticalResult> = fc.record(
  {
    id: words,
    version: fc.constantFrom('1', '7'),
    uuid: fc.uuid(),
    taskId: fc.constantFrom('t1', 't2') as fc.Arbitrary<TaskId>,
    siteId: fc.constantFrom('mercy', 'st-luke') as fc.Arbitrary<SiteId>,
    siteName: words,
    accessionNumber: words as fc.Arbitrary<never>,
    patientId: fc.constantFrom('p1', 'p2') as fc.Arbitrary<never>,
    patientName: words,
    examText: words,
    reportId: fc.constantFrom('r1', 'r2') as fc.Arbitrary<never>,
    level: fc.constantFrom(...CRITICAL_LEVELS),
    finding: words,
    foundAt: moment,
    foundBy: actor,
    windowEndsAt: moment,
    escalatesAt: moment,
    caller: fc.constantFrom('reader', 'support-desk'),
    tellings: fc.array(
      fc.record({
        by: actor,
        to: fc.record({ name: words, role: words }),
        how: fc.constantFrom(...TELLING_WAYS),
        at: moment,
        readBack: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    escalations: fc.array(
      fc.record({ at: moment, to: fc.record({ name: words, role: words, phone: words }) }, { requiredKeys: ['at'] }),
      { maxLength: 3 },
    ),
    confirmation: fc.record({ at: moment, by: words, via: fc.constantFrom(...CONFIRMATION_WAYS) }),
  },
  {
    requiredKeys: [
      'id',
      'version',
      'uuid',
      'taskId',
      'siteId',
      'siteName',
      'patientName',
      'examText',
      'level',
      'finding',
      'foundAt',
      'foundBy',
      'windowEndsAt',
      'escalatesAt',
      'caller',
      'tellings',
      'escalations',
    ],
  },
) as fc.Arbitrary<CriticalResult>;

const through = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

describe('a critical result as FHIR Communication', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(result, (before) => {
        expect(criticalFromFhir(through(criticalToFhir(before)))).toEqual({ ok: true, value: before });
      }),
    );
  });

  it('says to any FHIR reader what it is: status, urgency, who, whom, how, when, and every act as a note', () => {
    const communication = criticalToFhir(
      criticalResult({
        tellings: [
          {
            by: { id: 'dr-lee', name: 'Lee^Dana' },
            to: { name: 'Rao', role: 'ED physician' },
            how: 'phone',
            at: NIGHT,
            readBack: false,
          },
        ],
      }),
    );
    expect(communication).toMatchObject({
      status: 'in-progress',
      priority: 'stat',
      sent: '2026-11-21T22:00:00.000Z',
      subject: { reference: 'Patient/p1' },
      basedOn: [{ reference: 'Task/t1' }],
      recipient: [{ display: 'Rao, ED physician' }],
      payload: [{ contentString: 'Acute subdural haematoma, left' }],
      note: [{ authorString: 'Lee^Dana', text: 'Told to Rao, ED physician; phone; read-back no' }],
    });
    expect(communication.medium?.[0]?.coding?.[0]?.code).toBe('PHONE');
    expect(communication.received).toBeUndefined();
  });

  it('keeps what another system added', () => {
    const base = {
      ...criticalToFhir(criticalResult()),
      language: 'de',
      extension: [{ url: 'https://elsewhere.example/x', valueCode: 'y' }],
    };
    const written = criticalToFhir(criticalResult({ caller: 'support-desk' }), base);
    expect(written.language).toBe('de');
    expect(written.extension?.map(({ url }) => url)).toEqual([
      'https://elsewhere.example/x',
      'urn:overread:critical-result',
    ]);
  });

  it('stays open and red when its facts cannot be read, and never disappears', () => {
    const { category } = criticalToFhir(criticalResult());
    const odd = criticalFromFhir({ resourceType: 'Communication', category, status: 'in-progress', extension: 7 });
    expect(odd).toMatchObject({ ok: true, value: { level: 'red', caller: 'support-desk', escalatesAt: 60 * 60_000 } });
    expect(odd.ok && odd.value.confirmation).toBe(undefined);
  });

  it('counts a plain `completed` of a system that knows no extension of ours as confirmed', () => {
    const { extension: _extension, ...plain } = criticalToFhir(criticalResult());
    const read = criticalFromFhir({ ...plain, status: 'completed', received: '2026-11-21T22:09:00Z' });
    expect(read).toMatchObject({
      value: { confirmation: { at: Date.UTC(2026, 10, 21, 22, 9), by: 'the site', via: 'fhir' } },
    });
  });
});

describe('a recommendation as ServiceRequest and Task', () => {
  it.each([
    recommendation({ id: 'x', version: '2' }),
    recommendation({
      id: 'x',
      version: '3',
      state: 'reminded',
      remindedAt: NIGHT,
      remindedBy: 'support-desk',
      patientId: 'p9' as never,
    }),
    recommendation({ id: 'x', version: '3', state: 'declined', closedBy: 'Rao' }),
  ])('comes back as it was', (before) => {
    expect(recommendationFromFhir(through(recommendationToFhir(before, 'ServiceRequest/s1')))).toEqual(before);
  });

  it('carries what, when and why in the elements of the proposal', () => {
    expect(proposalToFhir(recommendation())).toMatchObject({
      intent: 'proposal',
      status: 'active',
      code: { text: 'CT chest without contrast' },
      reasonCode: [{ text: '7 mm solid nodule, right upper lobe' }],
      occurrenceDateTime: '2027-05-20T22:00:00.000Z',
    });
  });
});

describe('a question to a site', () => {
  const question: SiteQuestion = {
    id: 'q1',
    version: '1',
    uuid: '5b1f8f7e-3e0a-4b43-8a52-1d5f0c1f7f11',
    taskId: 't1' as TaskId,
    siteId: 'mercy' as SiteId,
    siteName: 'Mercy General',
    patientName: 'Doe^Jane',
    examText: 'CT head',
    text: 'When did the symptoms begin?',
    askedAt: NIGHT,
    askedBy: { id: 'dr-lee', name: 'Lee^Dana' },
  };
  it.each([question, { ...question, answer: { text: '01:10', by: 'Nurse Kim', at: NIGHT } }])(
    'comes back as it was',
    (before) => {
      expect(questionFromFhir(through(questionToFhir(before)))).toEqual(before);
    },
  );
});

describe('a way into an inbox', () => {
  const link: InboxLink = {
    id: 'l1',
    version: '4',
    siteId: 'mercy' as SiteId,
    siteName: 'Mercy General',
    tokenDigest: 'd1',
    expiresAt: NIGHT,
    wrongCodes: 2,
    isRevoked: false,
    code: { digest: 'c', until: NIGHT },
    session: { digest: 's', until: NIGHT, person: 'Kim' },
    codeAskedAt: NIGHT,
  };
  it('comes back as it was', () => {
    expect(inboxLinkFromFhir(through(inboxLinkToFhir(link)))).toEqual(link);
    const { code: _code, session: _session, codeAskedAt: _asked, ...bare } = link;
    expect(inboxLinkFromFhir(through(inboxLinkToFhir(bare)))).toEqual(bare);
  });
  it('is dead when what it needs is missing', () => {
    const { input: _input, restriction: _restriction, ...task } = inboxLinkToFhir(link);
    expect(inboxLinkFromFhir(task)).toMatchObject({ expiresAt: 0, wrongCodes: 5 });
  });
});
