import { startIndex } from './model/series-choice.ts';
import type { ImageSeries, Series } from './model/series.ts';
import { useViewer } from './viewer-store.ts';

export interface BackgroundFeedPorts {
  readonly hasRoom: () => boolean;
  /** Frames of a series on screen are still on their way: nothing else shares the line with them. */
  readonly isShownComing: () => boolean;
  readonly isBegun: (series: ImageSeries) => boolean;
  readonly begin: (series: ImageSeries, index: number) => void;
}

/** Series not on screen, one after the other, so that changing to them is instant and every one has its picture. */
export function createBackgroundFeed({ hasRoom, isShownComing, isBegun, begin }: BackgroundFeedPorts) {
  const queue: ImageSeries[] = [];
  return {
    add(all: readonly Series[]): void {
      const shown = new Set(useViewer.getState().panes.map((one) => one.seriesKey));
      const queued = new Set(queue);
      queue.push(
        ...all.filter((one): one is ImageSeries => one.kind === 'images' && !shown.has(one.key) && !queued.has(one)),
      );
    },
    next(): void {
      while (hasRoom() && !isShownComing()) {
        const next = queue.shift();
        if (!next) return;
        if (isBegun(next)) continue;
        begin(next, startIndex(next));
        return;
      }
    },
  };
}
