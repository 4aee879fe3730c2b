import { activePane, seriesByKey, useViewer } from './viewer-store.ts';

/** The image that stands painted on the active pane, as a report refers to it. */
export interface ShownImage {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  /** From 1; absent for an image of one frame. */
  readonly frame?: number;
  /** `Series 2, image 7`, as the overlay names it. */
  readonly label: string;
}

/** Undefined while nothing is painted there: an image that was only asked for is not the one that is seen. */
export function shownImage(): ShownImage | undefined {
  const state = useViewer.getState();
  const pane = activePane(state);
  const facts = pane?.painted?.facts;
  if (facts === undefined) return undefined;
  const series = seriesByKey(pane?.seriesKey)(state);
  const place = facts.instanceNumber ?? (pane?.painted?.index ?? 0) + 1;
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid, frame, frameCount } = facts;
  return {
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid,
    sopClassUid,
    ...(frameCount > 1 ? { frame } : {}),
    label: `Series ${series?.seriesNumber ?? '–'}, image ${place}` + (frameCount > 1 ? `, frame ${frame}` : ''),
  };
}
