import type { PlanesLook } from '#shared/domain/hanging-protocol.ts';
import { memoryOnScreen } from './image-memory.ts';
import { defaultScale, draggedScale, windowFunctionFor } from './model/display.ts';
import { fusionOf, fusionPartner } from './model/fusion.ts';
import { nextRendering, openPlanes, type PlaneLength, type PlanesState } from './model/planes-state.ts';
import { phaseAt } from './model/phases.ts';
import { presetsFor, type WindowPreset } from './model/presets.ts';
import type { ImageSeries } from './model/series.ts';
import { planesRefusal, type Volume } from './model/volume.ts';
import type { ImageOutcome } from './pixels/image-bank.ts';
import { activePane, paneById, seriesByKey, updatePane, useViewer, type Pane } from './viewer-store.ts';
import { fillVolume, volumeToFill } from './volume-load.ts';

/** As the bank knows the panes: planes look at their series like one of them. */
const PLANES_PANE = 'planes';
/** The same of what is laid over them. */
const FUSED_PANE = 'planes-fused';
const FIRST_OPACITY = 0.5;
const OPACITY_STEP = 0.1;

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
  readonly onProblem: (message: string) => void;
}

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
export function createPlanes({ look, leave: leaveBank, image, onLeft, say, onProblem }: PlanesPorts) {
  let volume: Volume | undefined;
  let fused: Volume | undefined;
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

  const limit = () => limitBytes ?? memoryOnScreen().decodedBytes;

  /** False where the series is no volume; the reason is told and the stack stays. */
  function open(whole: ImageSeries, pane: Pane, meant?: number): boolean {
    const isInPane = pane.seriesKey === whole.key;
    // Of a volume in time the planes go through the phase that is seen, or meant.
    const { part: series, from } = phaseAt(whole, meant ?? (isInPane ? pane.index : 0));
    const refusal = planesRefusal(series);
    const toFill = refusal === undefined ? volumeToFill(series, limit()) : undefined;
    const [first] = series.images;
    if (!toFill || !first) {
      say(`No planes of this series: ${refusal ?? 'its images have no place'}.`);
      return false;
    }
    unfuse();
    opened += 1;
    const turn = opened;
    ({ volume } = toFill);
    const { binning } = volume;
    const standsAt = isInPane ? toFill.order.indexOf(pane.index - from) : -1;
    const slice = standsAt >= 0 ? standsAt : Math.floor(toFill.order.length / 2);
    const scale = isInPane && (pane.painted || pane.isScaleChosen) ? pane.scale : defaultScale(first, 0, 255);
    const isInverted = isInPane && pane.isInverted;
    for (const one of useViewer.getState().panes) {
      leaveBank(one.id);
      if (one.isPlaying) updatePane(one.id, { isPlaying: false });
    }
    look(whole, PLANES_PANE, from + (toFill.order[slice] ?? 0));
    const shown = { seriesKey: series.key, firstIndex: from, box: volume, binning, scale, isInverted };
    useViewer.setState({ planes: openPlanes(shown, slice), drawing: undefined, lens: undefined });
    if (binning > 1) onProblem('This volume is too large for full resolution: the planes are coarser than the images.');
    void fillVolume(toFill, slice, {
      image: (_, index) => image(whole, from + index),
      isWanted: () => turn === opened,
      onLoaded: (loaded) => change(() => ({ loaded })),
    }).then((problem) => {
      if (problem === undefined) return;
      leave();
      say(`No planes of this series: ${problem}`);
    });
    return true;
  }

  function unfuse(): void {
    if (!fused) return;
    fused = undefined;
    leaveBank(FUSED_PANE);
    change(() => ({ fusion: undefined }));
  }

  /** PET of the same frame of reference over the planes, or no longer. */
  function fuse(): void {
    const now = state();
    const base = now && imageSeries(now.seriesKey);
    if (!base) return;
    if (fused) return unfuse();
    const partner = fusionPartner(base, useViewer.getState().series);
    if (!partner.ok) return say(`Nothing to fuse: ${partner.reason}.`);
    const { series } = partner;
    const toFill = volumeToFill(series, limit());
    if (!toFill) return;
    const laid = toFill.volume;
    fused = laid;
    const middle = Math.floor(series.images.length / 2);
    look(series, FUSED_PANE, middle);
    change(() => ({ fusion: { ...fusionOf(series), loaded: 0, total: series.images.length, opacity: FIRST_OPACITY } }));
    void fillVolume(toFill, middle, {
      image,
      isWanted: () => fused === laid,
      onLoaded: (loaded) => change(({ fusion }) => ({ fusion: fusion && { ...fusion, loaded } })),
    }).then((problem) => {
      if (problem === undefined) return;
      unfuse();
      say(`Not fused: ${problem}`);
    });
  }

  function close(): void {
    unfuse();
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
    /** What is laid over the planes. */
    fused: () => fused,
    fuse,
    /** Bone, soft tissue, vessels, none: they are told apart by Hounsfield units. */
    nextRendering(): void {
      const unit = imageSeries(state()?.seriesKey ?? '')?.images[0]?.unit;
      if (unit === 'HU') change(nextRendering);
      else say('No volume rendering: bone, soft tissue and vessels are known by Hounsfield units only.');
    },
    /** More or less of it. */
    fade(by: 1 | -1): void {
      change(({ fusion }) => ({
        fusion: fusion && { ...fusion, opacity: Math.min(1, Math.max(0, fusion.opacity + by * OPACITY_STEP)) },
      }));
    },
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
    openFirst(look: PlanesLook | undefined): void {
      const [first] = useViewer.getState().panes;
      const series = first?.seriesKey === undefined ? undefined : imageSeries(first.seriesKey);
      if (!first || !series || !open(series, first) || !look) return;
      const { slab, enlarged, isFused } = look;
      change((now) => ({ slab: slab ?? now.slab, enlarged, active: enlarged ?? now.active }));
      if (isFused === true) fuse();
    },
    /** The planes a distance was drawn on. */
    show({ id, seriesKey, firstIndex, name, planes, at }: PlaneLength): void {
      const series = imageSeries(seriesKey);
      const pane = activePane(useViewer.getState());
      useViewer.setState({ selectedMeasurementId: id });
      const now = state();
      const isThere = now?.seriesKey === seriesKey && now.firstIndex === firstIndex;
      if (!series || !pane || (!isThere && !open(series, pane, firstIndex))) return;
      change(({ enlarged }) => ({ planes, at, active: name, enlarged: enlarged && name, rendering: undefined }));
    },
    /** Another series is put into a pane: planes go through it then, or make way where it is no volume. */
    follow(series: ImageSeries | undefined, paneId: string, show: () => void): void {
      const isOpen = state() !== undefined;
      const isVolume = series !== undefined && planesRefusal(phaseAt(series, 0).part) === undefined;
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
