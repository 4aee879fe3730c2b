import type { Sex } from '#shared/domain/patient.ts';
import { DAY_MS } from '#shared/kernel/clock.ts';

const SEX_LETTER: Readonly<Record<Sex, string>> = { M: 'M', F: 'F', O: 'O', unknown: 'sex ?' };

/** Age at `now` from an ISO date that may be only a year or a month: `74`, `14 mo`, `9 d`; `age ?` when it cannot be told. */
export function showAge(birthDate: string | undefined, now: number): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(birthDate ?? '');
  if (match === null) return 'age ?';
  const today = new Date(now);
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  let months = (today.getFullYear() - year) * 12 + (today.getMonth() + 1 - month);
  if (today.getDate() < day) months -= 1;
  if (months < 0) return 'age ?';
  if (months >= 24 || match[2] === undefined) return String(Math.floor(months / 12));
  if (months >= 1 || match[3] === undefined) return `${months} mo`;
  return `${Math.floor((now - new Date(year, month - 1, day).getTime()) / DAY_MS)} d`;
}

/** Completed years at `now`; undefined when the date cannot be told or lies ahead. */
export function wholeYears(birthDate: string | undefined, now: number): number | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(birthDate ?? '');
  if (match === null) return undefined;
  const today = new Date(now);
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const months = (today.getFullYear() - year) * 12 + (today.getMonth() + 1 - month) - Number(today.getDate() < day);
  return months < 0 ? undefined : Math.floor(months / 12);
}

export const showAgeAndSex = (birthDate: string | undefined, sex: Sex, now: number): string =>
  `${showAge(birthDate, now)} ${SEX_LETTER[sex]}`;
