import type { EpochMs } from '../kernel/clock.ts';

/**
 * HL7 TS/DTM `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ]` (2.A.22). Without a zone the text is the sender's local time; `zoneMinutes` says what
 * that is east of UTC. Undefined for anything that names no instant.
 */
export function parseTimestamp(text: string | undefined, zoneMinutes = 0): EpochMs | undefined {
  const match = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\.(\d{1,6}))?\d*([+-])?(\d\d)?(\d\d)?$/.exec(text ?? '');
  if (match === null) return undefined;
  const part = (n: number, otherwise: number) => (match[n] === undefined ? otherwise : Number(match[n]));
  const [year, month, day, hour, minute, second] = [
    part(1, 0),
    part(2, 1),
    part(3, 1),
    part(4, 0),
    part(5, 0),
    part(6, 0),
  ];
  const milliseconds = match[7] === undefined ? 0 : Math.trunc(Number(`0.${match[7]}`) * 1000);
  const at = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const back = new Date(at);
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return undefined;
  const zone = match[8] === undefined ? zoneMinutes : (match[8] === '-' ? -1 : 1) * (part(9, 0) * 60 + part(10, 0));
  return (at - zone * 60_000) as EpochMs;
}

/** `YYYYMMDDHHMMSS+0000`. */
export const formatTimestamp = (at: EpochMs): string =>
  `${new Date(at).toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`;

/** HL7 DT or the date part of TS to ISO `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
export function parseDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})(\d\d)?(\d\d)?/.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day] = match;
  if (month === undefined || month === '00' || Number(month) > 12) return year;
  if (day === undefined || day === '00' || Number(day) > 31) return `${year}-${month}`;
  return `${year}-${month}-${day}`;
}
