import type { StackView } from './engine/view.ts';
import { showArea, turnView } from './engine/view.ts';
import { decodePool } from './decoding.ts';
import type { Series } from './model/series.ts';
import { completeOverlays, lacksOverlays } from './others/complete-overlays.ts';
import { readOthers } from './others/read-others.ts';
import type { OthersWork } from './others/work.ts';
import { readSegments } from './pixels/read-segments.ts';
import { OVER_IMAGES, requestPlaces } from './requests.ts';
import { activePane, updatePane, useViewer, type Pane } from './viewer-store.ts';
import { fetchWhole } from './whole-object.ts';

interface Hidden {
  readonly works: ReadonlySet<string>;
  readonly areAllHidden: boolean;
}

/** What the reader took off the screen stays off when the case is opened again. As long as this window lives; ids only. */
const hiddenByCase = new Map<string, Hidden>();
const MOST_CASES = 200;

export interface OthersDeskPorts {
  readonly contextKey: string;
  readonly openStream: (
    series: { readonly studyInstanceUid: string; readonly seriesInstanceUid: string },
    from: number,
    signal: AbortSignal,
  ) => Promise<ReadableStream<Uint8Array>>;
  readonly view: (paneId: string) => StackView | undefined;
  readonly setScale: (paneId: string, scale: Pane['scale']) => void;
  readonly redraw: (paneId: string) => void;
  readonly showImage: (imageId: string) => void;
  readonly say: (words: string) => void;
}

/** What others made, over the images of the open case. */
export function createOthersDesk(ports: OthersDeskPorts) {
  const closing = new AbortController();
  const kept = hiddenByCase.get(ports.contextKey);
  if (kept) useViewer.setState({ hiddenOthers: kept.works, areOthersHidden: kept.areAllHidden });
  let reading = new AbortController();

  function remember(): void {
    const { hiddenOthers, areOthersHidden } = useViewer.getState();
    hiddenByCase.delete(ports.contextKey);
    hiddenByCase.set(ports.contextKey, { works: hiddenOthers, areAllHidden: areOthersHidden });
    const [oldest] = hiddenByCase.keys();
    if (hiddenByCase.size > MOST_CASES && oldest !== undefined) hiddenByCase.delete(oldest);
  }

  async function readAll(series: readonly Series[], signal: AbortSignal): Promise<void> {
    let read = readOthers(series);
    useViewer.setState({ others: read.works });
    if (lacksOverlays(series)) {
      const completed = await completeOverlays(series, (data) => fetchWhole(data, signal));
      if (signal.aborted) return;
      read = readOthers(completed);
      useViewer.setState({ others: read.works });
    }
    // A window that shares the images of another one starts no workers for nothing.
    if (read.toRead.length === 0) return;
    await readSegments(read.toRead, {
      pool: decodePool(),
      openStream: async (segmentation, itsSignal) => {
        await requestPlaces.enter(OVER_IMAGES, itsSignal);
        return ports.openStream(segmentation, 0, itsSignal);
      },
      signal,
      onRead: () => useViewer.setState(({ others }) => ({ others: [...others] })),
    });
  }

  return {
    /** The series of the case are known, or more of them. */
    read(series: readonly Series[]): void {
      reading.abort();
      reading = new AbortController();
      void readAll(series, AbortSignal.any([closing.signal, reading.signal]));
    },
    toggle(id: string): void {
      useViewer.setState(({ hiddenOthers, areOthersHidden, others }) => {
        // One switch on while all are off: that one alone comes back.
        const before = areOthersHidden ? new Set(others.map((work) => work.id)) : new Set(hiddenOthers);
        if (!before.delete(id)) before.add(id);
        return { hiddenOthers: before, areOthersHidden: false };
      });
      remember();
    },
    toggleAll(): void {
      const { others, areOthersHidden } = useViewer.getState();
      if (others.length === 0) return ports.say('Nobody else has made anything about these images.');
      useViewer.setState({ areOthersHidden: !areOthersHidden });
      remember();
    },
    /** The next image it lies on, from what the active pane shows. */
    show(work: OthersWork): void {
      const pane = activePane(useViewer.getState());
      const { imageIds } = work;
      const at = imageIds.indexOf(pane?.painted?.facts.imageId ?? '');
      const next = imageIds[(at + 1) % Math.max(1, imageIds.length)];
      if (next === undefined) return ports.say(`Not on an image: ${work.reason ?? 'it speaks of none of this case'}.`);
      ports.showImage(next);
    },
    /** The active pane as a presentation state says; the reader goes on from there. */
    showAsSeen(work: OthersWork): void {
      const pane = activePane(useViewer.getState());
      const view = pane && ports.view(pane.id);
      const seen = pane?.painted && work.viewOf?.(pane.painted.facts.imageId);
      if (!pane?.painted || !view || !seen) return ports.say('It says nothing of the image on screen.');
      const { isInverted, quarterTurns, isFlippedHorizontally, isFlippedVertically } = seen;
      updatePane(pane.id, { isInverted, quarterTurns, isFlippedHorizontally, isFlippedVertically });
      turnView(view, seen);
      if (seen.area) showArea(view, pane.painted.facts, seen.area);
      if (seen.scale) ports.setScale(pane.id, seen.scale);
      ports.redraw(pane.id);
    },
    close(): void {
      closing.abort();
    },
  };
}
