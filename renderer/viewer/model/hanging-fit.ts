import type { HangingProtocol, StudyWish } from '#shared/domain/hanging-protocol.ts';
import { countOf } from '#shared/kernel/count-of.ts';
import { firstAnswered, foldWords } from './header-words.ts';
import type { ImageSeries } from './series.ts';
import { answersWish, candidatesOf, type Candidate } from './series-choice.ts';
import { sideOf } from './series-traits.ts';

/** What a study says of itself, as hangings are matched by it. */
export interface StudyToHang {
  /** Without localizers and screen shots, where there is anything else. */
  readonly series: readonly ImageSeries[];
  readonly candidates: readonly Candidate[];
  /** Priors of a modality that stands here, those on their way among them. */
  readonly priorCount: number;
}

/** How well one hanging fits one study, and why, in words. */
export interface Fit {
  readonly score: number;
  readonly reasons: readonly string[];
}

/** The places of a header that name the region, the surest first. */
const SOURCES: readonly {
  readonly weight: number;
  readonly name: string;
  readonly words: (series: ImageSeries) => string;
}[] = [
  { weight: 6, name: 'study description', words: ({ patient }) => patient.studyDescription },
  { weight: 5, name: 'body part', words: ({ header }) => header.bodyPart },
  { weight: 4, name: 'protocol name', words: ({ header }) => header.protocolName },
  { weight: 3, name: 'series descriptions', words: ({ description }) => description },
];
const FURTHER_LINE = 0.5;
const MAIN_MODALITY = 1;
const EXTRA_FACT = 1;

const wordsOf = (source: (typeof SOURCES)[number], series: readonly ImageSeries[]): string =>
  foldWords([...new Set(series.map(source.words))].join(' | '));

/** The surest place that answers one of these patterns. */
function answerTo(patterns: readonly string[], series: readonly ImageSeries[]): (Fit & { score: number }) | undefined {
  for (const source of SOURCES) {
    const pattern = firstAnswered(wordsOf(source, series), patterns);
    if (pattern !== undefined)
      return { score: source.weight, reasons: [`the ${source.name} says “${pattern.replaceAll('*', '…')}”`] };
  }
  return undefined;
}

function fitAbout(about: StudyWish['about'], series: readonly ImageSeries[]): Fit | undefined {
  if (about === undefined) return { score: 0, reasons: [] };
  const answers = about.map((patterns) => answerTo(patterns, series));
  if (answers.some((answer) => answer === undefined)) return undefined;
  const found = answers.filter((answer) => answer !== undefined);
  return {
    score: Math.min(...found.map(({ score }) => score)) + (found.length - 1) * FURTHER_LINE,
    reasons: found.flatMap(({ reasons }) => reasons),
  };
}

/** Undefined where the study is not what is wished. */
function fitOne(wish: StudyWish, study: StudyToHang): Fit | undefined {
  const present = new Set(study.series.map(({ modality }) => modality));
  const modality = wish.modalities ? wish.modalities.find((one) => present.has(one)) : study.series[0]?.modality;
  if (modality === undefined) return undefined;
  if (wish.withModalities?.some((one) => !present.has(one))) return undefined;
  const { priorCount, candidates } = study;
  if (priorCount < (wish.priorsFrom ?? 0) || priorCount > (wish.priorsTo ?? Number.POSITIVE_INFINITY)) return undefined;
  const ofModality = study.series.filter((series) => wish.modalities?.includes(series.modality) !== false);
  if (wish.notAbout && answerTo(wish.notAbout, ofModality)) return undefined;
  const about = fitAbout(wish.about, ofModality);
  if (!about) return undefined;
  const hasView = (view: string) => candidates.some((one) => answersWish(one, { views: [view] }, wish.modalities));
  if (wish.views && !wish.views.every(hasView)) return undefined;
  if (wish.series?.some((each) => !candidates.some((one) => answersWish(one, each, wish.modalities)))) return undefined;
  const isOfSide = ({ facts, series }: Candidate) => sideOf(facts, series)?.startsWith(wish.laterality ?? '') === true;
  if (wish.laterality !== undefined && !candidates.some(isOfSide)) return undefined;
  const extras = [
    ...(wish.withModalities ?? []).map((one) => `${one} beside it`),
    ...(wish.views ? [`views ${wish.views.join(', ')} are there`] : []),
    ...(wish.series ? ['it has the series asked for'] : []),
    ...(wish.laterality === undefined ? [] : [wish.laterality === 'R' ? 'right side' : 'left side']),
    ...((wish.priorsFrom ?? 0) > 0 || wish.priorsTo !== undefined
      ? [priorCount === 0 ? 'no prior' : countOf(priorCount, 'prior')]
      : []),
  ];
  const isMain = wish.modalities?.includes(study.series[0]?.modality ?? '') === true;
  return {
    score: (wish.rank ?? 0) + (isMain ? MAIN_MODALITY : 0) + about.score + extras.length * EXTRA_FACT,
    reasons: [`images are ${modality}`, ...about.reasons, ...extras],
  };
}

/** By the best of its wishes. */
export function fitStudy({ fits }: HangingProtocol, study: StudyToHang): Fit | undefined {
  return fits
    .flatMap((wish) => fitOne(wish, study) ?? [])
    .toSorted((one, other) => other.score - one.score)
    .at(0);
}

export const allCandidates = (series: readonly ImageSeries[]): Candidate[] => series.flatMap(candidatesOf);
