import { MINUTE_MS } from '../kernel/clock.ts';
import { expectedFinish } from './expected-finish.ts';
import type { TaskId } from './identifiers.ts';
import { isEmergency, PRIORITY_LABEL } from './priority.ts';
import type { ReadingTask } from './reading-task.ts';
import type { Escalation } from './urgency.ts';
import { deriveWorklist, type WorklistEntry, type WorklistView } from './worklist.ts';

/** A reading that an escalation lets wait longer. */
export interface PushedBack {
  readonly taskId: TaskId;
  /** How many places it falls: 1 for each that is escalated past it. */
  readonly byPlaces: number;
  /** How much longer it is expected to wait. */
  readonly byMinutes: number;
  /** It would have been in time and will not be. */
  readonly becomesLate: boolean;
}

export interface EscalationEffect {
  /** In list order. */
  readonly pushedBack: readonly PushedBack[];
  /** Places gained. */
  readonly gains: number;
  /** Why it is refused, in words; absent: it may be done. */
  readonly refusal?: string;
}

/**
 * What an escalation would do: whom it pushes back and by how much. It is refused when it would make a reading late that is as urgent as the
 * escalated one would be, and when there is nothing to gain.
 */
export function weighEscalation(
  task: ReadingTask,
  tasks: readonly ReadingTask[],
  view: WorklistView & { readonly readersOnShift?: number },
  escalation: Escalation = { at: view.now, by: 'the referrer', reason: '' },
): EscalationEffect {
  const { readersOnShift = 1 + (view.colleagues?.length ?? 0), now } = view;
  if (task.state === 'completed' || task.state === 'cancelled')
    return { pushedBack: [], gains: 0, refusal: 'it is closed' };
  if (task.escalation !== undefined) return { pushedBack: [], gains: 0, refusal: 'it is escalated already' };
  const open = (list: readonly ReadingTask[]) =>
    deriveWorklist(list, view).filter(({ task: each, claim }) => each.state !== 'completed' && claim === undefined);
  const before = open(tasks.some(({ id }) => id === task.id) ? tasks : [...tasks, task]);
  const after = open(before.map(({ task: each }) => (each.id === task.id ? { ...each, escalation } : each)));
  const placeIn = (list: readonly WorklistEntry[]) => new Map(list.map((entry, place) => [entry.task.id, place]));
  const [placeBefore, placeAfter] = [placeIn(before), placeIn(after)];
  const [finishBefore, finishAfter] = [
    expectedFinish(before, now, readersOnShift),
    expectedFinish(after, now, readersOnShift),
  ];
  const gains = (placeBefore.get(task.id) ?? 0) - (placeAfter.get(task.id) ?? 0);
  const pushed = after.flatMap((entry) => {
    const { task: each, placement } = entry;
    const byPlaces = (placeAfter.get(each.id) ?? 0) - (placeBefore.get(each.id) ?? 0);
    if (byPlaces <= 0) return [];
    const [was, becomes] = [finishBefore.get(each.id) ?? now, finishAfter.get(each.id) ?? now];
    const becomesLate = was <= placement.dueAt && becomes > placement.dueAt;
    const byMinutes = Math.max(0, Math.round((becomes - was) / MINUTE_MS));
    return [{ effect: { taskId: each.id, byPlaces, byMinutes, becomesLate }, entry }];
  });
  const pushedBack = pushed.map(({ effect }) => effect);
  const tier = after.find((entry) => entry.task.id === task.id)?.placement.tier ?? 0;
  const harmed = pushed.find(({ effect, entry }) => effect.becomesLate && entry.placement.tier <= tier);
  if (harmed !== undefined) return { pushedBack, gains, refusal: harmInWords(harmed.entry, harmed.effect) };
  if (gains <= 0) return { pushedBack, gains, refusal: 'it stands as high as an escalation can bring it' };
  return { pushedBack, gains };
}

function harmInWords({ task, placement }: WorklistEntry, { byMinutes }: PushedBack): string {
  const equal = isEmergency(placement.standsAs) ? 'an equal emergency' : 'an equally urgent reading';
  return `it would make ${equal} late: ${PRIORITY_LABEL[placement.standsAs]} of ${task.siteName} would wait ${byMinutes} min longer`;
}
