import type { EpochMs } from '../kernel/clock.ts';
import type { RadiologistId } from './identifiers.ts';

export const READING_ACTS = ['claimed', 'picked', 'returned', 'declined', 'handed-over', 'escalated'] as const;

/** What a reader did with a reading short of signing it; kept on the Task, so that everyone sees the same history. */
export interface ReadingAct {
  readonly kind: (typeof READING_ACTS)[number];
  readonly by: RadiologistId;
  /** PS3.5 PN. */
  readonly byName: string;
  readonly at: EpochMs;
  /** Always there for `picked`, `declined` and `escalated`. */
  readonly reason?: string;
  /** To whom it was handed over. */
  readonly to?: RadiologistId;
  readonly toName?: string;
}

/** More would only make the Task heavy: the oldest go first. */
const MOST_ACTS = 40;

export const withAct = (acts: readonly ReadingAct[] | undefined, act: ReadingAct): readonly ReadingAct[] =>
  [...(acts ?? []), act].slice(-MOST_ACTS);

/** The reader's last word on it was that they do not take it. */
export function declinedBy(acts: readonly ReadingAct[] | undefined, reader: RadiologistId): ReadingAct | undefined {
  const last = acts?.findLast(({ kind, by }) => by === reader && (kind === 'declined' || kind === 'claimed'));
  return last?.kind === 'declined' ? last : undefined;
}

/** The hand-over that the running claim came from; undefined once the receiver has taken it up. */
export function handedOverTo(acts: readonly ReadingAct[] | undefined, reader: RadiologistId): ReadingAct | undefined {
  const last = acts?.at(-1);
  return last?.kind === 'handed-over' && last.to === reader ? last : undefined;
}
