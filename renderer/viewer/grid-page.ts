import { seriesByKey, useViewer } from './viewer-store.ts';

/** Where every pane of one series' pictures, side by side, goes by a page; undefined where the panes show no such grid. */
export function gridPage(by: 1 | -1): readonly { readonly paneId: string; readonly index: number }[] | undefined {
  const { panes, maximisedPaneId } = useViewer.getState();
  const [first] = panes;
  const series = seriesByKey(first?.seriesKey)(useViewer.getState());
  const filled = panes.filter(({ seriesKey }) => seriesKey !== undefined);
  if (maximisedPaneId !== undefined || filled.length < 2 || first === undefined) return undefined;
  if (series?.kind !== 'images' || series.modality !== 'US') return undefined;
  if (filled.some(({ seriesKey }) => seriesKey !== first.seriesKey)) return undefined;
  const last = Math.max(0, series.images.length - filled.length);
  const start = Math.min(last, Math.max(0, first.index + by * filled.length));
  return filled.map(({ id }, at) => ({ paneId: id, index: start + at }));
}
