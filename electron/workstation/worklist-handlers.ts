import type { CallResponse } from '#shared/contract/calls.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';

import type { Cases } from './cases.ts';
import type { Claims, GiveBack } from './claims.ts';
import type { CallHandlers } from './door/api.ts';
import { escalate } from './escalate.ts';
import type { EventBus } from './event-bus.ts';
import type { HandedDrafts } from './handed-drafts.ts';
import type { Group } from './group.ts';
import type { ListAnswer } from './list-answer.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';
import type { StoredList } from './stored-list.ts';
import type { Shifts } from './shifts.ts';
import type { Watch } from './watch.ts';
import { explainPlace } from './why-here.ts';
import type { Worklist } from './worklist.ts';

type Ports = Pick<WorkstationPorts, 'reader' | 'clock'> & {
  readonly readings: Readings;
  readonly worklist: Worklist;
  readonly list: ListAnswer;
  readonly cases: Cases;
  readonly claims: Claims;
  readonly handed: Pick<HandedDrafts, 'give'>;
  readonly group: Group;
  readonly savedLists: StoredList<CallResponse<'savedLists'>['lists'][number]>;
  readonly shifts: Shifts;
  readonly events: EventBus;
  readonly watch: Watch;
};

type Served =
  | 'worklist'
  | 'readNext'
  | 'openCase'
  | 'whyHere'
  | 'escalate'
  | 'decline'
  | 'handOver'
  | 'readers'
  | 'savedLists'
  | 'saveLists'
  | 'shiftBoard';

/** The calls of the list: what stands on it, why, and who takes or gives up what. */
export function createWorklistHandlers(ports: Ports): Pick<CallHandlers, Served> {
  const { readings, worklist, cases, claims, group, savedLists, events, watch } = ports;
  const { candidates } = ports.list;

  /** So many are offered to the hub at once; when all of them have gone, it is asked for what there is now. */
  const OFFERED = 50;

  async function readNext(): Promise<CallResponse<'readNext'>> {
    const passed = new Set<string>();
    for (;;) {
      await readings.refresh();
      if (!readings.seen().hubReachable) return { status: 'hub-unreachable' };
      const offered = candidates()
        .filter(({ id }) => !passed.has(id))
        .slice(0, OFFERED);
      if (offered.length === 0) return { status: 'empty' };
      const opened = await cases.openFirst(offered);
      if (opened?.status === 'opened' || opened?.status === 'hub-unreachable') return opened;
      for (const { id } of offered) passed.add(id);
    }
  }

  /** Undefined: it may be opened. */
  function pickRefusal(taskId: string, reason: string | undefined): 'reason-needed' | 'read-next-only' | undefined {
    const { picking } = group.terms();
    const isMine = worklist.entries().some((entry) => entry.task.id === taskId && entry.mine);
    if (picking === 'free' || isMine || candidates()[0]?.id === taskId) return undefined;
    if (picking === 'never') return 'read-next-only';
    return reason === undefined ? 'reason-needed' : undefined;
  }

  const changed = () => {
    watch.worklistChanged();
    events.emit({ type: 'case-changed' });
  };
  async function giveUp(taskId: string, end: (id: TaskId) => Promise<GiveBack>): Promise<GiveBack> {
    const status = await cases.giveUp(taskId, end);
    changed();
    return status;
  }

  return {
    worklist: async (request) => {
      await readings.refresh();
      return ports.list.tell(request);
    },
    readNext: async () => {
      const answer = await readNext();
      if (answer.status === 'opened') changed();
      return answer;
    },
    openCase: async ({ taskId, readOnly, pickReason }) => {
      const refusal = readOnly ? undefined : pickRefusal(taskId, pickReason);
      if (refusal !== undefined) return { status: refusal };
      const answer = await cases.open(taskId, readOnly, pickReason);
      if (answer.status === 'opened') {
        if (!readOnly) watch.worklistChanged();
        events.emit({ type: 'case-changed' });
      }
      return answer;
    },
    whyHere: async ({ taskId }) => explainPlace(taskId, ports),
    escalate: async ({ taskId, reason }) => {
      const answer = await escalate(taskId as TaskId, reason, ports);
      if (answer.status === 'escalated') watch.worklistChanged();
      return answer;
    },
    decline: async ({ taskId, reason }) => {
      const status = await giveUp(taskId, (id) => claims.decline(id, reason));
      return { status: status === 'done' ? 'declined' : status };
    },
    handOver: async ({ taskId, readerId, reason }) => {
      const to = group.others().find(({ id }) => id === readerId);
      if (to === undefined) return { status: 'unknown-reader' };
      const held = cases.held(taskId)?.task;
      const given = held === undefined ? 'nothing-typed' : await ports.handed.give(held);
      if (given === 'hub-unreachable') return { status: given };
      const status = await giveUp(taskId, (id) =>
        claims.handOver(id, { id: to.id as RadiologistId, name: to.name }, reason),
      );
      return { status: status === 'done' ? 'handed-over' : status };
    },
    readers: async () => ({ readers: group.others().map((other) => ({ ...other })) }),
    shiftBoard: async () => {
      await readings.refresh();
      return ports.shifts.board(worklist.view());
    },
    savedLists: async () => ({ lists: [...(await savedLists.load())] }),
    saveLists: async ({ lists }) => ({ status: await savedLists.save(lists) }),
  };
}
