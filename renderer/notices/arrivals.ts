import { isEmergency, tierOf, type Priority } from '#shared/domain/priority.ts';

import type { WorklistRow } from '../bridge/index.ts';

/** The rows as they were, by their task's id. */
export type RowsBefore = Pick<ReadonlyMap<string, WorklistRow>, 'get'>;

/** Why the reader is told of a row. */
export type ArrivalKind = 'activation' | 'stat' | 'handed-over' | 'other';

export interface Arrival {
  readonly row: WorklistRow;
  readonly kind: ArrivalKind;
}

const classOf = (row: WorklistRow): Priority => row.standsAs ?? row.priority;

/** May be taken by this reader now. */
const waitsForReader = (row: WorklistRow): boolean =>
  row.state === 'ready' && row.claim === undefined && row.ineligible.length === 0 && row.declined === undefined;

/**
 * What has become this reader's to do among the rows that are not as they were `before`: a reading whose images have come, one that was raised to an emergency, one that a
 * colleague handed over. One that only came back to the list, or whose lease ran out, is no news.
 */
export function arrivalsBetween(before: RowsBefore, after: readonly WorklistRow[]): readonly Arrival[] {
  return after.flatMap((row): Arrival[] => {
    const was = before.get(row.taskId);
    if (row.handedOverBy !== undefined && was?.handedOverBy === undefined) return [{ row, kind: 'handed-over' }];
    if (!waitsForReader(row)) return [];
    const kind = kindOf(row);
    const isRaised = was !== undefined && isEmergency(classOf(row)) && tierOf(classOf(row)) < tierOf(classOf(was));
    const isNew = was === undefined || was.state === 'ordered' || was.ineligible.length > 0;
    return isNew || isRaised ? [{ row, kind }] : [];
  });
}

function kindOf(row: WorklistRow): ArrivalKind {
  const tier = tierOf(classOf(row));
  if (tier === tierOf('stroke')) return 'activation';
  return tier === tierOf('stat') ? 'stat' : 'other';
}
