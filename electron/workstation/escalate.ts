import type { CallResponse } from '#shared/contract/calls.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import { withAct } from '#shared/domain/reading-act.ts';

import type { Claims } from './claims.ts';
import type { WorkstationPorts } from './ports.ts';

/** The referrer asks for it sooner: recorded with who was told and why. */
export async function escalate(
  taskId: TaskId,
  reason: string,
  { claims, reader }: Pick<WorkstationPorts, 'reader'> & { readonly claims: Claims },
): Promise<CallResponse<'escalate'>> {
  const outcome = await claims.amend(taskId, (task, at) =>
    task.escalation === undefined
      ? {
          ...task,
          escalation: { at, by: reader.name, reason },
          acts: withAct(task.acts, { kind: 'escalated', by: reader.id, byName: reader.name, at, reason }),
        }
      : undefined,
  );
  if (outcome === 'hub-unreachable') return { status: 'hub-unreachable' };
  return outcome === 'written'
    ? { status: 'escalated' }
    : { status: 'refused', reason: 'it is closed, or escalated already' };
}
