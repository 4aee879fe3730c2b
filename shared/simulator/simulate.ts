import { examTypeOf, wrvuOf } from '../domain/exam-type.ts';
import type { RadiologistId, TaskId } from '../domain/identifiers.ts';
import { isEmergency } from '../domain/priority.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { createEventQueue } from './event-queue.ts';
import type { Night, SimReader } from './scenario.ts';

/** One reader at work, as a policy may see them. */
export interface Desk {
  readonly reader: SimReader;
  readonly open: { readonly task: ReadingTask; readonly since: EpochMs } | undefined;
  /** A case set aside for an emergency; it stays theirs. */
  readonly setAside: ReadingTask | undefined;
  readonly minutesRead: number;
  readonly wrvuRead: number;
  readonly interruptedAt: readonly EpochMs[];
  readonly isOnBreak: boolean;
  readonly freeSince: EpochMs;
}

/** The night at one moment. */
export interface Hall {
  readonly now: EpochMs;
  readonly night: Night;
  /** Arrived, and with nobody. In order of arrival. */
  readonly waiting: readonly ReadingTask[];
  readonly desks: readonly Desk[];
}

export interface Policy {
  readonly name: string;
  /** What a free reader takes; a moment: they look again then; undefined: they wait for the next arrival. */
  next(desk: Desk, hall: Hall): ReadingTask | EpochMs | undefined;
  /** In which order free readers are asked when a reading arrives; default: longest free first. */
  askFirst?(task: ReadingTask, free: readonly Desk[], hall: Hall): readonly Desk[];
  /** Who sets their case aside for an arrival that nobody took. */
  interrupts?(task: ReadingTask, hall: Hall): RadiologistId | undefined;
}

export interface ReadingOutcome {
  readonly task: ReadingTask;
  readonly readerId: RadiologistId;
  readonly arrivedAt: EpochMs;
  readonly doneAt: EpochMs;
  /** Spent on it, the time to find one's way back after an interruption included. */
  readonly minutes: number;
  readonly interruptions: number;
}

export interface NightOutcome {
  readonly policy: string;
  readonly readings: readonly ReadingOutcome[];
  /** Nobody there may read them. */
  readonly unread: readonly ReadingTask[];
  readonly readers: readonly {
    readonly readerId: RadiologistId;
    /** Read within the hours of the night; who then happens to have the last long case is no matter of fairness. */
    readonly minutes: number;
    readonly wrvu: number;
    /** Free and not on a break, within the hours of the night. */
    readonly idleMinutes: number;
  }[];
}

/** What a case costs that is set aside and taken up again: to find one's way back, at most all that was done. */
const RESUME_MINUTES = 1;

interface MutableDesk extends Desk {
  open: { readonly task: ReadingTask; readonly since: EpochMs } | undefined;
  setAside: ReadingTask | undefined;
  minutesRead: number;
  wrvuRead: number;
  interruptedAt: EpochMs[];
  isOnBreak: boolean;
  freeSince: EpochMs;
  /** Grows with every change of what they do, so that events of the past are known. */
  turn: number;
  breaksTaken: number;
  idleMs: number;
  /** Read within the hours of the night. */
  nightMinutes: number;
}

type NightEvent =
  | { readonly kind: 'arrival'; readonly task: ReadingTask }
  | { readonly kind: 'done' | 'look' | 'back'; readonly desk: MutableDesk; readonly turn: number };

interface Progress {
  leftMinutes: number;
  spentMinutes: number;
  interruptions: number;
}

/**
 * Runs a night under a policy. Readers come and go with their shifts; at the end of the night whoever may read what is left does so, so that
 * every reading has its wait.
 */
export function simulateNight(night: Night, policy: Policy): NightOutcome {
  const events = createEventQueue<NightEvent>();
  const waiting: ReadingTask[] = [];
  const readings: ReadingOutcome[] = [];
  const progress = new Map<TaskId, Progress>();
  const desks = night.readers.map((reader): MutableDesk => ({
    reader,
    open: undefined,
    setAside: undefined,
    minutesRead: 0,
    wrvuRead: 0,
    interruptedAt: [],
    isOnBreak: false,
    freeSince: night.from,
    turn: 0,
    breaksTaken: 0,
    idleMs: 0,
    nightMinutes: 0,
  }));
  for (const task of night.tasks) events.add(task.imagesCompleteAt ?? task.authoredOn, { kind: 'arrival', task });
  for (const desk of desks) {
    const { from, until, breaks } = desk.reader.shift;
    for (const at of [from, ...breaks.map((each) => each.from), ...(until < night.until ? [night.until] : [])])
      events.add(at, { kind: 'back', desk, turn: -1 });
  }

  const isThere = ({ reader: { shift } }: MutableDesk, now: EpochMs) =>
    now >= shift.from && (now < shift.until || now >= night.until);
  const isFree = (desk: MutableDesk, now: EpochMs) => desk.open === undefined && !desk.isOnBreak && isThere(desk, now);
  const hallAt = (now: EpochMs): Hall => ({
    now,
    night,
    waiting,
    desks: desks.filter((desk) => isThere(desk, now) || desk.open !== undefined),
  });

  function stopBeingFree(desk: MutableDesk, now: EpochMs): void {
    const { from, until } = desk.reader.shift;
    desk.idleMs += Math.max(0, Math.min(now, until, night.until) - Math.max(desk.freeSince, from));
    desk.turn += 1;
  }

  function begin(desk: MutableDesk, task: ReadingTask, now: EpochMs): void {
    stopBeingFree(desk, now);
    const index = waiting.indexOf(task);
    if (index >= 0) waiting.splice(index, 1);
    const known = progress.get(task.id) ?? {
      leftMinutes: night.trueMinutes(task.id, desk.reader),
      spentMinutes: 0,
      interruptions: 0,
    };
    progress.set(task.id, known);
    desk.open = { task, since: now };
    events.add(now + known.leftMinutes * MINUTE_MS, { kind: 'done', desk, turn: desk.turn });
  }

  function countMinutes(desk: MutableDesk, spent: number, now: EpochMs): void {
    desk.minutesRead += spent;
    desk.nightMinutes += Math.max(0, spent - Math.max(0, now - night.until) / MINUTE_MS);
  }

  function setAside(desk: MutableDesk, now: EpochMs): void {
    if (desk.open === undefined) return;
    const known = progress.get(desk.open.task.id);
    if (known === undefined) return;
    const spent = (now - desk.open.since) / MINUTE_MS;
    known.spentMinutes += spent;
    known.leftMinutes = known.leftMinutes - spent + Math.min(RESUME_MINUTES, spent);
    known.interruptions += 1;
    desk.setAside = desk.open.task;
    desk.open = undefined;
    countMinutes(desk, spent, now);
    desk.interruptedAt.push(now);
    desk.freeSince = now;
  }

  /** A free reader looks at the list: takes a break that is due, goes back to what was set aside, takes something, or waits. */
  function look(desk: MutableDesk, now: EpochMs): boolean {
    const pause = desk.reader.shift.breaks[desk.breaksTaken];
    if (pause !== undefined && pause.from <= now && desk.setAside === undefined && now < night.until) {
      stopBeingFree(desk, now);
      desk.breaksTaken += 1;
      desk.isOnBreak = true;
      events.add(now + (pause.until - pause.from), { kind: 'back', desk, turn: desk.turn });
      return false;
    }
    const choice = policy.next(desk, hallAt(now));
    const kept = desk.setAside;
    const isUrgent = typeof choice === 'object' && isEmergency(choice.priority);
    if (kept !== undefined && !isUrgent) {
      desk.setAside = undefined;
      begin(desk, kept, now);
      return true;
    }
    if (typeof choice === 'object') {
      begin(desk, choice, now);
      return true;
    }
    if (choice !== undefined) events.add(choice, { kind: 'look', desk, turn: desk.turn });
    return false;
  }

  function arrive(task: ReadingTask, now: EpochMs): void {
    waiting.push(task);
    const free = desks.filter((desk) => isFree(desk, now)).toSorted((one, other) => one.freeSince - other.freeSince);
    const asked = (policy.askFirst?.(task, free, hallAt(now)) ?? free) as readonly MutableDesk[];
    for (const desk of asked) {
      look(desk, now);
      if (!waiting.includes(task)) return;
    }
    const id = policy.interrupts?.(task, hallAt(now));
    const desk = desks.find(({ reader }) => reader.id === id);
    if (desk?.open === undefined || desk.setAside !== undefined) return;
    setAside(desk, now);
    begin(desk, task, now);
  }

  function finish(desk: MutableDesk, now: EpochMs): void {
    const { open } = desk;
    if (open === undefined) return;
    const { task } = open;
    const known = progress.get(task.id) ?? { leftMinutes: 0, spentMinutes: 0, interruptions: 0 };
    const spent = (now - open.since) / MINUTE_MS;
    countMinutes(desk, spent, now);
    desk.wrvuRead += wrvuOf(examTypeOf(task.exam), now);
    desk.open = undefined;
    desk.freeSince = now;
    desk.turn += 1;
    readings.push({
      task,
      readerId: desk.reader.id,
      arrivedAt: task.imagesCompleteAt ?? task.authoredOn,
      doneAt: now,
      minutes: known.spentMinutes + spent,
      interruptions: known.interruptions,
    });
    if (isThere(desk, now) || desk.setAside !== undefined) look(desk, now);
  }

  for (let taken = events.take(); taken !== undefined; taken = events.take()) {
    const now = taken.at as EpochMs;
    const { event } = taken;
    if (event.kind === 'arrival') {
      arrive(event.task, now);
      continue;
    }
    const { desk, turn, kind } = event;
    if (turn !== -1 && turn !== desk.turn) continue;
    if (kind === 'done') finish(desk, now);
    else if (kind === 'look' && isFree(desk, now)) look(desk, now);
    else if (kind === 'back' && desk.open === undefined) {
      if (desk.isOnBreak && turn !== -1) {
        desk.isOnBreak = false;
        desk.freeSince = now;
        desk.turn += 1;
      }
      if (isFree(desk, now)) look(desk, now);
    }
  }
  for (const desk of desks) if (desk.open === undefined && !desk.isOnBreak) stopBeingFree(desk, night.until);
  return {
    policy: policy.name,
    readings,
    unread: waiting,
    readers: desks.map((desk) => ({
      readerId: desk.reader.id,
      minutes: desk.nightMinutes,
      wrvu: desk.wrvuRead,
      idleMinutes: desk.idleMs / MINUTE_MS,
    })),
  };
}
