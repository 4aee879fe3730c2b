import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';

import { believableBoard, believableRehearsal } from './believable-board.ts';
import type { DoorWorld } from './door-state.ts';

type Served =
  | 'whyHere'
  | 'escalate'
  | 'decline'
  | 'handOver'
  | 'readers'
  | 'savedLists'
  | 'saveLists'
  | 'shiftBoard'
  | 'listRules'
  | 'rehearseRules'
  | 'switchRules';
type ListAnswers = { [Name in Served]: (request: CallRequest<Name>) => CallResponse<Name> };

/** The acts on the list, as far as the screens can see them. */
export function createListAnswers(world: DoorWorld, now: () => number): ListAnswers {
  const release = (taskId: string, row: Partial<DoorWorld['rows'][number]>) => {
    world.rows = world.rows.map((each) => {
      if (each.taskId !== taskId) return each;
      const { claim: _claim, ...rest } = each;
      return { ...rest, state: 'ready', mine: false, ...row };
    });
    if (world.onScreen?.taskId === taskId) world.onScreen = undefined;
  };
  return {
    whyHere: ({ taskId }) => {
      const place = world.rows.findIndex((row) => row.taskId === taskId);
      const row = world.rows[place];
      if (row === undefined) return { status: 'gone' };
      const pushed = world.rows[Math.max(0, place - 1)] ?? row;
      const pushedBack = [
        {
          taskId: pushed.taskId,
          patientName: pushed.patient.name,
          examText: pushed.exam.text,
          places: 1,
          minutes: 7,
          isMadeLate: world.escalationRefusal !== undefined,
        },
      ];
      return {
        status: 'here',
        place: place + 1,
        sentence:
          'Emergencies stand before all else; STAT, due in 19 min, about 7 min to read: it should be begun now.',
        contributions: [
          { label: 'Class', value: 'STAT', minutes: 0 },
          { label: 'Due', value: 'due in 19 min', minutes: 0 },
          { label: 'Reading time', value: 'about 7 min', minutes: -7 },
          { label: 'Patient', value: 'emergency department', minutes: -3 },
        ],
        ineligible: row.ineligible,
        heldBack: row.isHeldBack ? ['not pushed after hour 9 of your shift: a complex case, about 25 min'] : [],
        warnings: row.warnings,
        acts: [{ kind: 'declined', at: now() - 5 * MINUTE_MS, byName: 'Ono^Ken', reason: 'own relative' }],
        escalation: row.isEscalated
          ? { status: 'done', at: now() - MINUTE_MS, byName: 'Lee^Dana', reason: 'worse' }
          : world.escalationRefusal === undefined
            ? { status: 'possible', pushedBack }
            : { status: 'refused', reason: world.escalationRefusal, pushedBack },
      };
    },
    escalate: ({ taskId }) => {
      if (world.escalationRefusal !== undefined) return { status: 'refused', reason: world.escalationRefusal };
      world.rows = world.rows.map((row) => (row.taskId === taskId ? { ...row, isEscalated: true } : row));
      return { status: 'escalated' };
    },
    decline: ({ taskId, reason }) => {
      release(taskId, { declined: reason });
      return { status: 'declined' };
    },
    handOver: ({ taskId, readerId }) => {
      release(taskId, {
        state: 'claimed',
        claim: {
          radiologistId: readerId,
          radiologistName: 'Ono^Ken',
          since: now(),
          leaseUntil: now() + 10 * MINUTE_MS,
        },
      });
      return { status: 'handed-over' };
    },
    readers: () => ({
      readers: [
        { id: 'dr-ono', name: 'Ono^Ken', isOnShift: true, holds: 1 },
        { id: 'dr-ray', name: 'Ray^Ben', isOnShift: false, holds: 0 },
      ],
    }),
    listRules: () => ({ rules: world.rules }),
    rehearseRules: ({ rules }) => believableRehearsal(rules, now()),
    switchRules: ({ rules }) => {
      world.rules = rules as DoorWorld['rules'];
      return { status: 'switched' };
    },
    shiftBoard: () => believableBoard(now()),
    savedLists: () => ({ lists: world.savedLists }),
    saveLists: ({ lists }) => {
      world.savedLists = lists as DoorWorld['savedLists'];
      return { status: 'saved' };
    },
  };
}
