import { DAY_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { ExamType } from './exam-table.ts';
import { examTypeOf } from './exam-type.ts';
import type { MinutesModel } from './minutes-model.ts';
import { moreUrgent, oneClassUp, PRIORITY_LABEL, tierOf, type Priority } from './priority.ts';
import type { RadiologistId } from './identifiers.ts';
import type { ReadingTask } from './reading-task.ts';
import { isCriticalFinding, pausedMs, probabilityOf, weightiestResult } from './urgency.ts';
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
  readonly contributions: readonly Contribution[];
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

const minutesText = (minutes: number): string => `${Math.round(minutes)} min`;

/**
 * Where a reading stands. The index within a tier is a moment, not a score: due time, less reading time, less what the facts are worth. All
 * readings grow urgent at the same pace, so their order changes only when a fact does, and every workstation finds the same (decision 0007).
 */
export function placeReading(task: ReadingTask, view: PlacementView): Placement {
  const { rules, now } = view;
  const raise = raiseOf(task, rules);
  const { standsAs } = raise;
  const clock = clockOf(task, rules, now);
  const raisedDue =
    raise.since === undefined
      ? clock.dueAt
      : Math.min(clock.dueAt, raise.since + rules.turnaroundMinutes[standsAs] * MINUTE_MS);
  const dueAt = raisedDue as EpochMs;

  const examType = examTypeOf(task.exam);
  const groupMinutes = view.minutes.expected(examType);
  const expectedMinutes = view.readerId === undefined ? groupMinutes : view.minutes.expected(examType, view.readerId);
  const facts: Contribution[] = [
    { label: 'Reading time', value: `about ${minutesText(expectedMinutes)}`, minutes: -expectedMinutes },
    ...creditsOf(task, standsAs, rules),
    ...brevityOf(groupMinutes, standsAs, rules),
    ...strengthOf(expectedMinutes, groupMinutes, standsAs, rules),
    ...scarcityOf(view.scarcity ?? 0, standsAs, rules),
  ];
  const moved = facts.reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    standsAs,
    tier: tierOf(standsAs),
    dueAt,
    startByMinute: Math.round(dueAt / MINUTE_MS + moved),
    examType,
    expectedMinutes,
    contributions: [
      { label: 'Class', value: raise.words ?? PRIORITY_LABEL[standsAs], minutes: 0 },
      { label: 'Due', value: dueInWords(dueAt, now), minutes: 0 },
      ...(clock.pausedMs >= MINUTE_MS
        ? [{ label: 'Clock stood still', value: minutesInWords(clock.pausedMs), minutes: clock.pausedMs / MINUTE_MS }]
        : []),
      ...facts.filter(({ minutes }) => Math.abs(minutes) >= 0.5),
    ],
    raisedBy: raise.words,
  };
}

/** A due time stated and believable, else the class's turnaround; later by as long as the clock stood still. */
function clockOf(task: ReadingTask, rules: WorklistRules, now: EpochMs): { dueAt: EpochMs; pausedMs: number } {
  const begun = clockStart(task, now);
  const stated = hasBelievableDue(task) ? task.dueAt : undefined;
  const paused = pausedMs(task.pauses, begun, now);
  const due = stated ?? begun + rules.turnaroundMinutes[task.priority] * MINUTE_MS;
  return { dueAt: (due + paused) as EpochMs, pausedMs: paused };
}

/** Images complete, else ordered; an order from the future counts from now. */
export const clockStart = (task: ReadingTask, now: EpochMs): EpochMs =>
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

const CLASS_WORDS = { emergency: 'emergency department', icu: 'intensive care', inpatient: 'inpatient' } as const;

function creditsOf(
  task: ReadingTask,
  standsAs: Priority,
  { credits, turnaroundMinutes }: WorklistRules,
): Contribution[] {
  const turnaround = turnaroundMinutes[standsAs];
  const credit = (label: string, value: string, share: number): Contribution[] =>
    share <= 0 ? [] : [{ label, value, minutes: -Math.min(share * turnaround, MOST_CREDIT_MINUTES) }];
  const ai = weightiestResult(task.aiResults);
  const { patientClass } = task;
  return [
    ...(patientClass === undefined || patientClass === 'outpatient'
      ? []
      : credit('Patient', CLASS_WORDS[patientClass], credits[patientClass])),
    ...(task.patientWaiting === true ? credit('Waiting', 'patient on the table', credits.patientWaiting) : []),
    ...(ai === undefined ? [] : credit('AI result', aiWords(ai), credits.aiResult * probabilityOf(ai))),
    ...(task.escalation === undefined ? [] : credit('Escalated', task.escalation.by, credits.escalation)),
  ];
}

const FINDING_CHARACTERS = 80;
const aiWords = (ai: Parameters<typeof probabilityOf>[0]): string =>
  `${ai.finding.slice(0, FINDING_CHARACTERS)}${ai.probability === undefined ? '' : ` ${probabilityOf(ai).toFixed(2)}`}` +
  (ai.algorithm === undefined ? '' : ` (${ai.algorithm.slice(0, FINDING_CHARACTERS)})`);

/** An exam of ten minutes stands where its due time puts it. */
const ORDINARY_MINUTES = 10;

function brevityOf(group: number, standsAs: Priority, rules: WorklistRules): Contribution[] {
  const minutes = Math.log2(group / ORDINARY_MINUTES) * scaled(rules.brevityMinutes, standsAs, rules);
  return [
    { label: 'Length', value: minutes < 0 ? 'short: others wait little for it' : 'long: others wait for it', minutes },
  ];
}

/** What one reads faster than the group comes forward, in any length of exam: nobody is led to the short ones. */
function strengthOf(own: number, group: number, standsAs: Priority, rules: WorklistRules): Contribution[] {
  const minutes = Math.log2(own / group) * scaled(rules.strengthMinutes, standsAs, rules);
  const value = minutes < 0 ? 'you read it faster than the group' : 'the group reads it faster than you';
  return [{ label: 'Your pace', value, minutes }];
}

function scarcityOf(scarcity: number, standsAs: Priority, rules: WorklistRules): Contribution[] {
  if (scarcity <= 0) return [];
  const value = scarcity >= 1 ? 'nobody else on shift may read it' : 'few on shift may read it';
  return [{ label: 'Readers', value, minutes: -scarcity * scaled(rules.scarcityMinutes, standsAs, rules) }];
}

/** A credit in minutes never outweighs a quarter of the class's turnaround: it settles near ties. */
const scaled = (minutes: number, standsAs: Priority, { turnaroundMinutes }: WorklistRules): number =>
  Math.min(minutes, turnaroundMinutes[standsAs] / 4);
