import { HOUR_MS, type EpochMs } from '../kernel/clock.ts';
import type { RadiologistId, SiteId } from './identifiers.ts';

export interface Span {
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** The interval in which a reader answers for given sites, from the configuration or a FHIR Schedule with its Slots. */
export interface Shift extends Span {
  readonly readerId: RadiologistId;
  /** PS3.5 PN. */
  readonly readerName: string;
  readonly breaks: readonly Span[];
  /** Absent: all that the reader may read for. */
  readonly siteIds?: readonly SiteId[];
}

const covers = ({ from, until }: Span, at: EpochMs): boolean => from <= at && at < until;

export const shiftAt = (roster: readonly Shift[], readerId: RadiologistId, at: EpochMs): Shift | undefined =>
  roster.find((shift) => shift.readerId === readerId && covers(shift, at));

export const readersOnShift = (roster: readonly Shift[], at: EpochMs): readonly RadiologistId[] => [
  ...new Set(roster.filter((shift) => covers(shift, at)).map(({ readerId }) => readerId)),
];

export const breakAt = ({ breaks }: Shift, at: EpochMs): Span | undefined => breaks.find((each) => covers(each, at));

export const hoursIn = ({ from }: Shift, at: EpochMs): number => Math.max(0, at - from) / HOUR_MS;

const overlapMs = (one: Span, other: Span): number =>
  Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));

/** Time a shift leaves for reading within a span: breaks are not worked. */
export const workedMs = (shift: Shift, span: Span): number =>
  overlapMs(shift, span) - shift.breaks.reduce((sum, each) => sum + overlapMs(clip(each, shift), span), 0);

const clip = ({ from, until }: Span, { from: first, until: last }: Span): Span => ({
  from: Math.max(from, first) as EpochMs,
  until: Math.max(from, Math.min(until, last)) as EpochMs,
});
