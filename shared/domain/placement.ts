import { DAY_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { ExamType } from './exam-table.ts';
import { examTypeOf } from './exam-type.ts';
import type { MinutesModel } from './minutes-model.ts';
import { isEmergency, moreUrgent, oneClassUp, PRIORITY_LABEL, tierOf, type Priority } from './priority.ts';
import type { RadiologistId } from './identifiers.ts';
import type { ReadingTask } from './reading-task.ts';
import { isCriticalFinding, pausedMs, probabilityOf, weightiestResult, type AiResult } from './urgency.ts';
import { dueInWords, minutesInWords } from './words.ts';
import type { WorklistRules } from './worklist-rules.ts';

/** One fact's part in where a reading stands. */
export interface Contribution {
  readonly label: string;
  readonly value: string;
  /** By how much it moves the moment by which the reading must be begun; below zero: sooner. 0: it decides the class, not the moment. */
  readonly minutes: number;
}

/** Where a reading stands for one reader, and why. */
export interface Placement {
  /** The class it stands in: the stated one, or a higher one that a fact raised it to. Never a lower one. */
  readonly standsAs: Priority;
  readonly tier: number;
  /** When the report is due, after pauses of the clock and after what the facts imply. */
  readonly dueAt: EpochMs;
  /** Whole minutes since 1970 by which it must be begun, with every fact counted in: the order within a tier. */
  readonly startByMinute: number;
  readonly examType: ExamType;
  readonly expectedMinutes: number;
  /** Why it stands in a higher class than ordered, in words. */
  readonly raisedBy: string | undefined;
}

export interface PlacementView {
  readonly now: EpochMs;
  readonly rules: WorklistRules;
  readonly minutes: MinutesModel;
  readonly readerId?: RadiologistId;
  /** 0: every colleague on shift may read it; 1: nobody else may. */
  readonly scarcity?: number;
}

/** No clock of a reading runs longer; what is said to be due later was mistyped. */
const LONGEST_TURNAROUND_MS = 100 * DAY_MS;

/** What a fact is worth is computed for every row, its words only for the row that somebody asks about. */
interface Weighed {
  readonly task: ReadingTask;
  readonly standsAs: Priority;
  readonly expectedMinutes: number;
  readonly groupMinutes: number;
  readonly scarcity: number;
  readonly rules: WorklistRules;
}

/**
 * Where a reading stands. The index within a tier is a moment, not a score: due time, less reading time, less what the facts are worth. All
 * readings grow urgent at the same pace, so their order changes only when a fact does, and every workstation finds the same (decision 0010).
 */
export function placeReading(task: ReadingTask, view: PlacementView): Placement {
  const raise = raiseOf(task, view.rules);
  const weighed = weigh(task, raise.standsAs, view);
  const dueAt = dueOf(task, raise, view);
  const moved = FACTORS.reduce((sum, { minutes }) => sum + minutes(weighed), 0);
  return {
    standsAs: raise.standsAs,
    tier: tierOf(raise.standsAs),
    dueAt,
    startByMinute: Math.round(dueAt / MINUTE_MS + moved),
    examType: examTypeOf(task.exam),
    expectedMinutes: weighed.expectedMinutes,
    raisedBy: raise.words,
  };
}

/** The facts behind a placement, each with its part; those worth less than half a minute are left out. */
export function contributionsTo(task: ReadingTask, view: PlacementView): readonly Contribution[] {
  const raise = raiseOf(task, view.rules);
  const weighed = weigh(task, raise.standsAs, view);
  const paused = pausedMs(task.pauses, clockStart(task, view.now), view.now);
  return [
    { label: 'Class', value: raise.words ?? PRIORITY_LABEL[raise.standsAs], minutes: 0 },
    { label: 'Due', value: dueInWords(dueOf(task, raise, view), view.now), minutes: 0 },
    ...(paused >= MINUTE_MS
      ? [{ label: 'Clock stood still', value: minutesInWords(paused), minutes: paused / MINUTE_MS }]
      : []),
    ...FACTORS.flatMap(({ label, minutes, value }) => {
      const worth = minutes(weighed);
      return Math.abs(worth) < 0.5 ? [] : [{ label, value: value(weighed, worth), minutes: worth }];
    }),
  ];
}

function weigh(
  task: ReadingTask,
  standsAs: Priority,
  { rules, minutes, readerId, scarcity = 0 }: PlacementView,
): Weighed {
  const type = examTypeOf(task.exam);
  const groupMinutes = minutes.expected(type);
  const expectedMinutes = readerId === undefined ? groupMinutes : minutes.expected(type, readerId);
  return { task, standsAs, expectedMinutes, groupMinutes, scarcity, rules };
}

/**
 * A due time stated and believable, else the class's turnaround; later by as long as the clock stood still. A raised reading is due no later
 * than the class it was raised to, from the moment of the raise.
 */
function dueOf(task: ReadingTask, raise: Raise, { rules, now }: PlacementView): EpochMs {
  const begun = clockStart(task, now);
  const stated = hasBelievableDue(task) ? task.dueAt : undefined;
  const due =
    (stated ?? begun + rules.turnaroundMinutes[task.priority] * MINUTE_MS) + pausedMs(task.pauses, begun, now);
  const raised = raise.since === undefined ? due : raise.since + rules.turnaroundMinutes[raise.standsAs] * MINUTE_MS;
  return Math.min(due, raised) as EpochMs;
}

/** Images complete, else ordered; an order from the future counts from now. */
const clockStart = (task: ReadingTask, now: EpochMs): EpochMs =>
  Math.min(now, task.imagesCompleteAt ?? task.authoredOn) as EpochMs;

export const hasBelievableDue = ({ dueAt, authoredOn, imagesCompleteAt }: ReadingTask): boolean =>
  dueAt !== undefined && dueAt <= (imagesCompleteAt ?? authoredOn) + LONGEST_TURNAROUND_MS;

interface Raise {
  readonly standsAs: Priority;
  readonly since?: EpochMs;
  readonly words?: string;
}

/** The highest class that any fact calls for; a fact that raises nothing is no raise. */
function raiseOf(task: ReadingTask, rules: WorklistRules): Raise {
  const { escalation, aiResults, patientWaiting } = task;
  if (escalation === undefined && aiResults === undefined && patientWaiting !== true)
    return { standsAs: task.priority };
  const start = task.imagesCompleteAt ?? task.authoredOn;
  const ai = task.aiResults?.find(isCriticalFinding);
  const raises: { to: Priority; since: EpochMs; by: string }[] = [
    ...(task.escalation === undefined
      ? []
      : [{ to: oneClassUp(task.priority), since: task.escalation.at, by: 'escalated by the referrer' }]),
    ...(ai === undefined ? [] : [{ to: rules.raisedTo.aiResult, since: ai.at ?? start, by: 'AI result' }]),
    ...(task.patientWaiting === true
      ? [{ to: rules.raisedTo.patientWaiting, since: start, by: 'patient on the table' }]
      : []),
  ];
  let best: Raise = { standsAs: task.priority };
  for (const { to, since, by } of raises) {
    const standsAs = moreUrgent(best.standsAs, to);
    if (standsAs !== best.standsAs)
      best = {
        standsAs,
        since,
        words: `${PRIORITY_LABEL[task.priority]}, raised to ${PRIORITY_LABEL[standsAs]}: ${by}`,
      };
  }
  return best;
}

/** A fact is worth minutes, not hours, however long the class may wait. */
const MOST_CREDIT_MINUTES = 15;

const creditOf = ({ rules, standsAs }: Weighed, share: number): number =>
  -Math.min(share * rules.turnaroundMinutes[standsAs], MOST_CREDIT_MINUTES);

/** A credit in minutes never outweighs a quarter of the class's turnaround: it settles near ties. */
const scaled = ({ rules, standsAs }: Weighed, minutes: number): number =>
  Math.min(minutes, rules.turnaroundMinutes[standsAs] / 4);

const CLASS_WORDS = {
  emergency: 'emergency department',
  icu: 'intensive care',
  inpatient: 'inpatient',
  outpatient: 'outpatient',
} as const;

/** An exam of ten minutes stands where its due time puts it. */
const ORDINARY_MINUTES = 10;

const FACTORS: readonly {
  readonly label: string;
  readonly minutes: (weighed: Weighed) => number;
  readonly value: (weighed: Weighed, minutes: number) => string;
}[] = [
  {
    label: 'Reading time',
    minutes: ({ expectedMinutes }) => -expectedMinutes,
    value: ({ expectedMinutes }) => `about ${Math.round(expectedMinutes)} min`,
  },
  {
    label: 'Patient',
    minutes: (weighed) => {
      const { patientClass } = weighed.task;
      if (patientClass === undefined || patientClass === 'outpatient') return 0;
      return creditOf(weighed, weighed.rules.credits[patientClass]);
    },
    value: ({ task: { patientClass = 'outpatient' } }) => CLASS_WORDS[patientClass],
  },
  {
    label: 'Waiting',
    minutes: (weighed) =>
      weighed.task.patientWaiting === true ? creditOf(weighed, weighed.rules.credits.patientWaiting) : 0,
    value: () => 'patient on the table',
  },
  {
    label: 'AI result',
    minutes: (weighed) => {
      const ai = weightiestResult(weighed.task.aiResults);
      return ai === undefined ? 0 : creditOf(weighed, weighed.rules.credits.aiResult * probabilityOf(ai));
    },
    value: ({ task }) => aiWords(weightiestResult(task.aiResults)),
  },
  {
    label: 'Escalated',
    minutes: (weighed) =>
      weighed.task.escalation === undefined ? 0 : creditOf(weighed, weighed.rules.credits.escalation),
    value: ({ task }) => task.escalation?.by ?? '',
  },
  {
    // Among emergencies each has its own minutes to lose: there the long one is begun first.
    label: 'Length',
    minutes: (weighed) =>
      isEmergency(weighed.standsAs)
        ? 0
        : Math.log2(weighed.groupMinutes / ORDINARY_MINUTES) * scaled(weighed, weighed.rules.brevityMinutes),
    value: (_weighed, minutes) => (minutes < 0 ? 'short: others wait little for it' : 'long: others wait for it'),
  },
  {
    // What one reads faster than the group comes forward, in any length of exam: nobody is led to the short ones.
    label: 'Your pace',
    minutes: (weighed) =>
      Math.log2(weighed.expectedMinutes / weighed.groupMinutes) * scaled(weighed, weighed.rules.strengthMinutes),
    value: (_weighed, minutes) =>
      minutes < 0 ? 'you read it faster than the group' : 'the group reads it faster than you',
  },
  {
    label: 'Readers',
    minutes: (weighed) => -weighed.scarcity * scaled(weighed, weighed.rules.scarcityMinutes),
    value: ({ scarcity }) => (scarcity >= 1 ? 'nobody else on shift may read it' : 'not everyone on shift may read it'),
  },
];

const FINDING_CHARACTERS = 80;
const aiWords = (ai: AiResult | undefined): string =>
  ai === undefined
    ? ''
    : `${ai.finding.slice(0, FINDING_CHARACTERS)}${ai.probability === undefined ? '' : ` ${probabilityOf(ai).toFixed(2)}`}` +
      (ai.algorithm === undefined ? '' : ` (${ai.algorithm.slice(0, FINDING_CHARACTERS)})`);
