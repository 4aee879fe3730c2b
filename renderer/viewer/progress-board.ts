import { useViewer, type SeriesProgress } from './viewer-store.ts';

/** Brings how much is decoded to the screen once a frame, however many images come in between. */
export function createProgressBoard() {
  let pending: Record<string, SeriesProgress> = {};
  let request: number | undefined;

  function publish(): void {
    request = undefined;
    const noted = pending;
    pending = {};
    useViewer.setState(({ progress }) => ({ progress: { ...progress, ...noted } }));
  }

  return {
    note(seriesKey: string, progress: SeriesProgress): void {
      pending[seriesKey] = progress;
      request ??= requestAnimationFrame(publish);
    },
    close(): void {
      if (request !== undefined) cancelAnimationFrame(request);
    },
  };
}
