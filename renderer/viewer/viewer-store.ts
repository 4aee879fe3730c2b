import { create } from 'zustand';
import type { GreyScale } from './model/display.ts';
import type { Layout } from './model/hanging.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { EdgeLetters } from './model/orientation.ts';
import type { Series } from './model/series.ts';

export type Tool = 'window' | 'pan' | 'zoom' | 'scroll' | 'length';

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
  readonly isPlaying: boolean;
}

export interface SeriesProgress {
  readonly decoded: number;
  readonly total: number;
  /** Images that were on screen at least once. */
  readonly seen: number;
}

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
  readonly tool: Tool;
  readonly isLinked: boolean;
}

export const emptyPane = (id: string): Pane => ({
  id,
  seriesKey: undefined,
  index: 0,
  painted: undefined,
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
  isPlaying: false,
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
  tool: 'window',
  isLinked: false,
};

export const useViewer = create<ViewerState>()(() => EMPTY);

export const resetViewer = (contextKey: string | undefined): void => useViewer.setState({ ...EMPTY, contextKey }, true);

export const paneById =
  (id: string) =>
  (state: ViewerState): Pane | undefined =>
    state.panes.find((pane) => pane.id === id);
export const activePane = (state: ViewerState): Pane | undefined => paneById(state.activePaneId)(state);
export const seriesByKey =
  (key: string | undefined) =>
  (state: ViewerState): Series | undefined =>
    key === undefined ? undefined : state.series.find((series) => series.key === key);

export function updatePane(id: string, change: Partial<Pane>): void {
  useViewer.setState((state) => ({
    panes: state.panes.map((pane) => (pane.id === id ? { ...pane, ...change } : pane)),
  }));
}
