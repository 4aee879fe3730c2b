import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { isClaimRunning, type Claim } from './claim.ts';
import { dayOf, eligibilityOn, type Eligibility } from './eligibility.ts';
import type { SiteId, TaskId } from './identifiers.ts';
import { STARTING_MINUTES, type MinutesModel } from './minutes-model.ts';
import { contributionsTo, placeReading, type Contribution, type Placement, type PlacementView } from './placement.ts';
import { isEmergency, PRIORITY_LABEL } from './priority.ts';
import { NOBODY_HELD_BACK, type Duty } from './push-limits.ts';
import { holdBackReasons } from './push-limits.ts';
import type { Radiologist } from './radiologist.ts';
import { doubtsAbout } from './reading-doubts.ts';
import type { ReadingTask } from './reading-task.ts';
import { compareStandings, settleOrder } from './standing-order.ts';
import { dueInWords, minutesInWords } from './words.ts';
import { DEFAULT_RULES, type WorklistRules } from './worklist-rules.ts';

/** One reading task in its place for one reader at one moment. Derived, never stored. */
export interface WorklistEntry {
  readonly task: ReadingTask;
  /** The claim that runs now; a claim whose lease has run out is none. */
  readonly claim: Claim | undefined;
  readonly mine: boolean;
  readonly ineligible: readonly string[];
  readonly placement: Placement;
  /** Why it stands where it stands, in one plain sentence. */
  readonly sentence: string;
  /** The facts behind the sentence, each with its part. */
  readonly contributions: readonly Contribution[];
  /** What cannot be right about the order; it keeps its stated place. */
  readonly warnings: readonly string[];
  /** Why "Read next" passes it over although this reader may read it; it can still be opened by hand. */
  readonly heldBack: readonly string[];
  /** Reasons for its place, most weighty first, then remarks and warnings about what the order says. */
  readonly why: readonly string[];
  /** "Read next" may take it. */
  readonly canBeNext: boolean;
}

export interface WorklistView {
  readonly reader: Radiologist;
  readonly regionOf: (siteId: SiteId) => string | undefined;
  readonly now: EpochMs;
  readonly rules?: WorklistRules;
  readonly minutes?: MinutesModel;
  /** Other readers on shift now: a reading that few of them may read comes forward. */
  readonly colleagues?: readonly Radiologist[];
  /** Where this reader stands in their shift; absent: no roster, nothing is held back. */
  readonly duty?: Duty;
  /** The order shown until now: near ties keep it. */
  readonly previousOrder?: readonly TaskId[];
}

/**
 * The worklist of one reader: tier first, then the moment by which a reading must be begun, then order time, then Task id, so that any list has
 * one order. Completed readings stand last; cancelled ones are gone.
 */
export function deriveWorklist(tasks: readonly ReadingTask[], view: WorklistView): readonly WorklistEntry[] {
  const rules = view.rules ?? DEFAULT_RULES;
  const rights = rightsAmong(view);
  const placed = tasks
    .filter((task) => task.state !== 'cancelled')
    .map((task) => {
      const { eligibility, scarcity } = rights(task);
      const seen = {
        now: view.now,
        rules,
        minutes: view.minutes ?? STARTING_MINUTES,
        readerId: view.reader.id,
        scarcity,
      };
      return { task, placement: placeReading(task, seen), seen, eligibility };
    })
    .toSorted(compareStandings(rules));
  const settled = view.previousOrder === undefined ? placed : settleOrder(placed, view.previousOrder, rules);
  return settled.map((each) => entryOf(each, view, rules));
}

/** What "Read next" takes: the first that is here, allowed and held by nobody else. */
export const nextReading = (entries: readonly WorklistEntry[]): WorklistEntry | undefined =>
  entries.find((entry) => entry.canBeNext);

/** What a reader may do, and what share of the colleagues on shift may not. Asked once for readings that are alike in this. */
function rightsAmong({ reader, colleagues = [], regionOf, now }: WorklistView) {
  const day = dayOf(now);
  const known = new Map<string, { readonly eligibility: Eligibility; readonly scarcity: number }>();
  return (task: ReadingTask) => {
    const { siteId, siteName, exam, subspecialty, readType, earlierReaders } = task;
    const key = `${siteId}|${siteName}|${exam.modality}|${subspecialty}|${readType}|${earlierReaders?.join(' ')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const region = regionOf(siteId);
    const barred = colleagues.filter((each) => eligibilityOn(each, task, region, day).refusals.length > 0).length;
    const rights = {
      eligibility: eligibilityOn(reader, task, region, day),
      scarcity: colleagues.length === 0 ? 0 : barred / colleagues.length,
    };
    known.set(key, rights);
    return rights;
  };
}

interface Derived {
  readonly task: ReadingTask;
  readonly placement: Placement;
  readonly seen: PlacementView;
  readonly eligibility: Eligibility;
}

/** Words are made when somebody asks for them: a list has thousands of rows, and a screen shows thirty. */
function entryOf(
  { task, placement, seen, eligibility }: Derived,
  view: WorklistView,
  rules: WorklistRules,
): WorklistEntry {
  const { reader, now, duty } = view;
  const claim = isClaimRunning(task.claim, now) ? task.claim : undefined;
  const mine = claim?.radiologistId === reader.id;
  const { refusals, remarks } = eligibility;
  const isHere = task.state === 'ready' || task.state === 'claimed';
  const heldBack = mine || !isHere ? NOBODY_HELD_BACK : holdBackReasons(task, placement, { now, rules, duty });
  return {
    task,
    claim,
    mine,
    ineligible: refusals,
    placement,
    get sentence() {
      return sentenceOf(task, placement, now);
    },
    get contributions() {
      return contributionsTo(task, seen);
    },
    get warnings() {
      return doubtsAbout(task, now);
    },
    heldBack,
    get why() {
      return [
        ...reasons(task, placement, claim, mine, now),
        ...heldBack,
        ...remarks,
        ...doubtsAbout(task, now).map((doubt) => `warning: ${doubt}`),
      ];
    },
    canBeNext: isHere && refusals.length === 0 && heldBack.length === 0 && (claim === undefined || mine),
  };
}

function sentenceOf(task: ReadingTask, placement: Placement, now: EpochMs): string {
  if (task.state === 'completed') return `${PRIORITY_LABEL[task.priority]}: signed, so it stands at the end.`;
  const { dueAt, expectedMinutes, standsAs, startByMinute, raisedBy } = placement;
  const beginIn = startByMinute * MINUTE_MS - now;
  const begin = beginIn < MINUTE_MS ? 'it should be begun now' : `it should be begun within ${minutesInWords(beginIn)}`;
  const minutes = Math.max(1, Math.round(expectedMinutes));
  const above = isEmergency(standsAs) ? 'Emergencies stand before all else; ' : '';
  return `${above}${raisedBy ?? PRIORITY_LABEL[standsAs]}, ${dueInWords(dueAt, now)}, about ${minutes} min to read: ${begin}.`;
}

function reasons(
  task: ReadingTask,
  { standsAs, dueAt, raisedBy }: Placement,
  claim: Claim | undefined,
  mine: boolean,
  now: EpochMs,
): string[] {
  if (task.state === 'completed') return [`${PRIORITY_LABEL[task.priority]}: signed`];
  const lines = [`${PRIORITY_LABEL[standsAs]}: ${dueInWords(dueAt, now)}`];
  if (raisedBy !== undefined) lines.push(raisedBy);
  if (mine) lines.push('you are reading it');
  else if (claim !== undefined)
    lines.push(`held by another reader for another ${minutesInWords(claim.leaseUntil - now)} unless renewed`);
  else if (task.claim !== undefined && task.state === 'claimed')
    lines.push('a reader left it: their claim has run out');
  if (task.state === 'ordered') lines.push('images have not all arrived: it cannot be next');
  if (task.authoredOn <= now) lines.push(`ordered ${minutesInWords(now - task.authoredOn)} ago`);
  return lines;
}
