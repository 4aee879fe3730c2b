import fc from 'fast-check';

import type { Delivery } from '#shared/domain/delivery.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

/** Text as FHIR can carry it: something in it, no control characters. */
const text = fc
  .string({ minLength: 1, maxLength: 40, unit: 'binary' })
  // eslint-disable-next-line no-control-regex -- control characters are exactly what FHIR strings exclude
  .filter((value) => value.trim() !== '' && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value));
const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);
const code = fc.stringMatching(/^[A-Za-z0-9-]{1,16}( [A-Za-z0-9]{1,8})?$/);
const uid = fc.stringMatching(/^[12](\.(0|[1-9][0-9]{0,5})){3,8}$/);
const at = fc.integer({ min: 0, max: Date.parse('2199-01-01') }) as fc.Arbitrary<EpochMs>;
const date = fc.constantFrom('2024-03-01', '1931-12', '2001');

type Plain = fc.Arbitrary<unknown>;
const some = (fields: Record<string, Plain>, requiredKeys: string[]): Plain => fc.record(fields, { requiredKeys });

/** Brands are given where a value enters: here it enters from the generator. */
export const readingTasks = some(
  {
    id,
    version: id,
    state: fc.constantFrom('ordered', 'ready', 'claimed', 'completed', 'cancelled'),
    siteId: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/),
    siteName: text,
    accessionNumber: text,
    serviceRequestId: id,
    patient: some(
      {
        id,
        mrn: fc.oneof(text, fc.constant('')),
        name: fc.oneof(text, fc.constant('')),
        sex: fc.constantFrom('M', 'F', 'O', 'unknown'),
        birthDate: date,
        issuer: text,
        otherNumbers: fc.array(some({ mrn: text, issuer: text }, ['mrn']), { minLength: 1, maxLength: 2 }),
        otherNames: fc.array(text, { minLength: 1, maxLength: 2 }),
      },
      ['id', 'mrn', 'name', 'sex'],
    ),
    exam: fc
      .tuple(
        some(
          {
            text: fc.oneof(text, fc.constant('')),
            modality: text,
            bodyPart: text,
            laterality: fc.constantFrom('left', 'right', 'bilateral'),
            contrast: fc.boolean(),
          },
          ['text'],
        ),
        fc.oneof(
          fc.constant({}),
          fc.record({ code }),
          fc.record({ code, codeSystem: fc.constantFrom('http://loinc.org', 'urn:local') }),
        ),
      )
      .map(([exam, coded]) => Object.assign({}, exam, coded)),
    priority: fc.constantFrom(...PRIORITIES),
    patientClass: fc.constantFrom('emergency', 'icu', 'inpatient', 'outpatient'),
    location: text,
    orderedBy: text,
    reason: text,
    studyInstanceUids: fc.uniqueArray(uid, { maxLength: 4 }),
    imagedPersons: fc.array(
      some({ name: text, sex: fc.constantFrom('M', 'F', 'O', 'unknown'), mrn: text, birthDate: date, issuer: text }, [
        'name',
        'sex',
        'mrn',
      ]),
      { minLength: 1, maxLength: 2 },
    ),
    identityDecisions: fc.array(
      some(
        {
          verdict: fc.constantFrom('same-person', 'sent-back'),
          conflicts: fc.array(text, { maxLength: 2 }),
          by: id,
          byName: text,
          at,
          reason: text,
        },
        ['verdict', 'conflicts', 'by', 'byName', 'at', 'reason'],
      ),
      { minLength: 1, maxLength: 2 },
    ),
    priorsAskedAt: at,
    requisitionGrade: fc.record({ grade: fc.constantFrom('A', 'D'), by: id, byName: text, at, reason: text }),
    instanceCount: fc.nat(),
    priors: fc.array(
      some(
        {
          studyInstanceUid: uid,
          description: fc.oneof(text, fc.constant('')),
          modality: text,
          date,
          hasReport: fc.boolean(),
        },
        ['description', 'hasReport'],
      ),
      { maxLength: 3 },
    ),
    authoredOn: at,
    imagesCompleteAt: at,
    dueAt: at,
    unclearPriority: text,
    patientWaiting: fc.boolean(),
    escalation: fc.record({ at, by: text, reason: text }),
    pauses: fc.array(some({ from: at, until: at, reason: text }, ['from', 'reason']), { minLength: 1, maxLength: 2 }),
    aiResults: fc.array(
      some({ finding: text, probability: fc.constantFrom(0, 0.93, 1), algorithm: text, at }, ['finding']),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    readType: fc.constantFrom('final', 'preliminary', 'double-reading', 'second-opinion'),
    subspecialty: text,
    earlierReaders: fc.array(text, { minLength: 1, maxLength: 2 }),
    completedAt: at,
    claim: fc.record({ radiologistId: text, radiologistName: text, since: at, leaseUntil: at }),
    reportId: id,
  },
  [
    'id',
    'version',
    'state',
    'siteId',
    'siteName',
    'patient',
    'exam',
    'priority',
    'studyInstanceUids',
    'priors',
    'authoredOn',
  ],
) as fc.Arbitrary<ReadingTask>;

export const deliveries = some(
  {
    id,
    version: id,
    reportId: id,
    taskId: id,
    siteId: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/),
    siteName: text,
    accessionNumber: text,
    examText: fc.oneof(text, fc.constant('')),
    patientName: fc.oneof(text, fc.constant('')),
    patientId: id,
    reportVersion: fc.integer({ min: 1, max: 50 }),
    channel: fc.constantFrom('hl7', 'fhir', 'stow', 'folder', 'mail'),
    channelIndex: fc.nat({ max: 20 }),
    state: fc.constantFrom('waiting', 'accepted', 'with-a-person'),
    tries: fc.array(
      some({ at, outcome: fc.constantFrom('accepted', 'not-taken', 'unknown', 'refused'), code: id }, [
        'at',
        'outcome',
      ]),
      { minLength: 1, maxLength: 10 },
    ),
    answer: text,
    openedAt: at,
    openedBy: text,
    signedAt: at,
    attempts: fc.nat({ max: 10_000 }),
    notBefore: at,
    sentAt: at,
    acknowledgedAt: at,
    acknowledgement: text,
    problem: text,
  },
  [
    'id',
    'version',
    'reportId',
    'taskId',
    'siteId',
    'siteName',
    'examText',
    'patientName',
    'channel',
    'channelIndex',
    'state',
    'signedAt',
    'attempts',
    'notBefore',
  ],
) as fc.Arbitrary<Delivery>;

/** Any JSON, and JSON of almost the right shape: our own Tasks with parts replaced by nonsense. */
export const absurdities = (tasks: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(
        tasks,
        fc.dictionary(
          fc.constantFrom(
            'code',
            'status',
            'input',
            'for',
            'requester',
            'owner',
            'meta',
            'restriction',
            'output',
            'identifier',
            'focus',
            'partOf',
            'id',
            'authoredOn',
          ),
          fc.jsonValue(),
        ),
      )
      .map(([task, nonsense]) => ({ ...task, ...nonsense })),
    fc.tuple(tasks, fc.jsonValue()).map(([task, nonsense]) => ({
      ...task,
      input: [
        nonsense,
        { type: nonsense },
        ...['study', 'prior', 'exam-code', 'contrast', 'lease-until', 'instance-count', 'channel'].map((code) => ({
          type: { coding: [nonsense, { system: 'urn:overread:task-input', code }] },
          valueString: nonsense,
          valueIdentifier: nonsense,
          valueReference: nonsense,
          valueInstant: nonsense,
          valueInteger: nonsense,
        })),
      ],
    })),
  );
