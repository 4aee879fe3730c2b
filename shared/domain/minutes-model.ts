import { EXAM_TYPES, type ExamType } from './exam-table.ts';
import { examTypeById } from './exam-type.ts';
import type { RadiologistId } from './identifiers.ts';

/** One reading as it really went, from the claim to the signature. */
export interface ReadingTime {
  readonly readerId: RadiologistId;
  readonly examTypeId: string;
  readonly minutes: number;
}

/** How long a reading takes, by exam type and reader. */
export interface MinutesModel {
  /** For this reader; without one, or for one we know nothing of, the group's. Never below half a minute. */
  expected(type: ExamType, readerId?: RadiologistId): number;
}

/** So many readings weigh as much as what we believed before: of a type in the group, and of a reader in a type. */
const TYPE_PRIOR_READINGS = 20;
const READER_PRIOR_READINGS = 30;
const READER_TYPE_PRIOR_READINGS = 15;
const SHORTEST_MINUTES = 0.5;
/** A case left open over lunch says nothing of reading; a click through by mistake neither. */
const LONGEST_FACTOR = 8;
const SHORTEST_MEASURED = 0.1;

interface Tally {
  sum: number;
  count: number;
}

function tallyBy(
  times: readonly ReadingTime[],
  key: (time: ReadingTime) => string,
  value: (time: ReadingTime) => number,
) {
  const tallies = new Map<string, Tally>();
  for (const time of times) {
    const tally = tallies.get(key(time)) ?? { sum: 0, count: 0 };
    tally.sum += value(time);
    tally.count += 1;
    tallies.set(key(time), tally);
  }
  return tallies;
}

/** The mean of what was measured, drawn towards `belief` as by `weight` readings that agreed with it. */
const shrunk = (tally: Tally | undefined, belief: number, weight: number): number =>
  ((tally?.sum ?? 0) + belief * weight) / ((tally?.count ?? 0) + weight);

/**
 * Learns from actual reading times in three steps, each shrunk towards the one before: the type's mean towards the starting table, the
 * reader's pace towards the group's, the reader's pace in one type towards their pace in all. Few readings change little.
 */
export function learnMinutes(times: readonly ReadingTime[]): MinutesModel {
  const usable = times.filter(
    ({ examTypeId, minutes }) =>
      minutes >= SHORTEST_MEASURED && minutes <= LONGEST_FACTOR * examTypeById(examTypeId).meanMinutes,
  );
  const byType = tallyBy(
    usable,
    ({ examTypeId }) => examTypeId,
    ({ minutes }) => minutes,
  );
  const typeMean = new Map(
    EXAM_TYPES.map((type) => [type.id, shrunk(byType.get(type.id), type.meanMinutes, TYPE_PRIOR_READINGS)]),
  );
  const meanOf = (typeId: string) => typeMean.get(examTypeById(typeId).id) ?? 0;
  const pace = ({ examTypeId, minutes }: ReadingTime) => minutes / meanOf(examTypeId);
  const byReader = tallyBy(usable, ({ readerId }) => readerId, pace);
  const byReaderType = tallyBy(usable, ({ readerId, examTypeId }) => `${examTypeId} ${readerId}`, pace);
  return {
    expected(type, readerId) {
      const mean = meanOf(type.id);
      if (readerId === undefined) return Math.max(SHORTEST_MINUTES, mean);
      const own = shrunk(byReader.get(readerId), 1, READER_PRIOR_READINGS);
      const inType = shrunk(byReaderType.get(`${type.id} ${readerId}`), own, READER_TYPE_PRIOR_READINGS);
      return Math.max(SHORTEST_MINUTES, mean * inType);
    },
  };
}

/** Nothing learned yet: the starting table for everyone. */
export const STARTING_MINUTES: MinutesModel = learnMinutes([]);
