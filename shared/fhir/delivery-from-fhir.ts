import {
  CHANNEL_KINDS,
  SETTLEMENTS,
  type Delivery,
  type DeliveryState,
  type DeliveryTry,
  type Settlement,
} from '../domain/delivery.ts';
import type { AccessionNumber, DeliveryId, PatientId, ReportId, SiteId, TaskId } from '../domain/identifiers.ts';
import { fromIso, type EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { idInReference, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { UNKNOWN_SITE } from './reading-task-from-fhir.ts';
import { DELIVERY_CODE, SYSTEM } from './systems.ts';
import { factsOfTask, type TaskFacts } from './task-input.ts';

/** Why a resource is no delivery. `unreadable`: it is one, but not what to bring where; a person must look. */
export type NotADelivery =
  | { readonly code: 'not-a-task'; readonly reason: string }
  | { readonly code: 'another-kind-of-task'; readonly reason: string }
  /** The signature was taken back before the report left: there is nothing to deliver. */
  | { readonly code: 'undone'; readonly reason: string }
  | { readonly code: 'unreadable'; readonly reason: string };

/** Only `completed` is done and only open statuses are tried again: anything else is for a person to look at. */
const STATE: ReadonlyMap<unknown, DeliveryState> = new Map<string, DeliveryState>(
  Object.entries({
    draft: 'waiting',
    requested: 'waiting',
    received: 'waiting',
    accepted: 'waiting',
    ready: 'waiting',
    'in-progress': 'waiting',
    completed: 'accepted',
  }),
);

/** Reads a delivery Task. Facts that decide nothing get defaults; without report, reading or channel it is `unreadable`. */
export function deliveryFromFhir(resource: unknown): Result<Delivery, NotADelivery> {
  const task = recordOf(resource);
  if (task['resourceType'] !== 'Task') return err({ code: 'not-a-task', reason: 'resourceType is not Task' });
  const isDelivery = listOf(recordOf(task['code'])['coding']).some(
    (coding) => recordOf(coding)['system'] === DELIVERY_CODE.system && recordOf(coding)['code'] === DELIVERY_CODE.code,
  );
  if (!isDelivery) return err({ code: 'another-kind-of-task', reason: 'Task.code is not a delivery' });

  if (task['status'] === 'cancelled') return err({ code: 'undone', reason: 'the signature was undone in its window' });

  const facts = factsOfTask(task['input']);
  const reportId = idInReference(task['focus'], 'DiagnosticReport');
  if (reportId === undefined) return err({ code: 'unreadable', reason: 'Task.focus is no DiagnosticReport' });
  const taskId = idInReference(listOf(task['partOf'])[0], 'Task') ?? idInReference(listOf(task['basedOn'])[0], 'Task');
  if (taskId === undefined) return err({ code: 'unreadable', reason: 'Task.partOf is no Task' });
  const channelText = facts.text('channel');
  const channel = CHANNEL_KINDS.find((kind) => kind === channelText);
  if (channel === undefined) return err({ code: 'unreadable', reason: 'the channel is missing or not one of ours' });
  const channelIndex = facts.count('channel-index');
  if (channelIndex === undefined || channelIndex < 0) {
    return err({ code: 'unreadable', reason: 'the position of the channel is missing' });
  }

  const requester = recordOf(task['requester']);
  const site = recordOf(requester['identifier']);
  const siteId = ((site['system'] === SYSTEM.site ? textOf(site['value']) : undefined) ?? UNKNOWN_SITE) as SiteId;
  const meta = recordOf(task['meta']);
  const signedAt =
    facts.instant('signed-at') ?? instantOf(task['authoredOn']) ?? instantOf(meta['lastUpdated']) ?? (0 as EpochMs);
  const accessionNumber = facts.text('accession') as AccessionNumber | undefined;
  const sentAt = facts.instant('sent-at');
  const acknowledgedAt = facts.instant('acknowledged-at');
  const acknowledgement = facts.text('acknowledgement');
  const problem = facts.text('problem');
  const patientId = idInReference(task['for'], 'Patient') as PatientId | undefined;
  const reportVersion = facts.count('report-version');
  const tries = facts.texts('try').flatMap(readTry);
  const answer = facts.text('answer');
  const openedAt = facts.instant('opened-at');
  const openedBy = facts.text('opened-by');
  const settlement = settlementIn(facts);
  const state = STATE.get(task['status']) ?? 'with-a-person';
  return ok({
    id: (textOf(task['id']) ?? '') as DeliveryId,
    version: textOf(meta['versionId']) ?? '',
    reportId: reportId as ReportId,
    taskId: taskId as TaskId,
    siteId,
    siteName: textOf(requester['display']) ?? siteId,
    examText: facts.text('exam-text') ?? '',
    patientName: textOf(recordOf(task['for'])['display']) ?? '',
    channel,
    channelIndex,
    state: state === 'accepted' && settlement !== undefined ? 'settled-by-hand' : state,
    signedAt,
    attempts: Math.max(0, facts.count('attempts') ?? 0),
    notBefore: facts.instant('not-before') ?? signedAt,
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(acknowledgement === undefined ? {} : { acknowledgement }),
    ...(problem === undefined ? {} : { problem }),
    ...(patientId === undefined ? {} : { patientId }),
    ...(reportVersion === undefined ? {} : { reportVersion }),
    ...(tries.length === 0 ? {} : { tries }),
    ...(answer === undefined ? {} : { answer }),
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(openedBy === undefined ? {} : { openedBy }),
    ...(settlement === undefined ? {} : { settlement }),
  });
}

const OUTCOMES: readonly DeliveryTry['outcome'][] = ['accepted', 'not-taken', 'unknown', 'refused'];

/** `2026-11-21T22:00:00.000Z unknown hl7-timeout`; what is no try of ours is left out. */
function readTry(text: string): DeliveryTry[] {
  const [when, kind, code] = text.split(' ');
  const at = fromIso(when);
  const outcome = OUTCOMES.find((each) => each === kind);
  if (at === undefined || outcome === undefined) return [];
  return [{ at, outcome, ...(code === undefined || code === '' ? {} : { code }) }];
}

function settlementIn(facts: TaskFacts): Settlement | undefined {
  const how = SETTLEMENTS.find((each) => each === facts.text('settled-how'));
  const at = facts.instant('settled-at');
  return how === undefined || at === undefined ? undefined : { how, by: facts.text('settled-by') ?? '', at };
}
