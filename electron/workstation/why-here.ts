import type { CallResponse } from '#shared/contract/calls.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import { escalationEffect } from './escalate.ts';
import type { Readings } from './readings.ts';
import type { Worklist } from './worklist.ts';

type Answer = CallResponse<'whyHere'>;
type Escalation = Extract<Answer, { status: 'here' }>['escalation'];
interface Ports {
  readonly readings: Readings;
  readonly worklist: Worklist;
}

/** Why a reading stands where it stands, what readers did with it, and what an escalation would do to the others. */
export function explainPlace(taskId: string, ports: Ports): Answer {
  const entries = ports.worklist.entries();
  const place = entries.findIndex(({ task }) => task.id === taskId);
  const entry = entries[place];
  if (entry === undefined) return { status: 'gone' };
  const { task, sentence, contributions, ineligible, heldBack, warnings } = entry;
  return {
    status: 'here',
    place: place + 1,
    sentence,
    contributions: contributions.map((each) => ({ ...each, minutes: Math.round(each.minutes) })),
    ineligible: [...ineligible],
    heldBack: [...heldBack],
    warnings: [...warnings],
    acts: (task.acts ?? [])
      .toReversed()
      .map(({ kind, at, byName, reason, toName }) => ({ kind, at, byName, reason, toName })),
    escalation: escalationOf(task, ports),
  };
}

function escalationOf(task: ReadingTask, ports: Ports): Escalation {
  if (task.escalation !== undefined) {
    const { at, by, reason } = task.escalation;
    return { status: 'done', at, byName: by, reason };
  }
  const effect = escalationEffect(task, ports);
  const pushedBack = effect.pushedBack.flatMap(({ taskId, byPlaces, byMinutes, becomesLate }) => {
    const other = ports.readings.find(taskId);
    if (other === undefined) return [];
    return [
      {
        taskId,
        patientName: other.patient.name,
        examText: other.exam.text,
        places: byPlaces,
        minutes: byMinutes,
        isMadeLate: becomesLate,
      },
    ];
  });
  return effect.refusal === undefined
    ? { status: 'possible', pushedBack }
    : { status: 'refused', reason: effect.refusal, pushedBack };
}
