import { readInteger, readOrdinal, readYear, type ReadNumber } from './number-words.ts';
import type { Piece } from './piece.ts';
import type { SpeechLocale } from './speech.ts';

export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

const monthAt = (words: readonly string[], at: number): string | undefined => {
  const month = MONTHS.find((name) => name === words[at]);
  return month === undefined ? undefined : month.charAt(0).toUpperCase() + month.slice(1);
};

function readDay(words: readonly string[], at: number): ReadNumber | undefined {
  const day = readOrdinal(words, at) ?? readInteger(words, at);
  return day !== undefined && Number(day.text) >= 1 && Number(day.text) <= 31 ? day : undefined;
}

function readFourFigures(words: readonly string[], at: number): ReadNumber | undefined {
  const year = readYear(words, at) ?? readInteger(words, at);
  return year !== undefined && /^(?:19|20)\d\d$/.test(year.text) ? year : undefined;
}

interface ReadDate {
  readonly month: string;
  readonly day?: string;
  readonly year?: string;
  readonly taken: number;
}

/** A day that would swallow the first half of the year (`march twenty twenty six`) is none. */
function readAfterMonth(words: readonly string[], at: number, month: string): ReadDate | undefined {
  const skip = words[at] === 'the' ? 1 : 0;
  const year = readFourFigures(words, at);
  if (year !== undefined) return { month, year: year.text, taken: year.taken };
  const day = readDay(words, at + skip);
  if (day === undefined) return undefined;
  const dayEnds = at + skip + day.taken;
  const comma = words[dayEnds] === 'comma' ? 1 : 0;
  const laterYear = readFourFigures(words, dayEnds + comma);
  if (month === 'May' && laterYear === undefined && readOrdinal(words, at + skip) === undefined) return undefined;
  return laterYear === undefined
    ? { month, day: day.text, taken: skip + day.taken }
    : { month, day: day.text, year: laterYear.text, taken: skip + day.taken + comma + laterYear.taken };
}

function readDate(words: readonly string[], at: number): ReadDate | undefined {
  const month = monthAt(words, at);
  if (month !== undefined) {
    const rest = readAfterMonth(words, at + 1, month);
    return rest && { ...rest, taken: rest.taken + 1 };
  }
  const article = words[at] === 'the' ? 1 : 0;
  const day = readDay(words, at + article);
  if (day === undefined) return undefined;
  const of = words[at + article + day.taken] === 'of' ? 1 : 0;
  const monthAtEnd = at + article + day.taken + of;
  const named = monthAt(words, monthAtEnd);
  if (named === undefined) return undefined;
  const year = readFourFigures(words, monthAtEnd + 1);
  if (named === 'May' && of === 0 && year === undefined) return undefined;
  const taken = article + day.taken + of + 1;
  return year === undefined
    ? { month: named, day: day.text, taken }
    : { month: named, day: day.text, year: year.text, taken: taken + year.taken };
}

function writeDate({ month, day, year }: ReadDate, locale: SpeechLocale): string {
  if (day === undefined) return `${month} ${year ?? ''}`;
  const isAmerican = locale === 'en-US';
  const both = isAmerican ? `${month} ${day}` : `${day} ${month}`;
  return year === undefined ? both : `${both}${isAmerican ? ', ' : ' '}${year}`;
}

/** A day, a month of a year, or a year: `March 11, 2026` (en-US), `11 March 2026` (en-GB). */
export function dateReader(locale: SpeechLocale) {
  return (words: readonly string[], at: number): Piece | undefined => {
    const date = readDate(words, at);
    if (date !== undefined) return { text: writeDate(date, locale), taken: date.taken, kind: 'word' };
    const year = readYear(words, at);
    return year && { text: year.text, taken: year.taken, kind: 'number' };
  };
}

const two = (text: string): string => text.padStart(2, '0');

/** Hour and minute: `eight`, `eight thirty`, `oh eight fifteen`, `three oh five`. */
function readClock(words: readonly string[], at: number): { hour: number; minute?: string; taken: number } | undefined {
  const lead = words[at] === 'oh' || (words[at] === 'zero' && readInteger(words, at + 1)?.taken === 1) ? 1 : 0;
  const hour = readInteger(words, at + lead);
  if (hour === undefined || Number(hour.text) > 24) return undefined;
  const next = at + lead + hour.taken;
  const zeroLed = words[next] === 'oh' || words[next] === 'zero' ? 1 : 0;
  const minute = readInteger(words, next + zeroLed);
  const isMinute = minute !== undefined && (zeroLed === 1 ? Number(minute.text) < 10 : Number(minute.text) >= 10);
  return isMinute && Number(minute.text) < 60
    ? { hour: Number(hour.text), minute: two(minute.text), taken: lead + hour.taken + zeroLed + minute.taken }
    : { hour: Number(hour.text), taken: lead + hour.taken };
}

function halfOfDay(words: readonly string[], at: number): { half: 'am' | 'pm'; taken: number } | undefined {
  if (words[at] === 'am' || words[at] === 'pm') return { half: words[at], taken: 1 };
  const isSpelled = (words[at] === 'a' || words[at] === 'p') && words[at + 1] === 'm';
  return isSpelled ? { half: words[at] === 'a' ? 'am' : 'pm', taken: 2 } : undefined;
}

/** Times of day: `3:30 PM` (en-US), `3.30 pm` is old style, so `3:30 pm` (en-GB); `14:30` of the 24-hour clock. */
export function timeReader(locale: SpeechLocale) {
  return (words: readonly string[], at: number): Piece | undefined => {
    const hundred = readInteger(words, at);
    if (hundred !== undefined && words[at + hundred.taken] === 'hours' && /^\d{3,4}$/.test(hundred.text)) {
      const [hour, minute] = [Math.floor(Number(hundred.text) / 100), Number(hundred.text) % 100];
      if (hour < 25 && minute < 60)
        return { text: `${two(String(hour))}:${two(String(minute))}`, taken: hundred.taken + 1, kind: 'number' };
    }
    const clock = readClock(words, at);
    if (clock === undefined) return undefined;
    const { hour, minute, taken } = clock;
    if (words[at + taken] === "o'clock") return { text: `${hour} o'clock`, taken: taken + 1, kind: 'word' };
    const half = halfOfDay(words, at + taken);
    if (half !== undefined && hour >= 1 && hour <= 12) {
      const shown = locale === 'en-US' ? half.half.toUpperCase() : half.half;
      const time = minute === undefined ? String(hour) : `${hour}:${minute}`;
      return { text: `${time} ${shown}`, taken: taken + half.taken, kind: 'word' };
    }
    if (minute === undefined) return undefined;
    const isHours = words[at + taken] === 'hours';
    return isHours || (words[at - 1] === 'at' && hour < 24)
      ? { text: `${two(String(hour))}:${minute}`, taken: taken + (isHours ? 1 : 0), kind: 'number' }
      : undefined;
  };
}
