import { memoryOnScreen } from './image-memory.ts';
import { defaultScale, draggedScale, windowFunctionFor } from './model/display.ts';
import { openPlanes, type PlanesState } from './model/planes-state.ts';
import { presetsFor, type WindowPreset } from './model/presets.ts';
import type { ImageSeries } from './model/series.ts';
import {
  binnedBox,
  binningFor,
  binSlice,
  commonRescale,
  planesRefusal,
  rescaled,
  sliceOrder,
  type Volume,
  type VoxelSamples,
} from './model/volume.ts';
import type { ImageOutcome } from './pixels/image-bank.ts';
import { paneById, seriesByKey, updatePane, useViewer, type Pane } from './viewer-store.ts';

/** As the bank knows the panes: planes look at their series like one of them. */
const PLANES_PANE = 'planes';
/** The screen follows what has arrived so often. */
const TELL_EVERY_MS = 150;

let limitBytes: number | undefined;
/** Before planes are opened only: tests see what becomes of a volume that is too large. */
export const limitVolumes = (bytes: number): void => void (limitBytes = bytes);

export interface PlanesPorts {
  readonly look: (series: ImageSeries, paneId: string, index: number) => void;
  readonly leave: (paneId: string) => void;
  readonly image: (series: ImageSeries, index: number) => Promise<ImageOutcome>;
  /** The panes of the stacks take up again what they showed. */
  readonly onLeft: () => void;
  readonly say: (message: string) => void;
}

const bytesPerSample = ({ bitsStored }: ImageSeries['images'][number], isFloat: boolean): number =>
  isFloat ? 4 : bitsStored > 8 ? 2 : 1;

/** Of the stored values of the middle slice, where it is there. */
function rangeOf(volume: Volume | undefined): readonly [min: number, max: number] {
  const samples = volume?.slices[Math.floor(volume.slices.length / 2)];
  if (samples === undefined) return [0, 255];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

/** Planes through the series of the active pane, from the images the stack shows: nothing is fetched or decoded twice. */
export function createPlanes({ look, leave: leaveBank, image, onLeft, say }: PlanesPorts) {
  let volume: Volume | undefined;
  let opened = 0;

  const state = (): PlanesState | undefined => useViewer.getState().planes;
  const imageSeries = (key: string): ImageSeries | undefined => {
    const found = seriesByKey(key)(useViewer.getState());
    return found?.kind === 'images' ? found : undefined;
  };

  function change(next: (now: PlanesState) => Partial<PlanesState>): void {
    const now = state();
    if (now) useViewer.setState({ planes: { ...now, ...next(now) } });
  }

  /** Slices come as they are decoded, those around `from` first; each is asked for once. */
  async function fill(series: ImageSeries, order: readonly number[], from: number, binning: number): Promise<void> {
    const turn = opened;
    const filled = volume;
    const isOwn = commonRescale(series.images) === undefined;
    const [first] = series.images;
    if (!filled || !first) return;
    const nearFirst = order.map((_, at) => at).toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from));
    let told = 0;
    let loaded = 0;
    for (const at of nearFirst) {
      const index = order[at]!;
      const outcome = await image(series, index);
      if (turn !== opened) return;
      if (!outcome.ok) {
        leave();
        say(`No planes of this series: image ${index + 1} cannot be shown. ${outcome.reason}`);
        return;
      }
      const facts = series.images[index]!;
      const stored = outcome.image.getPixelData() as VoxelSamples;
      const samples = isOwn ? rescaled(stored, facts.rescale) : stored;
      filled.slices[at] = binning === 1 ? samples : binSlice(samples, facts.columns, facts.rows, binning);
      loaded += 1;
      const now = performance.now();
      if (loaded < order.length && now - told < TELL_EVERY_MS) continue;
      told = now;
      const count = loaded;
      change(() => ({ loaded: count }));
    }
  }

  /** False where the series is no volume; the reason is told and the stack stays. */
  function open(series: ImageSeries, pane: Pane): boolean {
    const refusal = planesRefusal(series);
    const sorted = refusal === undefined ? sliceOrder(series) : undefined;
    const [first] = series.images;
    if (!sorted || !first) {
      say(`No planes of this series: ${refusal ?? 'its images have no place'}.`);
      return false;
    }
    const { box, order } = sorted;
    const rescale = commonRescale(series.images);
    const size = box.size[0] * box.size[1] * box.size[2] * bytesPerSample(first, rescale === undefined);
    const binning = binningFor(size, limitBytes ?? memoryOnScreen().decodedBytes);
    const coarse = binning === 1 ? box : binnedBox(box, binning);
    opened += 1;
    volume = {
      ...coarse,
      slices: order.map(() => undefined),
      rescale: rescale ?? { slope: 1, intercept: 0 },
      binning,
    };
    const slice = Math.max(0, order.indexOf(pane.index));
    const scale = pane.painted ? pane.scale : defaultScale(first, 0, 255);
    const { isInverted } = pane;
    for (const one of useViewer.getState().panes) leaveBank(one.id);
    look(series, PLANES_PANE, pane.index);
    useViewer.setState({
      planes: openPlanes({ seriesKey: series.key, box: coarse, binning, scale, isInverted }, slice),
      drawing: undefined,
      lens: undefined,
    });
    if (binning > 1) say('This volume is too large for full resolution: the planes are coarser than the images.');
    void fill(series, order, slice, binning);
    return true;
  }

  function close(): void {
    opened += 1;
    volume = undefined;
    leaveBank(PLANES_PANE);
    useViewer.setState({ planes: undefined });
  }

  function leave(): void {
    if (!state()) return;
    close();
    onLeft();
  }

  return {
    state,
    change,
    volume: () => volume,
    leave,
    close,
    open,
    /** Of the series in this pane, or back to its images, with the window chosen meanwhile. */
    toggle(pane: Pane): void {
      const now = state();
      if (now) {
        const { seriesKey, scale } = now;
        if (pane.seriesKey === seriesKey && pane.scale !== scale) updatePane(pane.id, { scale, isScaleChosen: true });
        leave();
        return;
      }
      const series = pane.seriesKey === undefined ? undefined : imageSeries(pane.seriesKey);
      if (series) open(series, pane);
      else say('There are no images in this pane.');
    },
    /** Of what the first pane holds, as a hanging asks for. */
    openFirst(): void {
      const [first] = useViewer.getState().panes;
      const series = first?.seriesKey === undefined ? undefined : imageSeries(first.seriesKey);
      if (first && series) open(series, first);
    },
    /** Another series is put into a pane: planes go through it then, or make way where it is no volume. */
    follow(series: ImageSeries | undefined, paneId: string, show: () => void): void {
      const isOpen = state() !== undefined;
      const isVolume = series !== undefined && planesRefusal(series) === undefined;
      if (isOpen && !isVolume) leave();
      show();
      const shown = paneById(paneId)(useViewer.getState());
      if (isOpen && isVolume && shown) open(series, shown);
    },
    /** A distance half drawn, then the large plane, then the planes; false when there are none. */
    stepBack(): boolean {
      const now = state();
      if (!now) return false;
      if (now.drawing) change(() => ({ drawing: undefined }));
      else if (now.enlarged) change(() => ({ enlarged: undefined }));
      else leave();
      return true;
    },
    dragWindow(deltaX: number, deltaY: number): void {
      change(({ scale }) => ({ scale: draggedScale(scale, deltaX, deltaY, false) }));
    },
    /** Key 1: as the images had it; 2 to 9: the presets of the modality. */
    applyPreset(isMeant: (preset: WindowPreset) => boolean): boolean {
      const facts = imageSeries(state()?.seriesKey ?? '')?.images[0];
      const preset = facts && presetsFor(facts).find(isMeant);
      if (!preset) return false;
      const { center, width } = preset;
      change(() => ({ scale: { kind: 'window', center, width, function: windowFunctionFor(facts.unit) } }));
      return true;
    },
    applyFileWindow(): void {
      const facts = imageSeries(state()?.seriesKey ?? '')?.images[0];
      if (!facts) return;
      const scale = defaultScale(facts, ...rangeOf(volume));
      change(() => ({ scale }));
    },
  };
}

export type PlanesOnScreen = ReturnType<typeof createPlanes>;
