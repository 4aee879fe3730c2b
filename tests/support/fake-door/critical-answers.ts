import type { CallName, CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { criticalCalls } from '#shared/contract/critical-calls.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';

import type { DoorWorld } from './door-state.ts';

type Served = keyof typeof criticalCalls & CallName;
type CriticalAnswers = { [Name in Served]: (request: CallRequest<Name>) => CallResponse<Name> };
type Critical = CallResponse<'criticalResults'>['open'][number];

const CONTACTS = [
  { name: 'Dr. Anneliese Rao-Winterbottom', role: 'ED physician', phone: '+1 555 0101', isOnCall: true },
  { name: 'Charge nurse', role: 'Nursing', phone: '+1 555 0102', isOnCall: false },
];

/** Critical results and the support desk, as far as the screens can see them. */
export function createCriticalAnswers(world: DoorWorld, now: () => number): CriticalAnswers {
  const results: Critical[] = [];
  const questions: CallResponse<'caseQuestions'>['questions'] = [];
  const find = (id: string) => results.find((each) => each.id === id && each.confirmation === undefined);
  const place = (taskId: string) => {
    const row = world.rows.find((each) => each.taskId === taskId);
    return {
      taskId,
      siteId: row?.siteId ?? 'mercy',
      siteName: row?.siteName ?? 'Mercy General',
      patientName: row?.patient.name ?? 'Doe^Jane',
      examText: row?.exam.text ?? 'CT head',
    };
  };
  const tell = (result: Critical, told: CallRequest<'tellCritical'>['told']) => {
    const at = now();
    result.tellings.push({
      by: { id: 'dr-lee', name: 'Lee^Dana' },
      to: { name: told.name, role: told.role },
      how: told.how,
      at,
      readBack: told.readBack,
    });
    if (told.readBack) result.confirmation = { at, by: `${told.name}, ${told.role}`, via: 'read-back' };
  };
  return {
    criticalResults: () => ({
      at: now(),
      open: results.filter(({ confirmation }) => confirmation === undefined),
      confirmed: results.filter(({ confirmation }) => confirmation !== undefined),
    }),
    criticalForm: () => ({
      contacts: CONTACTS,
      timeZone: 'UTC',
      windowMinutes: { red: 60, orange: 360, yellow: 4320 },
    }),
    recordCritical: ({ uuid, taskId, level, finding, told }) => {
      const windowEndsAt = now() + (world.isCriticalLate ? -3 : 60) * MINUTE_MS;
      const result: Critical = {
        id: `critical-${results.length}`,
        version: '1',
        uuid,
        ...place(taskId),
        level,
        finding,
        foundAt: now(),
        foundBy: { id: 'dr-lee', name: 'Lee^Dana' },
        windowEndsAt,
        escalatesAt: windowEndsAt,
        caller: told === undefined ? 'support-desk' : 'reader',
        tellings: [],
        escalations: world.isCriticalLate
          ? [{ at: now(), to: { name: 'Dr. Rao', role: 'ED physician', phone: '+1 555 0101' } }]
          : [],
      };
      if (told !== undefined) tell(result, told);
      results.push(result);
      return {
        status: 'recorded',
        isConfirmed: result.confirmation !== undefined,
        sentence: `Critical result (${level}): ${finding}. Recorded.`,
      };
    },
    tellCritical: ({ id, told }) => {
      const result = find(id);
      if (result === undefined) return { status: 'confirmed-before' };
      tell(result, told);
      return { status: 'done' };
    },
    handOverCritical: ({ id }) => {
      const result = find(id);
      if (result !== undefined) result.caller = 'support-desk';
      return { status: result === undefined ? 'confirmed-before' : 'done' };
    },
    recommend: ({ what }) => ({ status: 'recorded', sentence: `Recommendation: ${what}.` }),
    closeRecommendation: () => ({ status: 'done' }),
    askSite: ({ uuid, taskId, text }) => {
      const askedBy = { id: 'dr-lee', name: 'Lee^Dana' };
      questions.push({ id: uuid, version: '1', uuid, ...place(taskId), text, askedAt: now(), askedBy });
      world.tell({ type: 'critical-changed' });
      return { status: 'done' };
    },
    caseQuestions: ({ taskId }) => ({ questions: questions.filter((each) => each.taskId === taskId) }),
    answerQuestion: ({ id, text, by }) => {
      const place = questions.findIndex((each) => each.id === id);
      const asked = questions[place];
      if (asked !== undefined) questions[place] = { ...asked, answer: { text, by, at: now() } };
      world.tell({ type: 'critical-changed' });
      return { status: 'done' };
    },
    support: () => ({
      at: now(),
      calls: results
        .filter(({ caller, confirmation }) => caller === 'support-desk' && confirmation === undefined)
        .map((result) => ({ result, next: CONTACTS[0] as (typeof CONTACTS)[number] })),
      recommendations: [
        {
          id: 'follow-up',
          version: '1',
          uuid: 'u',
          ...place('task-4'),
          what: 'CT chest without contrast',
          why: '7 mm solid nodule, right upper lobe',
          dueAt: now() - 60 * MINUTE_MS,
          recommendedAt: now() - 9999 * MINUTE_MS,
          recommendedBy: { id: 'dr-lee', name: 'Lee^Dana' },
          state: 'reminded',
          remindedBy: 'support-desk',
        },
      ],
      questions: [
        {
          id: 'question',
          version: '1',
          uuid: 'u',
          ...place('task-2'),
          text: 'When did the symptoms begin, and was there a fall?',
          askedAt: now() - 12 * MINUTE_MS,
          askedBy: { id: 'dr-lee', name: 'Lee^Dana' },
        },
      ],
      missingImages: world.rows.filter(({ state }) => state === 'ordered').slice(0, 2),
      stuckDeliveries: world.deliveries.filter(({ state }) => state === 'with-a-person'),
      breaches: world.rows.filter(({ dueAt }) => (dueAt ?? Infinity) < now() + 30 * MINUTE_MS).slice(0, 3),
      inbox: {
        sites: [{ siteId: 'clinic', siteName: 'Hill Clinic' }],
        links: [
          {
            id: 'link',
            siteId: 'clinic',
            siteName: 'Hill Clinic',
            expiresAt: now() + 9999 * MINUTE_MS,
            state: 'needs-code',
            codeAskedAt: now() - MINUTE_MS,
          },
        ],
      },
    }),
    inviteSite: () => ({
      status: 'invited',
      url: `https://reports.example/enter/${'x'.repeat(43)}`,
      code: '12345678',
      codeUntil: now() + 60 * MINUTE_MS,
      expiresAt: now() + 9999 * MINUTE_MS,
    }),
    newInboxCode: () => ({ status: 'made', code: '87654321', codeUntil: now() + 60 * MINUTE_MS }),
    revokeInboxLink: () => ({ status: 'done' }),
  };
}
