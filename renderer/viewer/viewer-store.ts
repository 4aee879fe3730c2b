import { create } from 'zustand';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { GreyScale } from './model/display.ts';
import type { Drawing } from './model/drawing.ts';
import type { Layout } from './model/hanging.ts';
import { begin, type History } from './model/history.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { ImagePoint, Measurement, MeasurementKind, ROI_WINDOW } from './model/measurement.ts';
import type { EdgeLetters } from './model/orientation.ts';
import type { Place } from './model/place.ts';
import type { PlaneLength, PlanesState } from './model/planes-state.ts';
import type { ImageSeries, Series } from './model/series.ts';
import type { OthersWork } from './others/work.ts';

export type PointerTool = 'window' | 'pan' | 'zoom' | 'scroll';
export type Tool = PointerTool | 'magnifier' | typeof ROI_WINDOW | MeasurementKind;

/** The image that stands painted on a pane. */
interface Painted {
  readonly facts: ImageFacts;
  readonly index: number;
}

export interface Pane {
  readonly id: string;
  readonly seriesKey: string | undefined;
  /** The image asked for; what is painted may still be another, and says so. */
  readonly index: number;
  readonly painted: Painted | undefined;
  /** The image asked for in a lower resolution, while it is coming; then nothing counts as painted. */
  readonly preview: { readonly facts: ImageFacts; readonly picture: ImageData } | undefined;
  /** Why the image asked for cannot be shown. */
  readonly problem: string | undefined;
  readonly scale: GreyScale;
  /** Chosen by hand: holds for the whole series. Otherwise each image keeps its own. */
  readonly isScaleChosen: boolean;
  readonly isInverted: boolean;
  readonly quarterTurns: number;
  readonly isFlippedHorizontally: boolean;
  readonly isFlippedVertically: boolean;
  readonly zoomPercent: number;
  readonly mmPerPixel: number;
  readonly edges: EdgeLetters | undefined;
  /** Where the painted image lies. */
  readonly place: Place | undefined;
  readonly isPlaying: boolean;
  /** By how much a linked stack stands off the active one, where no frame of reference relates them. */
  readonly linkOffsetMm: number | undefined;
  /** What a hanging wanted here and the case does not have. */
  readonly emptyWords: string | undefined;
}

/** The hanging on screen, and why it was chosen. */
export interface ShownHanging {
  readonly protocolId: string;
  readonly name: string;
  /** The stages that have something to show. */
  readonly stages: readonly string[];
  readonly stageAt: number;
  readonly missing: readonly string[];
  readonly reasons: readonly string[];
}

export interface SeriesProgress {
  readonly decoded: number;
  readonly total: number;
  /** Images that were on screen at least once. */
  readonly seen: number;
}

/** What the reader is asked before a measurement, or a way of showing, can stand. */
export type Question =
  | { readonly about: 'text' | 'calibration'; readonly measurement: Measurement }
  | { readonly about: 'true-size' };

export interface ViewerState {
  readonly phase: 'loading' | 'ready' | 'empty' | 'failed';
  readonly message: string | undefined;
  readonly contextKey: string | undefined;
  readonly series: readonly Series[];
  readonly progress: Readonly<Record<string, SeriesProgress>>;
  /** Image ids that came after the case was opened and were not looked at, by series. */
  readonly late: Readonly<Record<string, ReadonlySet<string>>>;
  /** Why nothing comes of a series at the moment. */
  readonly notices: Readonly<Record<string, string>>;
  readonly thumbnails: Readonly<Record<string, ImageData>>;
  readonly layout: Layout;
  readonly panes: readonly Pane[];
  readonly activePaneId: string;
  readonly maximisedPaneId: string | undefined;
  readonly hanging: ShownHanging | undefined;
  /** The list of hangings is open, for choosing or with the name to save what is seen under. */
  readonly hangingPanel: 'choose' | 'save' | undefined;
  readonly tool: Tool;
  readonly isLinked: boolean;
  /** Where the active image cuts the others is drawn on them. */
  readonly hasReferenceLines: boolean;
  /** Planes through one series, in front of the panes; undefined while the stacks are seen. */
  readonly planes: PlanesState | undefined;
  /** Of the open case, in the order they were drawn. */
  readonly measurements: History<readonly Measurement[]>;
  /** Distances on planes: places in the patient, not on an image. */
  readonly planeLengths: readonly PlaneLength[];
  readonly selectedMeasurementId: string | undefined;
  readonly drawing: Drawing | undefined;
  /** A measurement while it is dragged: shown in place of the one that stands. */
  readonly held: Measurement | undefined;
  readonly question: Question | undefined;
  /** What others made about the images of this case, and what of it the reader has taken off the screen. */
  readonly others: readonly OthersWork[];
  readonly hiddenOthers: ReadonlySet<string>;
  readonly areOthersHidden: boolean;
  /** A recording that is open beside the images, as its study's metadata tells of it. */
  readonly recording: DicomJson | undefined;
  /** Where in which pane the magnifier is. */
  readonly lens: { readonly paneId: string; readonly at: ImagePoint } | undefined;
}

export const emptyPane = (id: string): Pane => ({
  id,
  seriesKey: undefined,
  index: 0,
  painted: undefined,
  preview: undefined,
  problem: undefined,
  scale: { kind: 'window', center: 128, width: 256, function: 'LINEAR' },
  isScaleChosen: false,
  isInverted: false,
  quarterTurns: 0,
  isFlippedHorizontally: false,
  isFlippedVertically: false,
  zoomPercent: 100,
  mmPerPixel: 0,
  edges: undefined,
  place: undefined,
  isPlaying: false,
  linkOffsetMm: undefined,
  emptyWords: undefined,
});

const EMPTY: ViewerState = {
  phase: 'loading',
  message: undefined,
  contextKey: undefined,
  series: [],
  progress: {},
  late: {},
  notices: {},
  thumbnails: {},
  layout: { rows: 1, columns: 1 },
  panes: [emptyPane('pane-1')],
  activePaneId: 'pane-1',
  maximisedPaneId: undefined,
  hanging: undefined,
  hangingPanel: undefined,
  tool: 'window',
  isLinked: false,
  hasReferenceLines: true,
  planes: undefined,
  measurements: begin([]),
  planeLengths: [],
  selectedMeasurementId: undefined,
  drawing: undefined,
  held: undefined,
  question: undefined,
  others: [],
  hiddenOthers: new Set(),
  areOthersHidden: false,
  recording: undefined,
  lens: undefined,
};

export const useViewer = create<ViewerState>()(() => EMPTY);

export const resetViewer = (contextKey: string | undefined): void => useViewer.setState({ ...EMPTY, contextKey }, true);

export const paneById =
  (id: string | undefined) =>
  (state: ViewerState): Pane | undefined =>
    state.panes.find((pane) => pane.id === id);
export const activePane = (state: ViewerState): Pane | undefined => paneById(state.activePaneId)(state);
export const seriesByKey =
  (key: string | undefined) =>
  (state: ViewerState): Series | undefined =>
    key === undefined ? undefined : state.series.find((series) => series.key === key);

/** As it is now; undefined where it is no series of images. */
export function imageSeriesNow(key: string | undefined): ImageSeries | undefined {
  const found = seriesByKey(key)(useViewer.getState());
  return found?.kind === 'images' ? found : undefined;
}

/** So many panes; those that were there before keep what they show. */
export const layOut = (layout: Layout): void =>
  useViewer.setState(({ panes, activePaneId }) => {
    const wanted = Array.from({ length: layout.rows * layout.columns }, (_, index) => `pane-${index + 1}`);
    return {
      layout,
      maximisedPaneId: undefined,
      activePaneId: wanted.includes(activePaneId) ? activePaneId : 'pane-1',
      panes: wanted.map((paneId) => panes.find((one) => one.id === paneId) ?? emptyPane(paneId)),
    };
  });

export function updatePane(id: string, change: Partial<Pane>): void {
  useViewer.setState((state) => ({
    panes: state.panes.map((pane) => (pane.id === id ? { ...pane, ...change } : pane)),
  }));
}

/** Why nothing comes of a series at the moment; undefined: it goes on. */
export function noteNotice(seriesKey: string, notice: string | undefined): void {
  const { [seriesKey]: _, ...others } = useViewer.getState().notices;
  useViewer.setState({ notices: notice === undefined ? others : { ...others, [seriesKey]: notice } });
}

const NONE: readonly Measurement[] = [];

/** As shown on one image: what stands on it, with what is being dragged in its place. */
export const measurementsOn =
  (imageId: string | undefined) =>
  ({ measurements, held }: Pick<ViewerState, 'measurements' | 'held'>): readonly Measurement[] => {
    const found = measurements.present.filter(({ facts }) => facts.imageId === imageId);
    return found.length === 0 ? NONE : found.map((one) => (one.id === held?.id ? held : one));
  };
