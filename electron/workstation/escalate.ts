import type { CallResponse } from '#shared/contract/calls.ts';
import { weighEscalation, type EscalationEffect } from '#shared/domain/escalation.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import { withAct } from '#shared/domain/reading-act.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import type { Claims } from './claims.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';
import type { Worklist } from './worklist.ts';

interface Ports extends Pick<WorkstationPorts, 'reader' | 'clock'> {
  readonly claims: Claims;
  readonly readings: Readings;
  readonly worklist: Worklist;
}

export const escalationEffect = (task: ReadingTask, ports: Pick<Ports, 'readings' | 'worklist'>): EscalationEffect =>
  weighEscalation(task, ports.readings.seen().tasks, ports.worklist.view());

/** The referrer asks for it sooner: recorded with who was told and why, or refused with the reason. */
export async function escalate(taskId: TaskId, reason: string, ports: Ports): Promise<CallResponse<'escalate'>> {
  const { claims, readings, reader } = ports;
  await readings.refresh();
  const task = readings.find(taskId);
  const refusal = task === undefined ? 'it is no longer on the list' : escalationEffect(task, ports).refusal;
  if (refusal !== undefined) return { status: 'refused', reason: refusal };
  const outcome = await claims.amend(taskId, (current, at) =>
    current.escalation === undefined
      ? {
          ...current,
          escalation: { at, by: reader.name, reason },
          acts: withAct(current.acts, { kind: 'escalated', by: reader.id, byName: reader.name, at, reason }),
        }
      : undefined,
  );
  if (outcome === 'hub-unreachable') return { status: 'hub-unreachable' };
  if (outcome === 'written') return { status: 'escalated' };
  return { status: 'refused', reason: 'it was closed or escalated in the meantime' };
}
