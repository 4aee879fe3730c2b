import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/kernel/clock.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Wall time of this workstation, 24 hours: `02:14:07`. */
export function showTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `02:14`, with the day in front when it is not today: `2026-11-21 02:14`. */
export function showMoment(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${showDate(at)} ${time}`;
}

/** The same to the second: moments close to each other are told apart. */
export const showExactMoment = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? showTime(at) : `${showDate(at)} ${showTime(at)}`;

function showDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export type Urgency = 'overdue' | 'soon' | 'later' | 'none';

/** A quarter of an hour is what the tightest activation gives: under it the clock is shown in seconds' colour. */
const SOON_MS = 15 * MINUTE_MS;

export function urgencyOf(dueAt: number | undefined, now: number): Urgency {
  if (dueAt === undefined) return 'none';
  if (dueAt < now) return 'overdue';
  return dueAt - now <= SOON_MS ? 'soon' : 'later';
}

/** The count-down in words: `in 10:42`, `in 1 h 40 min`, `in 2 d 3 h`, `Overdue 3 min`, `Overdue 4:38 h`. */
export function showDue(dueAt: number | undefined, now: number): string {
  if (dueAt === undefined) return 'No due time';
  const left = dueAt - now;
  if (left < 0) return `Overdue ${showShortSpan(-left)}`;
  if (left < HOUR_MS) {
    const seconds = Math.floor(left / SECOND_MS);
    return `in ${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }
  return `in ${showSpan(left)}`;
}

function showSpan(ms: number): string {
  if (ms < MINUTE_MS) return '< 1 min';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / MINUTE_MS)} min`;
  return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`;
}

/** Hours and minutes in few letters: what is late stands whole in a narrow column. */
function showShortSpan(ms: number): string {
  if (ms < HOUR_MS || ms >= DAY_MS) return showSpan(ms);
  return `${Math.floor(ms / HOUR_MS)}:${two(Math.floor((ms % HOUR_MS) / MINUTE_MS))} h`;
}
