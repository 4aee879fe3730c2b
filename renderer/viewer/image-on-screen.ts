import { useViewer, type ViewerState } from './viewer-store.ts';

/** Where an image belongs on screen: in the pane that has its series, else in the active one. */
function paneForImage(
  { series: all, panes, activePaneId, maximisedPaneId }: ViewerState,
  imageId: string,
):
  | { readonly paneId: string; readonly seriesKey: string; readonly index: number; readonly isThere: boolean }
  | undefined {
  for (const series of all) {
    const index = series.kind === 'images' ? series.images.findIndex((facts) => facts.imageId === imageId) : -1;
    if (index < 0) continue;
    const holder = panes.find(
      (pane) => pane.seriesKey === series.key && (maximisedPaneId === undefined || pane.id === maximisedPaneId),
    );
    return { paneId: holder?.id ?? activePaneId, seriesKey: series.key, index, isThere: holder !== undefined };
  }
  return undefined;
}

/** Whether a pane shows the series of that image. */
export const isSeriesOnScreen = (imageId: string): boolean =>
  paneForImage(useViewer.getState(), imageId)?.isThere === true;

/** Brings an image on screen: in the pane that has its series, else in the active one. */
export function bringUpImage(
  imageId: string,
  act: {
    readonly scrollTo: (paneId: string, index: number) => void;
    readonly showSeries: (paneId: string, seriesKey: string, index: number) => void;
  },
): void {
  const found = paneForImage(useViewer.getState(), imageId);
  if (!found) return;
  useViewer.setState({ activePaneId: found.paneId });
  if (found.isThere) act.scrollTo(found.paneId, found.index);
  else act.showSeries(found.paneId, found.seriesKey, found.index);
}
