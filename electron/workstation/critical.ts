import { noAudit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { AuditAct } from '#shared/domain/audit-entry.ts';
import {
  byTimeLeft,
  CRITICAL_LEVELS,
  CRITICAL_WINDOW_MINUTES,
  handOver,
  isConfirmed,
  NO_CRITICAL_RULES,
  tell,
  windowMs,
  type CriticalResult,
  type CriticalRules,
  type Telling,
} from '#shared/domain/critical-result.ts';
import { isOnCall } from '#shared/domain/on-call.ts';
import type { Recommendation } from '#shared/domain/recommendation.ts';
import { isRecommendationOpen } from '#shared/domain/recommendation.ts';
import type { RecordedAct } from '#shared/fhir/act-to-audit-event.ts';
import {
  changeCritical,
  readConfirmedCriticals,
  readCriticalsOf,
  readOpenCriticals,
  recordCritical,
} from '#shared/fhir/critical-on-hub.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { changeRecommendation, recordRecommendation } from '#shared/fhir/recommendation-on-hub.ts';
import { HOUR_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { checkCritical } from '#shared/reporting/checks/critical-in-report.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import { criticalSentence, recommendationSentence } from '#shared/reporting/critical-sentence.ts';

import type { Claims } from './claims.ts';
import { onHub } from './on-hub.ts';
import { findReading, placeOfTask } from './order-facts.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';

/** Confirmed results stay on the board for a shift. */
const CONFIRMED_FOR_MS = 12 * HOUR_MS;

export interface Critical {
  list(): Promise<CallResponse<'criticalResults'>>;
  form(taskId: string): Promise<CallResponse<'criticalForm'>>;
  record(request: CallRequest<'recordCritical'>): Promise<CallResponse<'recordCritical'>>;
  tell(request: CallRequest<'tellCritical'>): Promise<CallResponse<'tellCritical'>>;
  handOver(id: string): Promise<CallResponse<'handOverCritical'>>;
  recommend(request: CallRequest<'recommend'>): Promise<CallResponse<'recommend'>>;
  closeRecommendation(request: CallRequest<'closeRecommendation'>): Promise<CallResponse<'closeRecommendation'>>;
  rulesOf(siteId: string): CriticalRules;
  /** Recorded results of the reading that are missing in what is about to be signed. `addenda`: what stands beside the body. */
  complaints(task: ReadingTask, body: ReportBody, addenda: readonly string[]): Promise<readonly Complaint[]>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'sites' | 'reader' | 'clock' | 'log' | 'audit'> & {
  readonly readings: Readings;
  readonly claims: Claims;
};

/** Critical results and recommendations of every reader on the hub; each act is written together with its record, or not at all. */
export function createCritical(ports: Ports): Critical {
  const { fhir, sites, reader, clock, log, audit = noAudit } = ports;
  const rulesOf = (siteId: string) => sites().find(({ id }) => id === siteId)?.critical ?? NO_CRITICAL_RULES;
  const by = { id: reader.id as string, name: reader.name };
  const act = (name: AuditAct, siteId: string, about: readonly string[]): RecordedAct => ({
    act: name,
    at: clock.now(),
    by,
    siteId,
    about,
    outcome: 'done',
  });
  const tellingOf = ({ name, role, how, readBack }: CallRequest<'tellCritical'>['told']): Telling => ({
    by,
    to: { name, role },
    how,
    at: clock.now(),
    readBack,
  });

  /** As recorded by this workstation since its start: also known while the hub is away. */
  const recordedHere = new Map<string, CriticalResult[]>();

  async function recordedFor(taskId: ReadingTask['id']): Promise<readonly CriticalResult[]> {
    const here = recordedHere.get(taskId) ?? [];
    try {
      const onHubNow = await readCriticalsOf(fhir, taskId);
      return [...onHubNow, ...here.filter(({ uuid }) => !onHubNow.some((known) => known.uuid === uuid))];
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return here;
    }
  }

  async function change(
    id: string,
    name: AuditAct,
    decide: (now: CriticalResult) => CriticalResult,
  ): Promise<CallResponse<'tellCritical'>> {
    const acting = { act: name, at: clock.now(), by };
    const unlessConfirmed = (now: CriticalResult) => (isConfirmed(now) ? undefined : decide(now));
    const changed = await onHub(() => changeCritical(fhir, id, unlessConfirmed, acting));
    if (typeof changed === 'string') {
      const status = changed === 'unchanged' ? 'confirmed-before' : changed;
      audit.record({ act: name, outcome: 'refused', code: status });
      return { status };
    }
    log.info(name, { siteId: changed.siteId, taskId: changed.taskId, code: changed.level });
    audit.record({ act: name, siteId: changed.siteId, taskId: changed.taskId, code: changed.level });
    if (isConfirmed(changed)) audit.record({ act: 'critical.acknowledged', taskId: changed.taskId, code: 'read-back' });
    return { status: 'done' };
  }

  return {
    rulesOf,
    async complaints(task, body, addenda) {
      const { timeZone } = rulesOf(task.siteId);
      return checkCritical(await recordedFor(task.id), { body, addenda, timeZone });
    },
    async list() {
      const since = (clock.now() - CONFIRMED_FOR_MS) as EpochMs;
      const [open, confirmed] = await onHub(() =>
        Promise.all([readOpenCriticals(fhir), readConfirmedCriticals(fhir, since)]),
      );
      return {
        at: clock.now(),
        open: open.toSorted(byTimeLeft).map(viewOf),
        confirmed: confirmed.toSorted((one, other) => confirmedAt(other) - confirmedAt(one)).map(viewOf),
      };
    },
    async form(taskId) {
      const task = await findReading(taskId, ports);
      const rules = task === undefined ? NO_CRITICAL_RULES : rulesOf(task.siteId);
      const windows = CRITICAL_LEVELS.map((level) => [
        level,
        rules.windowMinutes[level] ?? CRITICAL_WINDOW_MINUTES[level],
      ]);
      return {
        contacts: rules.escalation.map((contact) => contactView(contact, rules, clock.now())),
        timeZone: rules.timeZone,
        windowMinutes: Object.fromEntries(windows) as CallResponse<'criticalForm'>['windowMinutes'],
      };
    },
    async record({ uuid, taskId, level, finding, told }) {
      const task = await findReading(taskId, ports);
      if (task === undefined) return { status: 'not-found' };
      const rules = rulesOf(task.siteId);
      const foundAt = clock.now();
      const windowEndsAt = (foundAt + windowMs(level, rules)) as EpochMs;
      const found: CriticalResult = {
        id: '',
        version: '',
        uuid,
        ...placeOfTask(task),
        ...(task.reportId === undefined ? {} : { reportId: task.reportId }),
        level,
        finding,
        foundAt,
        foundBy: by,
        windowEndsAt,
        escalatesAt: windowEndsAt,
        caller: told === undefined ? 'support-desk' : 'reader',
        tellings: [],
        escalations: [],
      };
      const result = told === undefined ? found : tell(found, tellingOf(told));
      await onHub(() => recordCritical(fhir, result, act('critical.recorded', task.siteId, [`Task/${task.id}`])));
      recordedHere.set(task.id, [...(recordedHere.get(task.id) ?? []), result]);
      log.info('critical.recorded', { siteId: task.siteId, taskId: task.id, code: level });
      audit.record({ act: 'critical.recorded', siteId: task.siteId, taskId: task.id, code: level });
      return {
        status: 'recorded',
        sentence: criticalSentence(result, rules.timeZone),
        isConfirmed: isConfirmed(result),
      };
    },
    tell: ({ id, told }) => change(id, 'critical.called', (now) => tell(now, tellingOf(told))),
    handOver: (id) => change(id, 'critical.handed-over', handOver),
    async recommend({ uuid, taskId, what, why, dueAt }) {
      const task = await findReading(taskId, ports);
      if (task === undefined) return { status: 'not-found' };
      const recommendation: Recommendation = {
        id: '',
        version: '',
        uuid,
        ...placeOfTask(task),
        what,
        why,
        dueAt: dueAt as EpochMs,
        recommendedAt: clock.now(),
        recommendedBy: by,
        state: 'open',
      };
      await onHub(() =>
        recordRecommendation(fhir, recommendation, act('recommendation.recorded', task.siteId, [`Task/${task.id}`])),
      );
      log.info('recommendation.recorded', { siteId: task.siteId, taskId: task.id });
      audit.record({ act: 'recommendation.recorded', siteId: task.siteId, taskId: task.id });
      return { status: 'recorded', sentence: recommendationSentence(recommendation, rulesOf(task.siteId).timeZone) };
    },
    async closeRecommendation({ id, as, by: closedBy }) {
      const acting = { act: 'recommendation.closed' as const, at: clock.now(), by };
      const changed = await onHub(() =>
        changeRecommendation(
          fhir,
          id,
          (now) => (isRecommendationOpen(now) ? { ...now, state: as, closedBy } : undefined),
          acting,
        ),
      );
      if (typeof changed === 'string') {
        const status = changed === 'unchanged' ? 'closed-before' : changed;
        audit.record({ act: 'recommendation.closed', outcome: 'refused', code: status });
        return { status };
      }
      audit.record({ act: 'recommendation.closed', siteId: changed.siteId, taskId: changed.taskId, code: as });
      return { status: 'done' };
    },
  };
}

const confirmedAt = ({ confirmation }: CriticalResult): number => confirmation?.at ?? 0;

/** The contract's arrays are mutable where the domain's are not; the values are the same. */
export const viewOf = (result: CriticalResult) =>
  result as CallResponse<'criticalResults'>['open'][number] & CriticalResult;

export const contactView = (
  contact: CriticalRules['escalation'][number],
  { timeZone }: CriticalRules,
  now: EpochMs,
) => ({
  name: contact.name,
  role: contact.role,
  phone: contact.phone,
  isOnCall: isOnCall(contact, now, timeZone),
});
