import type { ImageFacts } from './image-facts.ts';
import { alongNormal, cross, dot } from './read-image-facts.ts';

const PARALLEL = 0.999;
const SAME_PLACE_MM = 0.01;
/** A step between phases that may be played as time. */
const [SHORTEST_STEP_MS, LONGEST_STEP_MS] = [5, 1000];

/** The images of a series that shows one volume several times: all places of the first phase, then of the second, and so on. */
export interface Phases {
  readonly count: number;
  /** Images a phase. */
  readonly places: number;
  /** What tells them apart, in words: `temporal position`. */
  readonly by: string;
  /** Of each phase, as it stands in the middle image: `b 1000 s/mm²`. */
  readonly labels: readonly string[];
  /** From phase to phase as the header states it; undefined where phases are no moments of one film. */
  readonly stepMs: number | undefined;
}

interface PhaseKey {
  readonly by: string;
  readonly of: (facts: ImageFacts) => number | undefined;
  readonly words: (value: number) => string;
  /** The same values at every place; otherwise each place has moments of its own, and their order counts. */
  readonly isExact: boolean;
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** What a header tells the phases of a volume apart by, the surest first. */
const KEYS: readonly PhaseKey[] = [
  {
    by: 'temporal position',
    of: ({ phase }) => phase.temporalPosition,
    words: (value) => `temporal position ${value}`,
    isExact: true,
  },
  { by: 'b-value', of: ({ phase }) => phase.bValue, words: (value) => `b ${value} s/mm²`, isExact: true },
  {
    by: 'trigger time',
    of: ({ phase }) => phase.triggerMs,
    words: (value) => `${Math.round(value)} ms after trigger`,
    isExact: false,
  },
  {
    by: 'acquisition number',
    of: ({ phase }) => phase.acquisition,
    words: (value) => `acquisition ${value}`,
    isExact: true,
  },
  {
    by: 'acquisition time',
    of: ({ phase }) => phase.acquiredMs,
    words: (value) => `at ${clock(value)}`,
    isExact: false,
  },
];

/** Images of like place, from below; undefined where not all are parallel and placed. */
function byPlace(images: readonly ImageFacts[]): ImageFacts[][] | undefined {
  const first = images[0]?.orientation;
  if (!first) return undefined;
  const normal = cross(first.row, first.column);
  const placed: { readonly facts: ImageFacts; readonly at: number }[] = [];
  for (const facts of images) {
    const { position, orientation } = facts;
    if (!position || !orientation || dot(cross(orientation.row, orientation.column), normal) < PARALLEL)
      return undefined;
    placed.push({ facts, at: alongNormal(position, first.row, first.column) });
  }
  const sorted = placed.toSorted((one, other) => one.at - other.at);
  const groups: ImageFacts[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { facts, at } of sorted) {
    if (at - last > SAME_PLACE_MM) groups.push([]);
    groups.at(-1)?.push(facts);
    last = at;
  }
  return groups;
}

/** The images of each place in the order of this key; undefined where it does not tell them apart. */
function sortedBy({ of, isExact }: PhaseKey, groups: readonly ImageFacts[][]): ImageFacts[][] | undefined {
  const sorted = groups.map((group) => group.toSorted((one, other) => (of(one) ?? 0) - (of(other) ?? 0)));
  const isApart = sorted.every((group) =>
    group.every((facts, at) => {
      const [value, before] = [of(facts), at === 0 ? undefined : of(group[at - 1]!)];
      return value !== undefined && (before === undefined || value > before);
    }),
  );
  const isAlike = !isExact || sorted.every((group) => group.every((facts, at) => of(facts) === of(sorted[0]![at]!)));
  return isApart && isAlike ? sorted : undefined;
}

function stepOf(key: PhaseKey, place: readonly ImageFacts[]): number | undefined {
  const stated = place[0]?.phase.resolutionMs;
  if (key.by === 'temporal position') return stated;
  if (key.by !== 'trigger time') return undefined;
  const [first, last] = [key.of(place[0]!) ?? 0, key.of(place.at(-1)!) ?? 0];
  const step = (last - first) / Math.max(1, place.length - 1);
  return step >= SHORTEST_STEP_MS && step <= LONGEST_STEP_MS ? step : undefined;
}

const known = new WeakMap<readonly ImageFacts[], Phases>();

/** Of images as `inPhases` ordered them; undefined of every other series. */
export const phasesOf = (series: { readonly images: readonly ImageFacts[] } | undefined): Phases | undefined =>
  series && known.get(series.images);

/**
 * Images that lie several times at each of their places, phase after phase, by Temporal Position (PS3.3 C.7.6.2, C.7.6.16),
 * b-value, Trigger Time or acquisition. `isUpwards`: which end of the places comes first. Undefined where they are no such series.
 */
export function inPhases(images: readonly ImageFacts[], isUpwards: boolean): ImageFacts[] | undefined {
  const groups = images.length < 2 ? undefined : byPlace(images);
  const count = groups?.[0]?.length ?? 0;
  if (!groups || count < 2 || groups.some((group) => group.length !== count)) return undefined;
  const ordered = isUpwards ? groups : groups.toReversed();
  for (const key of KEYS) {
    const sorted = sortedBy(key, ordered);
    if (!sorted) continue;
    const made = Array.from({ length: count }, (_, phase) => sorted.map((group) => group[phase]!)).flat();
    const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
    known.set(made, {
      count,
      places: sorted.length,
      by: key.by,
      labels: middle.map((facts) => key.words(key.of(facts) ?? 0)),
      stepMs: stepOf(key, middle),
    });
    return made;
  }
  return undefined;
}

/** Where an image stands: its phase and its place in it, both from 0. */
export const standingIn = ({ places }: Phases, index: number): { readonly phase: number; readonly place: number } => ({
  phase: Math.floor(index / places),
  place: index % places,
});

/** Scrolling stays within the series, and within its phase. */
export function scrolledIn(series: { readonly images: readonly ImageFacts[] }, index: number, steps: number): number {
  const phases = phasesOf(series);
  const places = phases?.places ?? series.images.length;
  const first = phases ? standingIn(phases, index).phase * places : 0;
  return Math.min(first + places - 1, Math.max(first, index + steps));
}

/** The same place in another phase, round and round. */
export const nextPhase = ({ count, places }: Phases, index: number, by: number): number => {
  const total = count * places;
  return (((index + by * places) % total) + total) % total;
};

/** One phase as a series of its own; `from`: its first image. */
export function phaseAt<Of extends { readonly images: readonly ImageFacts[] }>(
  series: Of,
  index: number,
): { readonly part: Of; readonly from: number } {
  const phases = phasesOf(series);
  if (!phases) return { part: series, from: 0 };
  const from = standingIn(phases, index).phase * phases.places;
  return { part: { ...series, images: series.images.slice(from, from + phases.places) }, from };
}

export function phaseWords(phases: Phases, index: number): string {
  const { phase } = standingIn(phases, index);
  return `Phase ${phase + 1}/${phases.count}: ${phases.labels[phase] ?? ''}`;
}
