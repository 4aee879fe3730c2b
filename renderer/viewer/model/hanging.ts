import type {
  HangingPlace,
  HangingProtocol,
  HangingStage,
  PlaceWindow,
  PlanesLook,
} from '#shared/domain/hanging-protocol.ts';
import { allCandidates, fitStudy, type Fit, type StudyToHang } from './hanging-fit.ts';
import { byStudy, fillPlaces, hangable, type Candidate, type Filled } from './series-choice.ts';
import type { ImageSeries, Series } from './series.ts';
import { planesRefusal } from './volume.ts';

export interface Layout {
  readonly rows: number;
  readonly columns: number;
}
/** What a pane is given: a series, the image in it to begin with, and how it is shown. */
export interface Hung {
  readonly seriesKey: string;
  readonly index: number;
  readonly push?: 'left' | 'right';
  readonly window?: PlaceWindow;
  readonly isInverted?: boolean;
}
/** A pane of a hanging that has nothing to show says what belongs there. */
export type HungPane = Hung | { readonly emptyWords: string };
export interface Hanging {
  readonly layout: Layout;
  readonly panes: readonly HungPane[];
  /** What the study does not have, as named by the hanging. */
  readonly missing: readonly string[];
  readonly isSameScale: boolean;
  readonly isLinked: boolean;
  /** A pane is kept free for a prior that is on its way. */
  readonly awaitsPrior: boolean;
  /** Planes through what the first pane holds. */
  readonly isPlanes: boolean;
  readonly planesLook?: PlanesLook;
}
/** A hanging that fits, with the stages that have something to show. */
export interface FittingHanging {
  readonly protocol: HangingProtocol;
  readonly stages: readonly HangingStage[];
  readonly score: number;
  readonly reasons: readonly string[];
}

export const LAYOUTS: readonly Layout[] = [
  { rows: 1, columns: 1 },
  { rows: 1, columns: 2 },
  { rows: 2, columns: 1 },
  { rows: 1, columns: 3 },
  { rows: 2, columns: 2 },
  { rows: 2, columns: 3 },
  { rows: 2, columns: 4 },
  { rows: 3, columns: 3 },
];

export const isHung = (pane: HungPane | undefined): pane is Hung => pane !== undefined && 'seriesKey' in pane;

const OWN = 3;
const FILLED = 2;
/** A grid fits whatever there is: it stands back behind a hanging of which half is filled. */
const GRID = 0.8;
const NOTHING: Hanging = {
  layout: { rows: 1, columns: 1 },
  panes: [{ emptyWords: 'Choose a series for this pane' }],
  missing: [],
  isSameScale: false,
  isLinked: false,
  awaitsPrior: false,
  isPlanes: false,
};

/** The series of a case as hangings see them; `expectedPriors`: modalities of priors on their way, undefined where nobody said. */
interface CaseToHang extends StudyToHang {
  readonly priorCandidates: readonly Candidate[];
  readonly expectedPriors: readonly (string | undefined)[];
}

function caseToHang(all: readonly Series[], expectedPriors: readonly (string | undefined)[]): CaseToHang | undefined {
  const images = all.filter((one): one is ImageSeries => one.kind === 'images');
  const current = images.filter(({ role }) => role === 'current');
  const series = hangable(current.length > 0 ? current : images);
  if (series.length === 0) return undefined;
  const modalities = new Set(series.map(({ modality }) => modality));
  const priors = current.length > 0 ? images.filter(({ role }) => role === 'prior') : [];
  const comparable = priors.filter(({ modality }) => modalities.has(modality));
  const expected = expectedPriors.filter((modality) => modality === undefined || modalities.has(modality));
  return {
    series,
    candidates: allCandidates(series),
    priorCandidates: byStudy(priors, (one) => one).flatMap((study) => allCandidates(hangable(study))),
    priorCount: new Set(comparable.map(({ studyInstanceUid }) => studyInstanceUid)).size + expected.length,
    expectedPriors: expected,
  };
}

const modalitiesOf = ({ fits }: HangingProtocol): readonly string[] | undefined =>
  fits.some(({ modalities }) => modalities === undefined)
    ? undefined
    : fits.flatMap(({ modalities = [], withModalities = [] }) => [...modalities, ...withModalities]);

const fill = (protocol: HangingProtocol, { places }: HangingStage, study: CaseToHang): (Filled | undefined)[] =>
  fillPlaces(places, study.candidates, study.priorCandidates, modalitiesOf(protocol));

/** A stage has something to show when what it needs is there, and a prior where it compares. */
function isShowable(protocol: HangingProtocol, stage: HangingStage, study: CaseToHang): boolean {
  const filled = fill(protocol, stage, study);
  const holds = (role: HangingPlace['role']) => filled.some((one, at) => one && stage.places[at]?.role === role);
  const [first] = filled;
  if (stage.isPlanes === true && (!first || planesRefusal(first.candidate.series) !== undefined)) return false;
  return holds('current') && stage.places.every(({ isNeeded }, at) => isNeeded !== true || filled[at] !== undefined);
}

/** Every hanging that fits, the best first; of equals the one that stands first. */
export function fittingHangings(
  all: readonly Series[],
  protocols: readonly (HangingProtocol & { readonly isOwn?: boolean })[],
  expectedPriors: readonly (string | undefined)[] = [],
): FittingHanging[] {
  const study = caseToHang(all, expectedPriors);
  if (!study) return [];
  const fitting = protocols.flatMap((protocol): FittingHanging[] => {
    const fit = fitStudy(protocol, study);
    const stages = fit ? protocol.stages.filter((stage) => isShowable(protocol, stage, study)) : [];
    const [first] = stages;
    return fit && first ? [{ protocol, stages, ...withFilled(fit, protocol, first, study) }] : [];
  });
  return fitting.toSorted((one, other) => other.score - one.score);
}

function withFilled(
  { score, reasons }: Fit,
  protocol: HangingProtocol & { readonly isOwn?: boolean },
  stage: HangingStage,
  study: CaseToHang,
): Fit {
  const own = stage.places.flatMap(({ role }, at) => (role === 'current' ? [at] : []));
  const filled = fill(protocol, stage, study);
  const count = own.filter((at) => filled[at] !== undefined).length;
  return {
    score: score + (stage.isGrid === true ? GRID : (FILLED * count) / own.length) + (protocol.isOwn === true ? OWN : 0),
    reasons: [
      ...reasons,
      stage.isGrid === true || own.length === 1
        ? `${count === 1 ? 'a series is' : `${count} series are`} there to show`
        : `${count} of its ${own.length} series are there`,
      ...(protocol.isOwn === true ? ['it is your own'] : []),
    ],
  };
}

interface Cell {
  readonly place: HangingPlace;
  readonly pane: HungPane;
  readonly isKept: boolean;
}

export interface HowToHang {
  readonly expectedPriors?: readonly (string | undefined)[];
  readonly keepsShape?: boolean;
}

function cellOf(
  place: HangingPlace,
  all: readonly (Filled | undefined)[],
  at: number,
  study: CaseToHang,
  keepsShape: boolean,
): Cell {
  const { push, window, isInverted, role, label, like } = place;
  const filled = all[at];
  if (filled) {
    const { candidate } = filled;
    return {
      place,
      isKept: true,
      pane: {
        seriesKey: candidate.series.key,
        index: candidate.index,
        ...(push && { push }),
        ...(window && { window }),
        ...(isInverted === true && { isInverted }),
      },
    };
  }
  // What stands beside an empty place is never filled.
  const mayCome = role === 'prior' && (like === undefined || all[like] !== undefined);
  const isExpected = mayCome && study.expectedPriors.length > 0;
  const emptyWords = isExpected
    ? `${label} is on its way`
    : `${label}: not in this ${role === 'prior' ? 'case' : 'study'}`;
  return { place, isKept: isExpected || (keepsShape && mayCome), pane: { emptyWords } };
}

/** Rows and columns of which nothing is kept are left out. */
function squeezed(cells: readonly Cell[], { rows, columns }: Layout): { layout: Layout; cells: Cell[] } {
  const at = (row: number, column: number): Cell | undefined => cells[row * columns + column];
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const keptRows = range(rows).filter((row) => range(columns).some((column) => at(row, column)?.isKept));
  const keptColumns = range(columns).filter((column) => range(rows).some((row) => at(row, column)?.isKept));
  const blank: Cell = { place: BLANK, pane: { emptyWords: '' }, isKept: false };
  return {
    layout: { rows: keptRows.length, columns: keptColumns.length },
    cells: keptRows.flatMap((row) => keptColumns.map((column) => at(row, column) ?? blank)),
  };
}
const BLANK: HangingPlace = { label: '', role: 'current', wishes: [] };

/** The smallest grid, wider than high, that holds so many panes. */
function gridFor(count: number): Layout {
  const rows = count <= 3 && count !== 3 ? 1 : count <= 8 ? 2 : 3;
  return { rows, columns: Math.ceil(count / rows) };
}

/**
 * Which series stands in which pane at one stage of a hanging; everything can be changed by hand after. `keepsShape`: priors
 * were expected when it was first hung, so their panes stay even where none came.
 */
export function hangStage(
  all: readonly Series[],
  protocol: HangingProtocol,
  stage: HangingStage,
  { expectedPriors = [], keepsShape = false }: HowToHang = {},
): Hanging {
  const study = caseToHang(all, expectedPriors);
  if (!study) return NOTHING;
  const filled = fill(protocol, stage, study);
  const cells = stage.places.map((place, at) => cellOf(place, filled, at, study, keepsShape));
  // A prior of another kind is not missed beside this study.
  const hasPriors = study.priorCount > 0;
  const kept = stage.isGrid === true ? gridCells(cells) : squeezed(cells, stage);
  return {
    layout: kept.layout,
    panes: kept.cells.map(({ pane }) => pane),
    missing: cells.flatMap(({ place, pane, isKept }) =>
      isHung(pane) || isKept || stage.isGrid === true || (place.role === 'prior' && !hasPriors) ? [] : [place.label],
    ),
    isSameScale: stage.isSameScale === true,
    isPlanes: stage.isPlanes === true,
    ...(stage.planesLook && { planesLook: stage.planesLook }),
    isLinked: stage.isLinked === true || cells.some(({ place, pane }) => place.role === 'prior' && isHung(pane)),
    awaitsPrior: kept.cells.some(({ place, pane, isKept }) => isKept && place.role === 'prior' && !isHung(pane)),
  };
}

function gridCells(cells: readonly Cell[]): { layout: Layout; cells: Cell[] } {
  const shown = cells.filter(({ isKept }) => isKept);
  return { layout: gridFor(shown.length), cells: shown };
}

/** What a case is first shown with: the best hanging's first stage. */
export function hangFirst(
  all: readonly Series[],
  protocols: readonly (HangingProtocol & { readonly isOwn?: boolean })[],
  expectedPriors: readonly (string | undefined)[] = [],
): Hanging {
  const [best] = fittingHangings(all, protocols, expectedPriors);
  const [stage] = best?.stages ?? [];
  return best && stage ? hangStage(all, best.protocol, stage, { expectedPriors }) : NOTHING;
}
