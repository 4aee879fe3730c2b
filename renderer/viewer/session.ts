import { setUpCornerstone, decodedCacheBytes } from './engine/setup.ts';
import { provideMetadata } from './engine/metadata-provider.ts';
import { createToolGroup } from './engine/tool-group.ts';
import { createViews } from './engine/views.ts';
import {
  applyGreys,
  mmPerCssPixel,
  pushToEdge,
  turnView,
  viewAxes,
  zoomPercent,
  type StackView,
} from './engine/view.ts';
import { createProgressBoard } from './progress-board.ts';
import { createTimingMarks } from './first-image-mark.ts';
import { loadStudy, type StudyToShow } from './load-studies.ts';
import { defaultScale } from './model/display.ts';
import { hang, startIndex, type Hanging, type Hung, type Layout } from './model/hanging.ts';
import { indexAfterMm, mmBetween } from './model/linked-scroll.ts';
import { edgeLetters } from './model/orientation.ts';
import type { ImageSeries } from './model/series.ts';
import { createDecodePool, type WorkerLike } from './pixels/decode-pool.ts';
import { createImageBank } from './pixels/image-bank.ts';
import { createSpareWorkers } from './pixels/spare-workers.ts';
import { drawThumbnail } from './thumbnail.ts';
import {
  activePane,
  emptyPane,
  paneById,
  seriesByKey,
  updatePane,
  useViewer,
  type Pane,
  type Tool,
} from './viewer-store.ts';

const MOST_WORKERS = 4;
/** Pointer travel that scrolls one image. */
const SCROLL_STEP_PX = 6;
const RETRY_PAUSE_MS = 400;

export interface SessionPorts {
  readonly contextKey: string;
  readonly studies: readonly StudyToShow[];
  readonly origin: string;
  readonly onProblem: (message: string) => void;
  readonly onReady: () => void;
}

export type ViewerSession = ReturnType<typeof createViewerSession>;

const workerCount = (): number => Math.min(MOST_WORKERS, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
/** Those of a closed case are gone with it; the next case finds fresh ones waiting. */
const spareWorkers = createSpareWorkers(
  workerCount,
  (): WorkerLike =>
    new Worker(new URL('./pixels/decode-worker.ts', import.meta.url), { type: 'module', name: 'decode' }),
);
if (typeof Worker === 'function') spareWorkers.fill();

let sessionCount = 0;

/** One open case: its images, its panes, everything that must be gone when it closes. */
export function createViewerSession(ports: SessionPorts) {
  setUpCornerstone();
  sessionCount += 1;
  const id = `overread-${sessionCount}`;
  const marks = createTimingMarks();
  const pushes = new Map<string, Hung['push']>();
  const shownSets = new Map<string, string>();
  const backgroundQueue: ImageSeries[] = [];
  const scrollCarry = new Map<string, number>();
  let isClosed = false;
  let isReadyTold = false;

  const imageSeries = (key: string | undefined): ImageSeries | undefined => {
    const found = seriesByKey(key)(useViewer.getState());
    return found?.kind === 'images' ? found : undefined;
  };
  const pane = (paneId: string): Pane | undefined => paneById(paneId)(useViewer.getState());

  const progress = createProgressBoard();
  const bank = createImageBank({
    pool: createDecodePool({
      size: workerCount(),
      createWorker: () => spareWorkers.take(),
    }),
    decodedLimitBytes: decodedCacheBytes(),
    openStream: async (series, from, signal) => {
      const path = `/pixels/${encodeURIComponent(series.studyInstanceUid)}/${encodeURIComponent(series.seriesInstanceUid)}`;
      const response = await fetch(`${path}?from=${from}`, { signal });
      if (!response.ok || !response.body) throw new Error(`the images were not given (HTTP ${response.status})`);
      return response.body;
    },
    pause: (attempt) => new Promise((resolve) => setTimeout(resolve, attempt * RETRY_PAUSE_MS)),
    onDecoded: (series, slot, display) => {
      const { thumbnails } = useViewer.getState();
      const total = series.images.length;
      const decoded = bank.decodedCount(series);
      progress.note(series.key, { decoded, total });
      if (display && !thumbnails[series.key]) {
        useViewer.setState({ thumbnails: { ...thumbnails, [series.key]: drawThumbnail(slot.facts, display) } });
      }
      const isShown = useViewer.getState().panes.some((one) => one.seriesKey === series.key);
      if (isShown && decoded >= total && bank.isComplete(series))
        marks.seriesComplete(series.key, series.studyInstanceUid);
    },
    onFailed: (_series, reason) => ports.onProblem(reason),
    onFed: () => feedNextInBackground(),
  });
  const stopMetadata = provideMetadata(bank.factsOf);
  const tools = createToolGroup({
    id,
    onWindowDrag: dragWindow,
    onScrollDrag: dragScroll,
    factsOf: bank.factsOf,
  });
  tools.choose(useViewer.getState().tool);
  const views = createViews({ id, onNewImage: setGreys, onPainted: notePainted, onRebuilt: rehang });

  function setGreys(paneId: string, view: StackView, imageId: string): void {
    const facts = bank.factsOf(imageId);
    const current = pane(paneId);
    const image = view.getCornerstoneImage();
    if (!facts || !current) return;
    const scale = current.isScaleChosen ? current.scale : defaultScale(facts, image.minPixelValue, image.maxPixelValue);
    if (scale !== current.scale) updatePane(paneId, { scale });
    applyGreys(view, scale, facts, current.isInverted);
  }

  function notePainted(paneId: string, view: StackView): void {
    const current = pane(paneId);
    const series = imageSeries(current?.seriesKey);
    const imageId = view.getCornerstoneImage()?.imageId;
    const facts = imageId === undefined ? undefined : bank.factsOf(imageId);
    if (!current || !series || !facts) return;
    const index = series.images.indexOf(facts);
    if (index < 0) return; // the series was changed while this frame was on its way
    const zoom = zoomPercent(view, facts);
    const mmPerPixel = mmPerCssPixel(view);
    const axes = viewAxes(view);
    const edges = axes && edgeLetters(facts, axes);
    const isSame =
      current.painted?.facts === facts &&
      current.zoomPercent === zoom &&
      current.mmPerPixel === mmPerPixel &&
      current.edges?.top === edges?.top &&
      current.edges?.left === edges?.left;
    if (!isSame) updatePane(paneId, { painted: { facts, index }, zoomPercent: zoom, mmPerPixel, edges });
    marks.painted(view.canvas, facts.studyInstanceUid);
    if (!isReadyTold) {
      isReadyTold = true;
      ports.onReady();
    }
  }

  /** Shows the image asked for as soon as it is there, unless another was asked for meanwhile. */
  async function showImage(paneId: string, index: number): Promise<void> {
    const current = pane(paneId);
    const series = imageSeries(current?.seriesKey);
    if (!current || !series) return;
    updatePane(paneId, { index, problem: undefined });
    bank.look(series, paneId, index);
    const outcome = await bank.image(series, index);
    const now = pane(paneId);
    if (isClosed || now?.seriesKey !== series.key || now.index !== index) return;
    if (!outcome.ok) {
      updatePane(paneId, { problem: outcome.reason });
      return;
    }
    const view = views.view(paneId);
    if (!view) return;
    if (shownSets.get(paneId) === series.key) {
      await view.setImageIdIndex(index);
      return;
    }
    shownSets.set(paneId, series.key);
    await view.setStack(
      series.images.map((facts) => facts.imageId),
      index,
    );
    const facts = series.images[index];
    const push = pushes.get(paneId);
    if (push && facts) {
      pushToEdge(view, facts, push);
      view.render();
    }
  }

  function showSeries(paneId: string, seriesKey: string, index?: number): void {
    const series = imageSeries(seriesKey);
    if (!series) return;
    if (pane(paneId)?.seriesKey !== seriesKey) shownSets.delete(paneId);
    updatePane(paneId, { ...emptyPane(paneId), seriesKey });
    void showImage(paneId, index ?? startIndex(series));
  }

  function rehang(): void {
    shownSets.clear();
    const { panes, tool } = useViewer.getState();
    for (const one of panes) {
      if (!views.view(one.id)) continue;
      tools.addView(one.id, views.engineId());
      if (one.seriesKey === undefined) continue;
      void showImage(one.id, one.index).then(() => restoreTurn(one));
    }
    tools.choose(tool);
  }

  function restoreTurn(was: Pane): void {
    const view = views.view(was.id);
    if (!view) return;
    turnView(view, was);
    view.render();
  }

  function dragWindow(paneId: string, deltaX: number, deltaY: number): void {
    const current = pane(paneId);
    if (!current?.painted) return;
    const { scale } = current;
    const { center, width } =
      scale.kind === 'window'
        ? scale
        : { center: scale.table.firstMapped + scale.table.data.length / 2, width: scale.table.data.length };
    const step = Math.max(width / 300, 0.002);
    setScale(paneId, {
      kind: 'window',
      center: center + deltaY * step,
      width: Math.max(width + deltaX * step, current.painted.facts.isColour ? 2 : step),
      function: scale.kind === 'window' ? scale.function : 'LINEAR',
    });
  }

  function setScale(paneId: string, scale: Pane['scale'], isScaleChosen = true): void {
    updatePane(paneId, { scale, isScaleChosen });
    redraw(paneId);
  }

  function redraw(paneId: string): void {
    const view = views.view(paneId);
    const current = pane(paneId);
    const imageId = view?.getCornerstoneImage()?.imageId;
    const facts = imageId === undefined ? undefined : bank.factsOf(imageId);
    if (!view || !current || !facts) return;
    applyGreys(view, current.scale, facts, current.isInverted);
    view.render();
  }

  function dragScroll(paneId: string, _deltaX: number, deltaY: number): void {
    const carried = (scrollCarry.get(paneId) ?? 0) + deltaY / SCROLL_STEP_PX;
    const steps = Math.trunc(carried);
    scrollCarry.set(paneId, carried - steps);
    if (steps !== 0) scrollBy(paneId, steps);
  }

  function scrollTo(paneId: string, index: number): void {
    const current = pane(paneId);
    const series = imageSeries(current?.seriesKey);
    if (!current || !series) return;
    const target = Math.min(series.images.length - 1, Math.max(0, index));
    if (target !== current.index || current.problem !== undefined) void showImage(paneId, target);
  }

  function scrollBy(paneId: string, steps: number): void {
    const { panes, isLinked } = useViewer.getState();
    const current = pane(paneId);
    const series = imageSeries(current?.seriesKey);
    if (!current || !series) return;
    const target = Math.min(series.images.length - 1, Math.max(0, current.index + steps));
    const moved = mmBetween(series, current.index, target);
    scrollTo(paneId, target);
    if (!isLinked) return;
    for (const other of panes) {
      if (other.id === paneId) continue;
      const otherSeries = imageSeries(other.seriesKey);
      if (!otherSeries || otherSeries.images.length < 2) continue;
      scrollTo(other.id, moved === undefined ? other.index + steps : indexAfterMm(otherSeries, other.index, moved));
    }
  }

  /** Series not on screen, one after the other, so that changing to them is instant and every one has its picture. */
  function feedNextInBackground(): void {
    const next = bank.hasRoom() ? backgroundQueue.shift() : undefined;
    if (!next || isClosed) return;
    if (bank.decodedCount(next) > 0) {
      feedNextInBackground();
      return;
    }
    void bank.image(next, startIndex(next));
  }

  function hangStudies(expectedPriors: readonly StudyToShow[]): void {
    const { series, panes: before } = useViewer.getState();
    const hanging: Hanging = hang(
      series,
      expectedPriors.map((study) => study.modality),
    );
    const isFirst = before.every((one) => one.seriesKey === undefined);
    if (isFirst) setLayout(hanging.layout);
    hanging.panes.forEach((hung, index) => {
      const one = useViewer.getState().panes[index];
      // What the reader has put up meanwhile stays.
      if (!hung || !one || one.seriesKey !== undefined) return;
      pushes.set(one.id, hung.push);
      showSeries(one.id, hung.seriesKey, hung.index);
      if (imageSeries(hung.seriesKey)?.role === 'prior') useViewer.setState({ isLinked: true });
    });
    const shown = new Set(useViewer.getState().panes.map((one) => one.seriesKey));
    const queued = new Set(backgroundQueue);
    backgroundQueue.push(
      ...series.filter((one): one is ImageSeries => one.kind === 'images' && !shown.has(one.key) && !queued.has(one)),
    );
  }

  function setLayout(layout: Layout): void {
    const { panes, activePaneId } = useViewer.getState();
    const wanted = Array.from({ length: layout.rows * layout.columns }, (_, index) => `pane-${index + 1}`);
    for (const gone of panes.filter((one) => !wanted.includes(one.id))) bank.leave(gone.id);
    useViewer.setState({
      layout,
      maximisedPaneId: undefined,
      activePaneId: wanted.includes(activePaneId) ? activePaneId : 'pane-1',
      panes: wanted.map((paneId) => panes.find((one) => one.id === paneId) ?? emptyPane(paneId)),
    });
  }

  /** The current study goes up as soon as it is known; priors join it when they come. */
  async function open(): Promise<void> {
    const load = (study: StudyToShow) =>
      loadStudy(study, ports.origin).catch(() => {
        ports.onProblem(`${study.role === 'prior' ? 'Prior' : 'Study'} ${study.description} could not be loaded.`);
        return undefined;
      });
    const priors = ports.studies.filter((study) => study.role === 'prior');
    const comingPriors = priors.map(load);
    const current = await Promise.all(ports.studies.filter((study) => study.role === 'current').map(load));
    if (isClosed) return;
    useViewer.setState({ series: current.flatMap((one) => one ?? []) });
    if (useViewer.getState().series.length > 0) {
      useViewer.setState({ phase: 'ready' });
      hangStudies(priors);
    }
    const loadedPriors = await Promise.all(comingPriors);
    if (isClosed) return;
    const series = [...useViewer.getState().series, ...loadedPriors.flatMap((one) => one ?? [])];
    const hasFailed = [...current, ...loadedPriors].includes(undefined);
    const phase = series.length > 0 ? 'ready' : hasFailed ? 'failed' : 'empty';
    useViewer.setState({ series, phase, message: 'The images of this case could not be loaded.' });
    if (priors.length > 0 && phase === 'ready') hangStudies([]);
  }

  void open();

  return {
    attach(paneId: string, element: HTMLDivElement): void {
      shownSets.delete(paneId);
      views.attach(paneId, element);
      tools.addView(paneId, views.engineId());
      const current = pane(paneId);
      if (current?.seriesKey !== undefined) void showImage(paneId, current.index).then(() => restoreTurn(current));
    },
    detach(paneId: string): void {
      tools.removeView(paneId, views.engineId());
      views.detach(paneId);
      shownSets.delete(paneId);
    },
    view: views.view,
    showSeries,
    scrollTo,
    scrollBy,
    setScale,
    redraw,
    setLayout,
    chooseTool(tool: Tool): void {
      useViewer.setState({ tool });
      tools.choose(tool);
    },
    removeMeasurements(): void {
      tools.removeMeasurements();
      for (const one of useViewer.getState().panes) views.view(one.id)?.render();
    },
    retry(): void {
      const current = activePane(useViewer.getState());
      const series = imageSeries(current?.seriesKey);
      if (!current || !series) return;
      bank.retry(series);
      void showImage(current.id, current.index);
    },
    close(): void {
      isClosed = true;
      progress.close();
      tools.close();
      views.close();
      bank.close();
      stopMetadata();
      spareWorkers.fill();
    },
  };
}
