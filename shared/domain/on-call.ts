import type { EpochMs } from '../kernel/clock.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `HH:MM` to `HH:MM` in the site's time; `to` not after `from` runs over midnight and belongs to the day it began on. */
export interface OnCallHours {
  readonly from: string;
  readonly to: string;
  /** Absent: every day. */
  readonly days?: readonly Weekday[];
}

/** Someone at a site who may be told of a critical result. */
export interface OnCallContact {
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  /** Absent: day and night. */
  readonly hours?: OnCallHours;
}

interface LocalMoment {
  readonly day: Weekday;
  readonly minute: number;
}

const MINUTES_A_DAY = 24 * 60;

/** Weekday and minute of the day on a site's wall clock. */
function localMoment(at: EpochMs, timeZone: string): LocalMoment {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  const day = WEEKDAYS.find((name) => name === part('weekday').toLowerCase()) ?? 'mon';
  return { day, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

const minuteOf = (text: string): number => {
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * 60 + Number(minute);
};

const dayBefore = (day: Weekday): Weekday => WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7] ?? 'mon';

/** Whether the contact answers at this moment. */
export function isOnCall({ hours }: OnCallContact, at: EpochMs, timeZone: string): boolean {
  if (hours === undefined) return true;
  const { day, minute } = localMoment(at, timeZone);
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to);
  const answersOn = (weekday: Weekday): boolean => hours.days?.includes(weekday) ?? true;
  if (from < to) return answersOn(day) && minute >= from && minute < to;
  const sinceStart = (minute - from + MINUTES_A_DAY) % MINUTES_A_DAY;
  const isRunning = from === to || sinceStart < to - from + MINUTES_A_DAY;
  return isRunning && answersOn(minute >= from ? day : dayBefore(day));
}

/** A moment as the site's people read it. An unknown time zone is refused by the configuration. */
export function localWords(at: EpochMs, timeZone: string): string {
  const words = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return `${words} (${timeZone})`;
}
