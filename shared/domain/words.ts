import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';

/** A span as a person says it; never below a minute. */
export function minutesInWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return 'less than 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

export function dueInWords(dueAt: EpochMs | undefined, now: EpochMs): string {
  if (dueAt === undefined) return 'no due time given';
  return dueAt >= now ? `due in ${minutesInWords(dueAt - now)}` : `overdue by ${minutesInWords(now - dueAt)}`;
}

/** What other systems send may be of any length; nobody reads more than this in a row. */
const CLIPPED_CHARACTERS = 2000;
export const clipText = (text: string): string =>
  text.length <= CLIPPED_CHARACTERS ? text : `${text.slice(0, CLIPPED_CHARACTERS)}…`;
export const isTooLong = (text: string | undefined): boolean => (text?.length ?? 0) > CLIPPED_CHARACTERS;
