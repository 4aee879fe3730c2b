import type { Brand } from './brand.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** Time is an argument: programs pass the machine's, tests pass one they move by hand. */
export interface Clock {
  now(): EpochMs;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const toIso = (at: EpochMs): string => new Date(at).toISOString();

/** Undefined when the text is no date: FHIR `instant`/`dateTime` as other systems write them may be anything. */
export function fromIso(text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : (at as EpochMs);
}
