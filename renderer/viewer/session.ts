import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import { createBackgroundFeed } from './background-feed.ts';
import { createCaseImages, openStream } from './case-images.ts';
import { createDragScroll } from './drag-scroll.ts';
import { applyGreys, type StackView } from './engine/view.ts';
import { createTimingMarks } from './first-image-mark.ts';
import { createHanger } from './hanger.ts';
import { memoryOnScreen } from './image-memory.ts';
import { createLinking } from './linking.ts';
import type { StudyToShow } from './load-studies.ts';
import { defaultScale, draggedScale } from './model/display.ts';
import type { Layout } from './model/hanging.ts';
import { scrolledIn } from './model/phases.ts';
import { startIndex } from './model/series-choice.ts';
import type { ImageSeries, Series } from './model/series.ts';
import { howPainted, isPaintedAlike } from './how-painted.ts';
import { hangingOnScreen } from './hanging-on-screen.ts';
import { createKeptDrawings } from './kept-drawings.ts';
import { createLateMarks } from './late-marks.ts';
import { bringUpImage } from './image-on-screen.ts';
import { showMeasured } from './lesions.ts';
import { createMeasuring } from './measuring.ts';
import { createOthersDesk } from './others-desk.ts';
import { createPlanes } from './planes.ts';
import { createRecovery } from './recovery.ts';
import { showPreview } from './previews.ts';
import { createProgressBoard } from './progress-board.ts';
import { createSeenTeller } from './seen-teller.ts';
import { createSeenSlices } from './seen-slices.ts';
import { joinImages } from './shared-images.ts';
import { theStage, type StageCase } from './stage.ts';
import {
  activePane,
  emptyPane,
  imageSeriesNow,
  layOut,
  noteNotice,
  paneById,
  updatePane,
  useViewer,
  type Pane,
  type Tool,
} from './viewer-store.ts';
import { takeWarmCase } from './warm-case.ts';

export interface SessionPorts {
  readonly contextKey: string;
  readonly studies: readonly StudyToShow[];
  /** The first window of images begins with the first stage of the hanging, the second with the second, and so on. */
  readonly windowNumber: number;
  /** What was drawn on the case before. */
  readonly drawings: readonly KeptDrawing[];
  readonly onProblem: (message: string) => void;
  readonly onSaid: (message: string) => void;
  readonly onReady: () => void;
  readonly onSeen: (studyInstanceUid: string, sopInstanceUids: readonly string[]) => void;
}

const READY = { ok: true } as const;

export type ViewerSession = ReturnType<typeof createViewerSession>;

/** One open case: its images, its panes, everything that must be gone when it closes. */
export function createViewerSession(ports: SessionPorts) {
  const stage = theStage();
  const marks = createTimingMarks();
  const shownSets = new Map<string, string>();
  let isClosed = false;
  let isReadyTold = false;

  const factsIn = (view: StackView | undefined) => bank.factsOf(view?.getCornerstoneImage()?.imageId ?? '');
  const pane = (paneId: string): Pane | undefined => paneById(paneId)(useViewer.getState());

  const seen = createSeenSlices();
  const progress = createProgressBoard();
  const late = createLateMarks(createSeenTeller(ports.onSeen));
  const images = joinImages(ports) ?? takeWarmCase(ports) ?? createCaseImages(ports, memoryOnScreen());
  const { bank } = images;
  const measuring = createMeasuring({ view: stage.view, say: ports.onSaid, onScale: setScale });
  const drawings = createKeptDrawings(ports.drawings, ports.onProblem);
  const linking = createLinking({ imageSeries: imageSeriesNow, view: stage.view, scrollTo, redraw });
  const recovery = createRecovery({ view: stage.view, showImage, marks });
  const bringUp = (imageId: string) => {
    planes.leave();
    bringUpImage(imageId, { scrollTo, showSeries });
  };
  const others = createOthersDesk({
    contextKey: ports.contextKey,
    openStream,
    view: stage.view,
    setScale,
    redraw,
    showImage: bringUp,
    say: ports.onSaid,
  });
  const planes = createPlanes({
    look: bank.look,
    leave: bank.leave,
    image: bank.image,
    onLeft: lookAgain,
    say: ports.onSaid,
    onProblem: ports.onProblem,
  });
  const background = createBackgroundFeed({
    hasRoom: () => !isClosed && bank.hasRoom(),
    isShownComing: () =>
      useViewer.getState().panes.some(({ seriesKey }) => seriesKey !== undefined && bank.isComing(seriesKey)),
    isBegun: (series) => bank.decodedCount(series) > 0,
    begin: (series, index) => void bank.image(series, index),
  });
  const dragScroll = createDragScroll({
    total: (paneId) => imageSeriesNow(pane(paneId)?.seriesKey)?.images.length ?? 1,
    height: (paneId) => stage.view(paneId)?.element.clientHeight ?? 0,
    scrollBy,
  });
  const hanger = createHanger({
    view: stage.view,
    factsOf: bank.factsOf,
    firstStage: ports.windowNumber - 1,
    setLayout: layAnew,
    showSeries,
    clearPane,
    onLinked: linking.begin,
    onPlanes: planes.openFirst,
  });

  function noteProgress(series: ImageSeries): void {
    const total = series.images.length;
    const decoded = bank.decodedCount(series);
    progress.note(series.key, { decoded, total, seen: seen.count(series.key) });
    const picture = images.thumbnails[series.key];
    const { thumbnails, panes } = useViewer.getState();
    if (picture && thumbnails[series.key] !== picture) {
      useViewer.setState({ thumbnails: { ...thumbnails, [series.key]: picture } });
    }
    const isShown = panes.some((one) => one.seriesKey === series.key);
    if (isShown && decoded >= total && bank.isComplete(series))
      marks.seriesComplete(series.key, series.studyInstanceUid);
  }

  function setGreys(paneId: string, view: StackView, imageId: string): void {
    const facts = bank.factsOf(imageId);
    const current = pane(paneId);
    const image = view.getCornerstoneImage();
    if (!facts || !current) return;
    const scale = current.isScaleChosen
      ? current.scale
      : (linking.windowFromPartner(paneId) ?? defaultScale(facts, image.minPixelValue, image.maxPixelValue));
    if (scale !== current.scale) updatePane(paneId, { scale });
    applyGreys(view, scale, facts, current.isInverted);
  }

  function notePainted(paneId: string, view: StackView): void {
    recovery.notePainted(paneId);
    const current = pane(paneId);
    const series = imageSeriesNow(current?.seriesKey);
    const facts = factsIn(view);
    if (!current || !series || !facts) return;
    if (current.preview && current.preview.facts !== facts) return; // painted again behind the preview of another
    const index = series.images.indexOf(facts);
    if (index < 0) return; // the series was changed while this frame was on its way
    const now = howPainted(view, facts, index);
    if (!isPaintedAlike(current, now)) updatePane(paneId, { ...now, preview: undefined });
    if (current.painted === undefined) linking.join(paneId, series);
    else if (current.mmPerPixel !== now.mmPerPixel && paneId === useViewer.getState().activePaneId)
      linking.shareZoom(paneId);
    marks.painted(view.canvas, facts.studyInstanceUid);
    late.noteSeen(series, facts);
    if (seen.note(series, index)) noteProgress(series);
    if (isReadyTold) return;
    isReadyTold = true;
    ports.onReady();
    background.next(); // of a case made ready nothing more comes that would begin the others
  }

  /** Shows the image asked for as soon as it is there, unless another was asked for meanwhile. */
  async function showImage(paneId: string, index: number): Promise<void> {
    const current = pane(paneId);
    const series = imageSeriesNow(current?.seriesKey);
    if (!current || !series) return;
    updatePane(paneId, { index, problem: undefined, preview: undefined });
    bank.look(series, paneId, index);
    const outcome = bank.ready(series, index) ? READY : await bank.image(series, index);
    const now = pane(paneId);
    if (isClosed || now?.seriesKey !== series.key || now.index !== index) return;
    if (!outcome.ok) {
      updatePane(paneId, { problem: outcome.reason });
      const facts = series.images[index];
      if (facts) late.noteSeen(series, facts);
      return;
    }
    const view = stage.view(paneId);
    if (!view) return;
    if (shownSets.get(paneId) === series.key) {
      await view.setImageIdIndex(index);
      // It holds this image already, behind a preview of another: it has to be painted to count.
      if (pane(paneId)?.painted === undefined) view.render();
      return;
    }
    shownSets.set(paneId, series.key);
    await view.setStack(
      series.images.map((facts) => facts.imageId),
      index,
    );
    hanger.settle(paneId);
  }

  function showSeries(paneId: string, seriesKey: string, index?: number): void {
    const series = imageSeriesNow(seriesKey);
    if (!series) return;
    if (pane(paneId)?.seriesKey !== seriesKey) shownSets.delete(paneId);
    updatePane(paneId, { ...emptyPane(paneId), seriesKey });
    // One that was made ready before it was put up is complete already.
    if (bank.decodedCount(series) > 0) noteProgress(series);
    void showImage(paneId, index ?? startIndex(series));
  }

  function clearPane(paneId: string): void {
    bank.leave(paneId);
    shownSets.delete(paneId);
    updatePane(paneId, emptyPane(paneId));
  }

  function dragWindow(paneId: string, deltaX: number, deltaY: number): void {
    const current = pane(paneId);
    if (!current?.painted) return;
    setScale(paneId, draggedScale(current.scale, deltaX, deltaY, current.painted.facts.isColour));
  }

  function setScale(paneId: string, scale: Pane['scale'], isScaleChosen = true): void {
    updatePane(paneId, { scale, isScaleChosen });
    redraw(paneId);
    linking.shareWindow(paneId, scale, isScaleChosen);
  }

  function redraw(paneId: string): void {
    const view = stage.view(paneId);
    const current = pane(paneId);
    const facts = factsIn(view);
    if (!view || !current || !facts) return;
    applyGreys(view, current.scale, facts, current.isInverted);
    view.render();
  }

  function scrollTo(paneId: string, index: number): void {
    const current = pane(paneId);
    const series = imageSeriesNow(current?.seriesKey);
    if (!current || !series) return;
    const target = Math.min(series.images.length - 1, Math.max(0, index));
    if (target !== current.index || current.problem !== undefined) void showImage(paneId, target);
  }

  function scrollBy(paneId: string, steps: number): void {
    const current = pane(paneId);
    const series = imageSeriesNow(current?.seriesKey);
    if (!current || !series) return;
    const target = scrolledIn(series, current.index, steps);
    if (useViewer.getState().isLinked) linking.scroll(current, series, target);
    else scrollTo(paneId, target);
  }

  function hangStudies(expectedPriors: readonly StudyToShow[]): void {
    hanger.hang(expectedPriors.map(({ modality }) => modality));
    background.add(useViewer.getState().series);
  }

  /** A prior that was found after the case was opened stands behind all others; what is on screen stays. */
  async function joinPrior(study: StudyToShow): Promise<void> {
    const fresh = await images.loadAgain(study.studyInstanceUid, study);
    if (isClosed || fresh === undefined) return;
    putUp([...useViewer.getState().series, ...fresh]);
    hangStudies([]);
    background.next();
  }

  /** More has come of a study that stands here: it joins what is there, marked as new; what was on screen stays. */
  async function takeLate(studyInstanceUid: string): Promise<void> {
    const fresh = await images.loadAgain(studyInstanceUid);
    if (isClosed || fresh === undefined) return;
    const before = useViewer.getState().series;
    const grown = late.mark(before, fresh);
    const known = before.findIndex((one) => one.studyInstanceUid === studyInstanceUid);
    const others = before.filter((one) => one.studyInstanceUid !== studyInstanceUid);
    if (grown.some(({ key }) => key === planes.state()?.seriesKey)) planes.leave();
    for (const series of grown) bank.replace(series);
    putUp(known < 0 ? [...fresh, ...others] : [...others.slice(0, known), ...fresh, ...others.slice(known)]);
    for (const series of grown) {
      noteProgress(series);
      for (const one of useViewer.getState().panes) if (one.seriesKey === series.key) void stayAt(one, series, before);
    }
    hangStudies([]);
    background.next();
  }

  /** The pane goes on with the image it showed, wherever that stands now. */
  async function stayAt(was: Pane, series: ImageSeries, before: readonly Series[]): Promise<void> {
    const old = before.find((one): one is ImageSeries => one.kind === 'images' && one.key === series.key);
    const asked = old?.images[was.index]?.imageId;
    const view = stage.view(was.id);
    const shown = view?.getViewPresentation();
    shownSets.delete(was.id);
    const index = series.images.findIndex(({ imageId }) => imageId === asked);
    await showImage(was.id, Math.max(0, index));
    if (isClosed || view === undefined || shown === undefined || pane(was.id)?.seriesKey !== series.key) return;
    view.setViewPresentation(shown);
    view.render();
  }

  /** The stacks come back from behind the planes: each goes on where it stood. */
  function lookAgain(): void {
    for (const one of useViewer.getState().panes) {
      if (imageSeriesNow(one.seriesKey)) void showImage(one.id, one.index).then(() => redraw(one.id));
    }
  }

  function layAnew(layout: Layout): void {
    planes.leave();
    setLayout(layout);
  }

  function setLayout(layout: Layout): void {
    const before = useViewer.getState().panes;
    layOut(layout);
    for (const { id } of before) if (!pane(id)) bank.leave(id);
  }

  function putUp(series: readonly Series[]): void {
    useViewer.setState({ series });
    late.markSince(series, ports.studies);
    others.read(series);
    drawings.stand();
    for (const one of series) if (one.kind === 'images' && images.thumbnails[one.key]) noteProgress(one);
  }

  function putUpCurrent(series: readonly Series[]): void {
    putUp(series);
    if (series.length === 0) return;
    useViewer.setState({ phase: 'ready' });
    hangStudies(images.allSeries() === undefined ? images.priors : []);
  }

  /** The current study goes up as soon as it is known; priors join it when they come. At once where both are here. */
  async function open(): Promise<void> {
    const known = images.allSeries();
    if (known) {
      putUpCurrent(known);
    } else {
      const current = images.currentSeries() ?? (await images.current);
      if (isClosed) return;
      putUpCurrent(current);
      const all = await images.all;
      if (isClosed) return;
      putUp(all);
      if (images.priors.length > 0 && all.length > 0) hangStudies([]);
    }
    const { series } = useViewer.getState();
    const phase = series.length > 0 ? 'ready' : images.hasFailed() ? 'failed' : 'empty';
    useViewer.setState({ phase, message: 'The images of this case could not be loaded.' });
    drawings.tellMissing();
  }

  const onStage: StageCase = {
    factsOf: bank.factsOf,
    load: bank.load,
    onNewImage: setGreys,
    onPainted: notePainted,
    onAttached(paneId) {
      shownSets.delete(paneId);
      const current = pane(paneId);
      if (current?.seriesKey !== undefined) void recovery.restore(current);
    },
    onRebuilt(seen) {
      shownSets.clear();
      void recovery.restoreAll(seen);
    },
    onWindowDrag: dragWindow,
    onScrollDrag: dragScroll,
  };
  stage.enter(onStage);
  images.show(
    {
      onDecoded: noteProgress,
      onPreview: showPreview,
      onFed: background.next,
      onProblem: ports.onProblem,
      onNotice: ({ key }, notice) => noteNotice(key, notice),
    },
    memoryOnScreen(),
  );
  void open();

  return {
    /** A pane is going: what it showed is put back when it comes again. */
    forgetPane: (paneId: string): boolean => shownSets.delete(paneId),
    takeLate,
    takeDrawings: drawings.take,
    joinPrior,
    seen,
    slots: images.slots,
    view: stage.view,
    planes,
    /** In the pane; while planes are open, planes through it. */
    showSeries(paneId: string, seriesKey: string, index?: number): void {
      planes.follow(imageSeriesNow(seriesKey), paneId, () => showSeries(paneId, seriesKey, index));
    },
    scrollTo,
    scrollBy,
    setScale,
    redraw,
    setLayout: layAnew,
    hanger,
    relink: linking.begin,
    hangingOnScreen,
    measuring,
    others,
    showImage: bringUp,
    showMeasurement: (id: string): void => showMeasured(id, bringUp, linking.begin),
    say: ports.onSaid,
    /** What Escape leaves first; false when there is nothing to leave. */
    stepBack: (): boolean => measuring.cancel() || planes.stepBack(),
    chooseTool(tool: Tool): void {
      measuring.cancel();
      useViewer.setState({ tool });
      stage.tools.choose(tool);
    },
    retry(): void {
      const current = activePane(useViewer.getState());
      const series = imageSeriesNow(current?.seriesKey);
      if (!current || !series) return;
      bank.retry(series);
      void showImage(current.id, current.index);
    },
    close(): void {
      isClosed = true;
      planes.close();
      progress.close();
      late.close();
      others.close();
      stage.leave(onStage);
      images.close();
    },
  };
}
