import { phasesOf } from './phases.ts';
import type { HangingPlace, SeriesWish } from '#shared/domain/hanging-protocol.ts';
import { firstAnswered, foldWords } from './header-words.ts';
import type { ImageFacts } from './image-facts.ts';
import type { ImageSeries } from './series.ts';
import { contrastOf, isAside, isProjection, planeOf, seriesWords, sideOf } from './series-traits.ts';

/** Something a pane may be given: a stack at the image it opens at, or one picture of a projection or ultrasound series. */
export interface Candidate {
  readonly series: ImageSeries;
  readonly index: number;
  readonly facts: ImageFacts;
}

/** The image a series is opened at: its middle, but a film from its beginning. */
export function startIndex({ modality, images }: ImageSeries): number {
  if (modality === 'US' || images[0]?.frameTimeMs !== undefined) return 0;
  return Math.floor(((phasesOf({ images })?.places ?? images.length) - 1) / 2);
}

export function candidatesOf(series: ImageSeries): Candidate[] {
  if (!isProjection(series) && series.modality !== 'US') {
    const index = startIndex(series);
    const facts = series.images[index];
    return facts ? [{ series, index, facts }] : [];
  }
  // Of a film each frame would be a picture; its first stands for it.
  return series.images.flatMap((facts, index) => (facts.frame === 1 ? [{ series, index, facts }] : []));
}

/** Localizers and screen shots come into question only where there is nothing else. */
export function hangable(all: readonly ImageSeries[]): readonly ImageSeries[] {
  const real = all.filter((series) => !isAside(series));
  return real.length > 0 ? real : all;
}

const viewOf = ({ viewPosition }: ImageFacts): string => foldWords(viewPosition ?? '');

/** Whether a candidate is what a place wishes; `modalities` where the wish names none. */
export function answersWish(
  { series, facts }: Candidate,
  wish: SeriesWish,
  modalities: readonly string[] | undefined,
): boolean {
  const wanted = wish.modalities ?? modalities;
  if (wanted && !wanted.includes(series.modality)) return false;
  const words = seriesWords(series);
  if (wish.says && firstAnswered(words, wish.says) === undefined) return false;
  if (wish.saysNot && firstAnswered(words, wish.saysNot) !== undefined) return false;
  if (wish.plane !== undefined && planeOf(series) !== wish.plane) return false;
  if (wish.contrast !== undefined && contrastOf(series) !== wish.contrast) return false;
  const { sliceThicknessMm } = facts;
  if (wish.thicknessFromMm !== undefined && (sliceThicknessMm ?? -1) < wish.thicknessFromMm) return false;
  if (wish.thicknessToMm !== undefined && (sliceThicknessMm ?? Number.POSITIVE_INFINITY) > wish.thicknessToMm)
    return false;
  if (wish.views && !wish.views.some((view) => `${viewOf(facts)} `.startsWith(`${foldWords(view)} `))) return false;
  return wish.laterality === undefined || sideOf(facts, series)?.startsWith(wish.laterality) === true;
}

/** In the order in which the studies first come. */
export function byStudy<One>(all: readonly One[], seriesOf: (one: One) => ImageSeries): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const uid = seriesOf(one).studyInstanceUid;
    const group = groups.get(uid);
    if (group) group.push(one);
    else groups.set(uid, [one]);
  }
  return [...groups.values()];
}

/**
 * A prior to stand beside `partner`: of the most relevant prior study that has one, the one of the same name, else one that
 * answers what the partner answered, else any of the same modality, view and plane.
 */
function priorLike(
  partner: Candidate,
  wish: SeriesWish | undefined,
  priors: readonly Candidate[],
  modalities: readonly string[] | undefined,
): Candidate | undefined {
  const plane = planeOf(partner.series);
  const side = sideOf(partner.facts, partner.series);
  const isComparable = ({ series, facts }: Candidate): boolean => {
    if (series.modality !== partner.series.modality) return false;
    if (!isProjection(series)) return plane === undefined || planeOf(series) === undefined || planeOf(series) === plane;
    return viewOf(facts) === viewOf(partner.facts) && sideOf(facts, series) === side;
  };
  for (const study of byStudy(priors, ({ series }) => series)) {
    const comparable = study.filter(isComparable);
    const found =
      comparable.find((one) => foldWords(one.series.description) === foldWords(partner.series.description)) ??
      (wish && comparable.find((one) => answersWish(one, wish, modalities))) ??
      comparable[0];
    if (found) return found;
  }
  return undefined;
}

/** What was found for a place, and by which of its wishes. */
export interface Filled {
  readonly candidate: Candidate;
  readonly wish: SeriesWish | undefined;
}

/** Fills the places of a stage: first every place's first wish, then the second, so that no place takes another's series. */
export function fillPlaces(
  places: readonly HangingPlace[],
  current: readonly Candidate[],
  priors: readonly Candidate[],
  modalities: readonly string[] | undefined,
): (Filled | undefined)[] {
  const filled = places.map((): Filled | undefined => undefined);
  const taken = new Set<Candidate>();
  const rounds = Math.max(...places.map(({ wishes }) => wishes.length));
  for (let round = 0; round < rounds; round += 1) {
    places.forEach(({ role, wishes, isRepeat }, at) => {
      const wish = wishes[round];
      if (!wish || filled[at]) return;
      const pool = role === 'current' ? current : priors;
      const candidate = pool.find(
        (one) => (isRepeat === true || !taken.has(one)) && answersWish(one, wish, modalities),
      );
      if (!candidate) return;
      filled[at] = { candidate, wish };
      if (isRepeat !== true) taken.add(candidate);
    });
  }
  places.forEach(({ like, isRepeat }, at) => {
    const partner = like === undefined ? undefined : filled[like];
    if (!partner || filled[at]) return;
    const free = isRepeat === true ? priors : priors.filter((one) => !taken.has(one));
    const candidate = priorLike(partner.candidate, partner.wish, free, modalities);
    if (!candidate) return;
    filled[at] = { candidate, wish: undefined };
    if (isRepeat !== true) taken.add(candidate);
  });
  return filled;
}
