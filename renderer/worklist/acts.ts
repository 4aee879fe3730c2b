import { call, failureWords } from '../bridge/index.ts';
import { isReading, leaveBy, openTask, useReading } from '../reading/index.ts';
import { say, showReaderName } from '../ui/index.ts';
import { loadWorklist, useWorklist } from './worklist.ts';

/** The reading a dialog is about: the open case, else the row it was asked for. */
export const askedTask = (): string | undefined =>
  useReading.getState().opened?.taskId ?? useWorklist.getState().askedId;

const HUB_AWAY = 'The hub cannot be reached, so nothing was changed.';

/** Undefined: done. Else why not, in words for the dialog. */
export type Outcome = string | undefined;

async function endClaim(taskId: string, end: () => Promise<Outcome>): Promise<Outcome> {
  let refusal: Outcome;
  const ask = async () => {
    try {
      refusal = await end();
    } catch (failure) {
      refusal = failureWords(failure);
    }
    return refusal === undefined;
  };
  if (useReading.getState().opened?.taskId === taskId) await leaveBy(ask);
  else await ask();
  await loadWorklist();
  return refusal;
}

export const declineTask = (taskId: string, reason: string): Promise<Outcome> =>
  endClaim(taskId, async () => {
    const { status } = await call('decline', { taskId, reason });
    if (status === 'hub-unreachable') return HUB_AWAY;
    if (status === 'not-held') return 'It is closed: there is nothing to decline.';
    say('Declined. It stands on the list for the other readers; you are not offered it while there is anything else.');
    return undefined;
  });

export const handOverTask = (taskId: string, to: { id: string; name: string }, reason: string): Promise<Outcome> =>
  endClaim(taskId, async () => {
    const { status } = await call('handOver', { taskId, readerId: to.id, reason });
    switch (status) {
      case 'handed-over':
        say(`Handed over to ${showReaderName(to.name)}, with what you have written.`);
        return undefined;
      case 'not-held':
        return 'You do not hold it any more.';
      case 'unknown-reader':
        return 'That reader is not known here.';
      case 'hub-unreachable':
        return HUB_AWAY;
    }
  });

export async function escalateTask(taskId: string, reason: string): Promise<Outcome> {
  try {
    const answer = await call('escalate', { taskId, reason });
    if (answer.status === 'hub-unreachable') return HUB_AWAY;
    if (answer.status === 'refused') return `Not escalated: ${answer.reason}.`;
    say('Escalated, and recorded with your name and the reason.');
    await loadWorklist();
    return undefined;
  } catch (failure) {
    return failureWords(failure);
  }
}

export async function pickTask(taskId: string, reason: string): Promise<Outcome> {
  await openTask(taskId, false, reason);
  return undefined;
}

/** Held by this reader: the open case, or a row of the list. */
export function heldTask(): string | undefined {
  const { opened, claim } = useReading.getState();
  if (isReading()) return claim === 'held' || claim === 'unconfirmed' ? opened?.taskId : undefined;
  const { activeId, rowsById } = useWorklist.getState();
  return activeId !== undefined && rowsById.get(activeId)?.mine === true ? activeId : undefined;
}

/** Not for this reader, though they might: the open case, or a row that nobody else holds. */
export function declinableTask(): string | undefined {
  const held = heldTask();
  if (held !== undefined || isReading()) return held;
  const { activeId, rowsById } = useWorklist.getState();
  const row = activeId === undefined ? undefined : rowsById.get(activeId);
  const isFree = row !== undefined && row.claim === undefined && (row.state === 'ready' || row.state === 'ordered');
  return isFree && row.ineligible.length === 0 && row.declined === undefined ? activeId : undefined;
}
