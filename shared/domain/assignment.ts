import type { RadiologistId } from './identifiers.ts';
import { isEmergency, type Priority } from './priority.ts';

/** A free reader who may read it. */
export interface FreeReader {
  readonly readerId: RadiologistId;
  /** For this very exam. */
  readonly expectedMinutes: number;
  /** Share of the group's minutes not yet read: above zero they are behind. */
  readonly deficitMinutes: number;
}

/**
 * Who of several free readers a reading goes to. An emergency to the one who reads such an exam fastest, anything else to the one who is most
 * behind in minutes; ties by id, so that every workstation finds the same.
 */
export function chooseReader(standsAs: Priority, free: readonly FreeReader[]): RadiologistId | undefined {
  const byDeficit = (one: FreeReader, other: FreeReader) => other.deficitMinutes - one.deficitMinutes;
  const bySpeed = (one: FreeReader, other: FreeReader) =>
    Math.round(one.expectedMinutes) - Math.round(other.expectedMinutes);
  return free.toSorted(
    (one, other) =>
      (isEmergency(standsAs) ? bySpeed(one, other) : 0) ||
      byDeficit(one, other) ||
      (one.readerId < other.readerId ? -1 : 1),
  )[0]?.readerId;
}
