import { eligibilityOf } from '../domain/eligibility.ts';
import { examTypeOf, wrvuOf } from '../domain/exam-type.ts';
import type { RadiologistId } from '../domain/identifiers.ts';
import { isEmergency, tierOf } from '../domain/priority.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { createOverreadPolicy } from './overread-policy.ts';
import { createRandom } from './random.ts';
import type { Night, SimReader } from './scenario.ts';
import type { Desk, Hall, Policy } from './simulate.ts';
import { DEFAULT_RULES } from '../domain/worklist-rules.ts';

/** What groups use today, and ours. */
export const POLICY_NAMES = ['fifo', 'priority-fifo', 'open-pick', 'rvu-balance', 'ours'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

export function createPolicy(name: PolicyName, night: Night, seed: number): Policy {
  switch (name) {
    case 'fifo':
      return { name, next: ({ reader }, hall) => eligibleFor(reader, hall)[0] };
    case 'priority-fifo':
      return { name, next: ({ reader }, hall) => byClass(eligibleFor(reader, hall))[0] };
    case 'open-pick':
      return createOpenPick(seed);
    case 'rvu-balance':
      return createRvuBalance();
    case 'ours':
      return createOverreadPolicy(night, DEFAULT_RULES);
  }
}

const mayRead = (reader: SimReader, task: ReadingTask, { night, now }: Hall): boolean =>
  eligibilityOf(reader, task, { region: night.regionOf(task.siteId), now }).refusals.length === 0;

const eligibleFor = (reader: SimReader, hall: Hall): readonly ReadingTask[] =>
  hall.waiting.filter((task) => mayRead(reader, task, hall));

/** Class first, then arrival; the list is in order of arrival already. */
const byClass = (tasks: readonly ReadingTask[]): readonly ReadingTask[] =>
  tasks.toSorted((one, other) => tierOf(one.priority) - tierOf(other.priority));

/** So many rows a reader looks at before choosing. */
const ROWS_SEEN = 25;
/** How long a reader waits for something better than what is there, before they take it after all. */
const PATIENCE_MS = 8 * MINUTE_MS;

/**
 * An open list with coloured badges, and readers who choose: as often as their pickiness says they take what pays best a minute instead of what
 * stands first, and leave what pays less than they are used to for a while, hoping that somebody else takes it.
 */
function createOpenPick(seed: number): Policy {
  const random = createRandom(seed, 'habits');
  const waitingSince = new Map<RadiologistId, EpochMs>();
  return {
    name: 'open-pick',
    next({ reader }, hall) {
      const seen = byClass(eligibleFor(reader, hall)).slice(0, ROWS_SEEN);
      const [first] = seen;
      if (first === undefined) return undefined;
      // A badge is seen by everyone and followed by most.
      const follows = random.next() >= reader.pickiness * (isEmergency(first.priority) ? 0.4 : 1);
      const best = follows ? first : (seen.toSorted((one, other) => pay(other, hall) - pay(one, hall))[0] ?? first);
      const isPoor = !follows && pay(best, hall) < USUAL_PAY * reader.pickiness;
      const since = waitingSince.get(reader.id) ?? hall.now;
      if (isPoor && hall.now - since < PATIENCE_MS) {
        waitingSince.set(reader.id, since);
        return (since + PATIENCE_MS) as EpochMs;
      }
      waitingSince.delete(reader.id);
      return best;
    },
  };
}

/** wRVU a minute that a reader counts on: the pace of DOMAIN 3, about 8 wRVU an hour. */
const USUAL_PAY = 8 / 60;

function pay(task: ReadingTask, { now, night }: Hall): number {
  const type = examTypeOf(task.exam);
  return wrvuOf(type, now) / night.minutes.expected(type);
}

/** Every order goes at once to the reader with the fewest wRVU so far, who works off their own heap by class. */
function createRvuBalance(): Policy {
  const heaps = new Map<RadiologistId, Set<ReadingTask['id']>>();
  const given = new Map<RadiologistId, number>();
  const assign = (task: ReadingTask, hall: Hall): Desk | undefined => {
    const [desk] = hall.desks
      .filter(({ reader }) => mayRead(reader, task, hall))
      .toSorted((one, other) => (given.get(one.reader.id) ?? 0) - (given.get(other.reader.id) ?? 0));
    if (desk === undefined) return undefined;
    const { id } = desk.reader;
    given.set(id, (given.get(id) ?? 0) + wrvuOf(examTypeOf(task.exam), hall.now));
    heaps.set(id, (heaps.get(id) ?? new Set()).add(task.id));
    return desk;
  };
  return {
    name: 'rvu-balance',
    askFirst(task, free, hall) {
      const desk = assign(task, hall);
      return free.filter((each) => each === desk);
    },
    next: ({ reader }, hall) => byClass(hall.waiting.filter(({ id }) => heaps.get(reader.id)?.has(id) === true))[0],
  };
}
