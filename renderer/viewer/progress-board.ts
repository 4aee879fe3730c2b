import { useViewer, type SeriesProgress } from './viewer-store.ts';

/** The eye counts no faster; more often would only take time from the images themselves. */
const PUBLISH_MS = 120;

/** Brings how much is decoded and seen to the screen now and then, however many images come in between. */
export function createProgressBoard() {
  let pending: Record<string, SeriesProgress> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  function publish(): void {
    timer = undefined;
    const noted = pending;
    pending = {};
    useViewer.setState(({ progress }) => ({ progress: { ...progress, ...noted } }));
  }

  return {
    note(seriesKey: string, progress: SeriesProgress): void {
      pending[seriesKey] = progress;
      timer ??= setTimeout(publish, PUBLISH_MS);
    },
    close(): void {
      clearTimeout(timer);
    },
  };
}
