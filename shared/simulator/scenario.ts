import { examTypeById } from '../domain/exam-type.ts';
import type { ExamType } from '../domain/exam-table.ts';
import type { PatientId, RadiologistId, SiteId, StudyInstanceUid, TaskId } from '../domain/identifiers.ts';
import { learnMinutes, type MinutesModel, type ReadingTime } from '../domain/minutes-model.ts';
import type { PatientClass } from '../domain/order.ts';
import { DEFAULT_TURNAROUND_MINUTES, type Priority } from '../domain/priority.ts';
import type { Radiologist } from '../domain/radiologist.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { Shift } from '../domain/shift.ts';
import { HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { EXAM_MIX, HOUR_WEIGHTS, REGIONS, SITE_KINDS, type ExamShare, type SiteKind } from './night-facts.ts';
import { createRandom, type Random } from './random.ts';

/** A reader as the simulator knows them; policies see the `Radiologist` only, and open pick their habits. */
export interface SimReader extends Radiologist {
  readonly shift: Shift;
  /** Habit: how often they choose for themselves where the list lets them, 0..1. */
  readonly pickiness: number;
  /** True minutes of an exam type against the group's mean. */
  readonly paceOf: (type: ExamType) => number;
}

export interface Night {
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly load: number;
  readonly readers: readonly SimReader[];
  readonly roster: readonly Shift[];
  /** In order of arrival; `imagesCompleteAt` is the arrival. */
  readonly tasks: readonly ReadingTask[];
  /** How long this reader really needs for this reading. No policy may look. */
  readonly trueMinutes: (taskId: TaskId, reader: SimReader) => number;
  readonly regionOf: (siteId: SiteId) => string | undefined;
  /** Learned from earlier nights of the same readers, as the program does. */
  readonly minutes: MinutesModel;
}

export interface NightRequest {
  readonly readers: number;
  readonly sites: number;
  readonly hours: number;
  readonly seed: number;
  /** Expected minutes of all readings over all minutes of the readers; default 0.7 to 0.95, decided by the seed. */
  readonly load?: number;
}

/** 20:00 UTC: the night's first hour is its busiest. */
const EVENING = Date.UTC(2026, 10, 21, 20);
/** A month of nights of 68 readings each (DOMAIN 1). */
const HISTORY_READINGS = 1500;
const BREAK_MS = 20 * MINUTE_MS;
const SUBSPECIALTIES = ['neuro', 'body', 'chest', 'musculoskeletal'] as const;

/** Spreads any run of seeds evenly over 0..1 (van der Corput, base 2). */
function spread(seed: number): number {
  let [left, half, value] = [Math.abs(Math.trunc(seed)), 0.5, 0];
  for (; left > 0; left = Math.floor(left / 2), half /= 2) value += (left % 2) * half;
  return value;
}

/** A night on call that the seed alone decides: the same orders, readers and reading times for every policy. */
export function createNight({ readers, sites, hours, seed, load = 0.7 + 0.25 * spread(seed) }: NightRequest): Night {
  const from = EVENING as EpochMs;
  const until = (EVENING + hours * HOUR_MS) as EpochMs;
  const places = createSites(sites, createRandom(seed, 'sites'));
  const staff = createReaders(readers, { from, until }, createRandom(seed, 'readers'));
  const tasks = createOrders(
    places,
    { from, hours, minutes: load * readers * hours * 60 },
    createRandom(seed, 'orders'),
  );
  const length = createRandom(seed, 'lengths');
  const caseMinutes = new Map(
    tasks.map(({ task, type }) => [task.id, { type, minutes: length.logNormal(type.meanMinutes, type.sdMinutes) }]),
  );
  const regions = new Map(places.map(({ id, region }) => [id, region]));
  return {
    from,
    until,
    load,
    readers: staff,
    roster: staff.map(({ shift }) => shift),
    tasks: tasks.map(({ task }) => task),
    trueMinutes(taskId, reader) {
      const known = caseMinutes.get(taskId);
      if (known === undefined) throw new Error('a reading of another night');
      return known.minutes * reader.paceOf(known.type);
    },
    regionOf: (siteId) => regions.get(siteId),
    minutes: learnMinutes(staff.flatMap((reader) => historyOf(reader, createRandom(seed, `history ${reader.id}`)))),
  };
}

interface Place {
  readonly id: SiteId;
  readonly name: string;
  readonly region: string;
  readonly kind: SiteKind;
  readonly size: number;
}

const createSites = (count: number, random: Random): readonly Place[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `site-${index + 1}` as SiteId,
    name: `Site ${index + 1}`,
    region: random.pick(REGIONS),
    kind: random.pick(SITE_KINDS, ({ share }) => share),
    size: random.logNormal(1, 0.6),
  }));

function createReaders(
  count: number,
  { from, until }: { readonly from: EpochMs; readonly until: EpochMs },
  random: Random,
): readonly SimReader[] {
  const drafts = Array.from({ length: count }, (_, index) => {
    const subspecialty = SUBSPECIALTIES[index % SUBSPECIALTIES.length] ?? 'neuro';
    const personal = random.logNormal(1, 0.12);
    const breadth = 0.5 + 0.4 * random.next();
    const regions = new Set(REGIONS.filter(() => random.next() < breadth));
    const middle = from + ((until - from) * (index + 1)) / (count + 1);
    return { index, subspecialty, personal, regions, pickiness: random.next(), breakFrom: middle as EpochMs };
  });
  // A group takes no site that only one of its readers may read for.
  REGIONS.forEach((region, index) => {
    for (let helper = 0; drafts.filter(({ regions }) => regions.has(region)).length < Math.min(3, count); helper += 1)
      drafts[(index + helper) % count]?.regions.add(region);
  });
  return drafts.map(({ index, subspecialty, personal, regions, pickiness, breakFrom }) => {
    const id = `reader-${index + 1}` as RadiologistId;
    const breaks = until - from >= 6 * HOUR_MS ? [{ from: breakFrom, until: (breakFrom + BREAK_MS) as EpochMs }] : [];
    return {
      id,
      name: `Reader^${index + 1}`,
      licences: [...regions].map((region) => ({ region, until: '2030-01-01' })),
      subspecialties: [subspecialty],
      shift: { readerId: id, readerName: `Reader^${index + 1}`, from, until, breaks },
      pickiness,
      // One's own field goes faster, the others a little slower than the mean of the group.
      paceOf: (type: ExamType) => personal * (type.subspecialty === subspecialty ? 0.85 : 1.05),
    };
  });
}

interface Drawn {
  readonly task: ReadingTask;
  readonly type: ExamType;
}

function createOrders(
  places: readonly Place[],
  { from, hours, minutes }: { readonly from: EpochMs; readonly hours: number; readonly minutes: number },
  random: Random,
): readonly Drawn[] {
  const orders: { at: number; place: Place; share: ExamShare; type: ExamType }[] = [];
  const slots = Array.from({ length: Math.ceil(hours) }, (_, hour) => hour);
  const hourOf = (at: number) => new Date(at).getUTCHours();
  for (let left = minutes; left > 0;) {
    const place = random.pick(places, ({ size }) => size);
    const hour = random.pick(slots, (slot) => weightOf(place.kind, hourOf(from + slot * HOUR_MS)));
    const at = from + Math.min(hour + random.next(), hours) * HOUR_MS;
    const share = random.pick(EXAM_MIX, (each) => each.share * (place.kind.exams[each.examType] ?? 1));
    const type = examTypeById(share.examType);
    orders.push({ at, place, share, type });
    left -= type.meanMinutes;
  }
  return orders
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, place, share, type }, index) => ({
      task: orderOf(index, Math.floor(at) as EpochMs, place, share, random),
      type,
    }));
}

const weightOf = (kind: SiteKind, hour: number): number => (HOUR_WEIGHTS[hour] ?? 1) * kind.weightAt(hour);

function orderOf(index: number, at: EpochMs, place: Place, share: ExamShare, random: Random): ReadingTask {
  const patientClass = random.pick(
    Object.entries(place.kind.patients) as [PatientClass, number][],
    ([, weight]) => weight,
  )[0];
  const priority = random.pick(
    Object.entries(share.priorities[patientClass]) as [Priority, number][],
    ([, weight]) => weight,
  )[0];
  const number = String(index + 1).padStart(5, '0');
  return {
    id: `reading-${number}` as TaskId,
    version: '1',
    state: 'ready',
    siteId: place.id,
    siteName: place.name,
    patient: { id: `patient-${number}` as PatientId, mrn: number, name: `Patient^${number}`, sex: 'unknown' },
    exam: share.exam,
    priority,
    patientClass,
    studyInstanceUids: [`2.25.${index + 1}` as StudyInstanceUid],
    priors: [],
    authoredOn: at,
    imagesCompleteAt: at,
    dueAt: (at + DEFAULT_TURNAROUND_MINUTES[priority] * MINUTE_MS) as EpochMs,
  };
}

/** What the group has measured of a reader on earlier nights. */
const historyOf = (reader: SimReader, random: Random): readonly ReadingTime[] =>
  Array.from({ length: HISTORY_READINGS }, () => {
    const type = examTypeById(random.pick(EXAM_MIX, ({ share }) => share).examType);
    return {
      readerId: reader.id,
      examTypeId: type.id,
      minutes: random.logNormal(type.meanMinutes, type.sdMinutes) * reader.paceOf(type),
    };
  });
