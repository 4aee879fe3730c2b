import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { isOpenDelivery } from '#shared/domain/delivery.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { changeSize } from '#shared/reporting/compare-reports.ts';

import type { Cases } from './cases.ts';
import type { Claims } from './claims.ts';
import type { Deliveries } from './deliveries.ts';
import type { HandedDrafts } from './handed-drafts.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';

export interface DraftHistory {
  list(request: CallRequest<'draftHistory'>): Promise<CallResponse<'draftHistory'>>;
  state(request: CallRequest<'draftState'>): Promise<CallResponse<'draftState'>>;
  /** Drafts of delivered reports have served; looked at once a minute at most. */
  wipeDelivered(): Promise<void>;
}

type Ports = Pick<WorkstationPorts, 'drafts' | 'reader' | 'clock' | 'signing'> & {
  readonly cases: Cases;
  readonly claims: Claims;
  readonly readings: Readings;
  readonly deliveries: Deliveries;
  readonly handed: Pick<HandedDrafts, 'empty'>;
};

/** Earlier states of the reader's own drafts: seen and fetched, never changed; gone once the report is where it belongs. */
export function createDraftHistory(ports: Ports): DraftHistory {
  const { drafts, reader, clock, signing, cases, claims, readings, deliveries } = ports;
  let lookedAt: number | undefined;

  const taskOf = async (taskId: TaskId): Promise<ReadingTask | undefined> => {
    const seen = readings.find(taskId);
    if (seen !== undefined) return seen;
    const read = await claims.read(taskId);
    return read.ok ? read.value : undefined;
  };

  /** Somebody may still go back to it: it is open, or its signature may be taken back. */
  const isInUse = (taskId: TaskId): boolean =>
    cases.held(taskId) !== undefined ||
    cases.onScreenTaskId() === taskId ||
    signing.isWaiting?.(taskId) === true ||
    signing.undoable().some((window) => window.taskId === taskId);

  return {
    async list({ taskId }) {
      const kept = await drafts.history(taskId as TaskId, reader.id);
      return {
        states: kept.map(({ revision, savedAt, body, writer }, place) => {
          const before = kept[place + 1];
          const by = writer === undefined ? {} : { byName: writer.name };
          return {
            revision,
            savedAt,
            ...by,
            ...(before === undefined ? {} : { change: changeSize(before.body, body) }),
          };
        }),
      };
    },
    async state({ taskId, revision }) {
      const kept = await drafts.history(taskId as TaskId, reader.id);
      const place = kept.findIndex((state) => state.revision === revision);
      const found = kept[place];
      if (found === undefined) return { status: 'not-found' };
      type Body = Extract<CallResponse<'draftState'>, { status: 'found' }>['body'];
      const before = kept[place + 1]?.body as Body | undefined;
      return { status: 'found', body: found.body as Body, ...(before === undefined ? {} : { before }) };
    },
    async wipeDelivered() {
      const now = clock.now();
      if (lookedAt !== undefined && now - lookedAt < MINUTE_MS) return;
      lookedAt = now;
      const written = drafts.writtenFor(reader.id).filter((taskId) => !isInUse(taskId));
      if (written.length === 0) return;
      const open = new Set((await deliveries.list()).filter(isOpenDelivery).map(({ taskId }) => taskId));
      for (const taskId of written) {
        if (open.has(taskId)) continue;
        const task = await taskOf(taskId);
        if (task?.state !== 'completed' || isInUse(taskId)) continue;
        await ports.handed.empty(task);
        drafts.wipe(taskId, reader.id);
      }
    },
  };
}
