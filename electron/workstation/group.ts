import type { CallResponse } from '#shared/contract/calls.ts';
import { isClaimRunning } from '#shared/domain/claim.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { Clock } from '#shared/kernel/clock.ts';

import type { Readings } from './readings.ts';

type OtherReader = CallResponse<'readers'>['readers'][number];

/** The readers who share this list, as configured and as seen at work. */
export interface Group {
  terms(): ReadingGroup;
  /** Everyone but this workstation's reader; those on shift first, then by name. */
  others(): readonly OtherReader[];
}

export function createGroup(ports: {
  readonly terms: ReadingGroup;
  readonly reader: Radiologist;
  readonly readings: Readings;
  readonly isOnShift: (reader: RadiologistId) => boolean;
  readonly clock: Clock;
}): Group {
  const { terms, reader, readings, isOnShift, clock } = ports;
  return {
    terms: () => terms,
    others() {
      const names = new Map<RadiologistId, string>(terms.readers.map(({ id, name }) => [id, name]));
      const holds = new Map<RadiologistId, number>();
      const now = clock.now();
      for (const { claim, acts } of readings.seen().tasks) {
        for (const act of acts ?? []) if (!names.has(act.by)) names.set(act.by, act.byName);
        if (!isClaimRunning(claim, now)) continue;
        const { radiologistId, radiologistName } = claim;
        if (!names.has(radiologistId)) names.set(radiologistId, radiologistName);
        holds.set(radiologistId, (holds.get(radiologistId) ?? 0) + 1);
      }
      names.delete(reader.id);
      return [...names]
        .map(([id, name]) => ({ id, name, isOnShift: isOnShift(id), holds: holds.get(id) ?? 0 }))
        .toSorted(
          (one, other) => Number(other.isOnShift) - Number(one.isOnShift) || one.name.localeCompare(other.name),
        );
    },
  };
}
