import { MINUTE_MS, toIso, type EpochMs } from '../kernel/clock.ts';
import { isClaimRunning, type Claim } from './claim.ts';
import { ineligibleReasons } from './eligibility.ts';
import type { SiteId } from './identifiers.ts';
import { PRIORITY_LABEL, priorityRank } from './priority.ts';
import type { Radiologist } from './radiologist.ts';
import type { ReadingTask } from './reading-task.ts';

/** One reading task in its place for one reader at one moment. Derived, never stored. */
export interface WorklistEntry {
  readonly task: ReadingTask;
  /** The claim that runs now; a claim whose lease has run out is none. */
  readonly claim: Claim | undefined;
  readonly mine: boolean;
  readonly ineligible: readonly string[];
  /** Reasons for its place, most weighty first, then warnings about what the order says. */
  readonly why: readonly string[];
  /** "Read next" may take it. */
  readonly canBeNext: boolean;
}

export interface WorklistView {
  readonly reader: Radiologist;
  readonly regionOf: (siteId: SiteId) => string | undefined;
  readonly now: EpochMs;
}

/**
 * The worklist of one reader: class first, then due time, then order time, then Task id, so that any list has one order.
 * A task without a due time comes after those of its class that have one. Completed readings stand last; cancelled ones are gone.
 */
export function deriveWorklist(tasks: readonly ReadingTask[], view: WorklistView): readonly WorklistEntry[] {
  return tasks
    .filter((task) => task.state !== 'cancelled')
    .toSorted(compareReadings)
    .map((task) => placeReading(task, view));
}

/** What "Read next" takes: the first that is here, allowed and held by nobody else. */
export const nextReading = (entries: readonly WorklistEntry[]): WorklistEntry | undefined =>
  entries.find((entry) => entry.canBeNext);

function compareReadings(one: ReadingTask, other: ReadingTask): number {
  return (
    Number(one.state === 'completed') - Number(other.state === 'completed') ||
    priorityRank(one.priority) - priorityRank(other.priority) ||
    compareNumbers(one.dueAt ?? Number.POSITIVE_INFINITY, other.dueAt ?? Number.POSITIVE_INFINITY) ||
    compareNumbers(one.authoredOn, other.authoredOn) ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  );
}

const compareNumbers = (one: number, other: number): number => (one < other ? -1 : Number(one > other));

function placeReading(task: ReadingTask, { reader, regionOf, now }: WorklistView): WorklistEntry {
  const region = regionOf(task.siteId);
  const claim = isClaimRunning(task.claim, now) ? task.claim : undefined;
  const mine = claim?.radiologistId === reader.id;
  const ineligible = ineligibleReasons(reader, region, now);
  const isHere = task.state === 'ready' || task.state === 'claimed';
  return {
    task,
    claim,
    mine,
    ineligible,
    why: [...reasons(task, claim, mine, now), ...warnings(task, reader, region, now)],
    canBeNext: isHere && ineligible.length === 0 && (claim === undefined || mine),
  };
}

function reasons(task: ReadingTask, claim: Claim | undefined, mine: boolean, now: EpochMs): string[] {
  const label = PRIORITY_LABEL[task.priority];
  if (task.state === 'completed') return [`${label}: signed`];
  const lines = [`${label}: ${dueInWords(task.dueAt, now)}`];
  if (mine) lines.push('you are reading it');
  else if (claim !== undefined)
    lines.push(`held by another reader for another ${minutesInWords(claim.leaseUntil - now)} unless renewed`);
  else if (task.claim !== undefined && task.state === 'claimed')
    lines.push('a reader left it: their claim has run out');
  if (task.state === 'ordered') lines.push('images have not all arrived: it cannot be next');
  if (task.authoredOn <= now) lines.push(`ordered ${minutesInWords(now - task.authoredOn)} ago`);
  return lines;
}

/** Absurd orders keep their stated place: a wrong date must not hide an emergency. */
function warnings(task: ReadingTask, reader: Radiologist, region: string | undefined, now: EpochMs): string[] {
  const lines: string[] = [];
  if (task.dueAt !== undefined && task.dueAt < task.authoredOn)
    lines.push('warning: the due time lies before the order time');
  if (task.authoredOn > now + MINUTE_MS) lines.push('warning: the order time lies in the future');
  const { birthDate } = task.patient;
  if (birthDate !== undefined && birthDate > toIso(now).slice(0, birthDate.length))
    lines.push('warning: the birth date lies in the future');
  if (reader.licences.length > 0 && region === undefined)
    lines.push(`licence not checked: no region is configured for ${task.siteName}`);
  return lines;
}

function dueInWords(dueAt: EpochMs | undefined, now: EpochMs): string {
  if (dueAt === undefined) return 'no due time given';
  return dueAt >= now ? `due in ${minutesInWords(dueAt - now)}` : `overdue by ${minutesInWords(now - dueAt)}`;
}

function minutesInWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return 'less than 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}
