import { useEffect, useState } from 'react';

import type { MeasurementForReport, Reported, ViewerProps } from '#renderer/viewer/index.ts';
import type { KeyImage } from '#shared/reporting/report.ts';

import { addCommands } from '../commands/index.ts';
import { followMeasurement, keepDrawings } from '../report/index.ts';
import { areImagesElsewhere, viewersElsewhere, type ViewerReach } from '../second-display/index.ts';
import { offerOwnHangings } from './own-hangings.ts';
import { isReading, useReading } from './reading.ts';

/** The viewer is large (pixels, decoders, GPU): it loads beside the worklist, not before it. */
const importViewer = () => import('#renderer/viewer/index.ts');
type ViewerModule = Awaited<ReturnType<typeof importViewer>>;

let loaded: ViewerModule | undefined;
let loading: Promise<ViewerModule> | undefined;

/** Once: also puts the viewer's commands in the one table. */
export function loadViewer(): Promise<ViewerModule> {
  loading ??= importViewer().then((viewer) => {
    loaded = viewer;
    viewer.offerImages();
    viewer.followDrawings(keepDrawings);
    followMeasurement(() => measurementForReport()?.words);
    addCommands(
      viewer.viewerCommands.map(({ id, title, keys }) => ({
        id,
        title,
        group: 'Viewer',
        keys: keys === '' ? [] : [keys],
        isViewerKey: true,
        when: () => isReading() && viewerContextKey() !== undefined,
        run: () => viewerAtWork()?.runViewerCommand(id),
      })),
    );
    return viewer;
  });
  return loading;
}

/** The one the reader works in: that of this window, or of the windows of images with this case the one used last. */
const viewerAtWork = (): ViewerReach | undefined =>
  areImagesElsewhere() ? viewersElsewhere(useReading.getState().opened?.contextKey)[0] : loaded;

/** The case whose images stand on screen, as the viewer itself says. */
export const viewerContextKey = (): string | undefined => viewerAtWork()?.viewerContextKey();

// What comes from another window is copied: it must outlive that window.

/** The image painted on the active pane. */
export const shownImage = (): KeyImage | undefined => structuredClone(viewerAtWork()?.shownImage());

/** Said where a key image goes without how it was seen. */
export const whyViewIsNotKept = (): string | undefined => viewerAtWork()?.whyViewIsNotKept();

/** What was measured last, or is selected, in the words of a report. */
export const measurementForReport = (): MeasurementForReport | undefined =>
  structuredClone(viewerAtWork()?.measurementForReport());

/** Brings what the report speaks of on screen; false where it is not among the images of this case. */
export const showReported = (reported: Reported): boolean => viewerAtWork()?.showReported(reported) === true;

/** More has come of a study that may stand on this screen. */
export const takeLateImages = async (studyInstanceUid: string): Promise<void> =>
  loaded?.takeLateImages(studyInstanceUid);

/** Called whenever what stands on screen changes; returns how to stop. */
export function followViewerKey(listener: () => void): () => void {
  let stop: (() => void) | undefined;
  let isOver = false;
  void loadViewer().then(
    (viewer) => {
      if (!isOver) stop = viewer.followViewerContextKey(listener);
    },
    // A viewer that cannot be loaded shows nothing; its slot says so.
    () => undefined,
  );
  return () => {
    isOver = true;
    stop?.();
  };
}

/** Between cases the viewer is set up when the window has nothing better to do; a case never waits for that. */
export function ViewerSlot(props: ViewerProps) {
  const [viewer, setViewer] = useState<ViewerModule>();
  const { onProblem } = props;
  const isDue = props.contextKey !== undefined;
  useEffect(() => {
    if (viewer !== undefined) return undefined;
    let isOver = false;
    let idle: number | undefined;
    const setUp = async (module: ViewerModule) => {
      // The first case already hangs by the reader's own.
      await offerOwnHangings(module.offerHangings);
      if (isOver) return;
      if (isDue) setViewer(module);
      else idle = requestIdleCallback(() => setViewer(module));
    };
    loadViewer().then(setUp, () =>
      onProblem('The viewer could not be loaded. Start Overread again; your text is kept.'),
    );
    return () => {
      isOver = true;
      if (idle !== undefined) cancelIdleCallback(idle);
    };
  }, [onProblem, isDue, viewer]);
  const { contextKey } = props;
  useEffect(() => {
    if (viewer !== undefined) void offerOwnHangings(viewer.offerHangings);
  }, [viewer, contextKey]);
  if (viewer === undefined) return <section aria-label="Viewer" tabIndex={-1} />;
  return <viewer.Viewer {...props} />;
}
