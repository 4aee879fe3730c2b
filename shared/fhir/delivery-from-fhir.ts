import type { ChannelKind, Delivery, DeliveryState } from '../domain/delivery.ts';
import type { AccessionNumber, DeliveryId, ReportId, SiteId, TaskId } from '../domain/identifiers.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { idInReference, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { UNKNOWN_SITE } from './reading-task-from-fhir.ts';
import { DELIVERY_CODE, SYSTEM } from './systems.ts';
import { factsOfTask } from './task-input.ts';

/** Why a resource is no delivery. `unreadable`: it is one, but not what to bring where; a person must look. */
export type NotADelivery =
  | { readonly code: 'not-a-task'; readonly reason: string }
  | { readonly code: 'another-kind-of-task'; readonly reason: string }
  | { readonly code: 'unreadable'; readonly reason: string };

const CHANNELS: readonly ChannelKind[] = ['hl7', 'fhir', 'stow', 'folder'];

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

  const facts = factsOfTask(task['input']);
  const reportId = idInReference(task['focus'], 'DiagnosticReport');
  if (reportId === undefined) return err({ code: 'unreadable', reason: 'Task.focus is no DiagnosticReport' });
  const taskId = idInReference(listOf(task['partOf'])[0], 'Task') ?? idInReference(listOf(task['basedOn'])[0], 'Task');
  if (taskId === undefined) return err({ code: 'unreadable', reason: 'Task.partOf is no Task' });
  const channelText = facts.text('channel');
  const channel = CHANNELS.find((kind) => kind === channelText);
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
    state: STATE.get(task['status']) ?? 'with-a-person',
    signedAt,
    attempts: Math.max(0, facts.count('attempts') ?? 0),
    notBefore: facts.instant('not-before') ?? signedAt,
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(acknowledgement === undefined ? {} : { acknowledgement }),
    ...(problem === undefined ? {} : { problem }),
  });
}
