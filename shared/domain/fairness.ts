import type { RadiologistId } from './identifiers.ts';
import type { ReadingAct } from './reading-act.ts';
import type { ReadingTask } from './reading-task.ts';
import type { Shift, Span } from './shift.ts';
import { loadsOf, workDone, type Load } from './workload.ts';
import type { WrvuTable } from './wrvu-table.ts';

/** Gini coefficient: 0 when all have the same, towards 1 when one has everything. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, value, index) => sum + (2 * (index + 1) - sorted.length - 1) * value, 0);
  return weighted / (sorted.length * total);
}

/** What every reader can see of every reader: the work, and each time somebody went around the order. */
export interface LedgerLine extends Load {
  readonly readerName: string;
  /** Readings chosen by hand, with the reason given. */
  readonly picked: readonly ReadingAct[];
  readonly declined: readonly ReadingAct[];
  readonly handedOver: readonly ReadingAct[];
}

export interface FairnessLedger {
  /** Most minutes first. */
  readonly lines: readonly LedgerLine[];
  /** Of the minutes read; 0 is equal. */
  readonly giniOfMinutes: number;
  /** Of the wRVU read: pay and minutes are two things (DOMAIN 3). */
  readonly giniOfWrvu: number;
}

export function fairnessLedger(
  tasks: readonly ReadingTask[],
  roster: readonly Shift[],
  span: Span,
  tables?: readonly WrvuTable[],
): FairnessLedger {
  const loads = loadsOf(workDone(tasks, span, tables), roster, span);
  const acts = tasks.flatMap((task) => task.acts ?? []).filter(({ at }) => at >= span.from && at < span.until);
  const nameOf = (readerId: RadiologistId) =>
    roster.find((shift) => shift.readerId === readerId)?.readerName ??
    acts.find(({ by }) => by === readerId)?.byName ??
    readerId;
  const lines = loads.map((load) => {
    const of = (kind: ReadingAct['kind']) => acts.filter((act) => act.by === load.readerId && act.kind === kind);
    return {
      ...load,
      readerName: nameOf(load.readerId),
      picked: of('picked'),
      declined: of('declined'),
      handedOver: of('handed-over'),
    };
  });
  return {
    lines: lines.toSorted((one, other) => other.minutes - one.minutes),
    giniOfMinutes: gini(lines.map(({ minutes }) => minutes)),
    giniOfWrvu: gini(lines.map(({ wrvu }) => wrvu)),
  };
}
