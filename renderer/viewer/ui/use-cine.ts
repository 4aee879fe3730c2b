import { useEffect } from 'react';
import { openSession } from '../commands.ts';
import { nextPhase, phasesOf } from '../model/phases.ts';
import { paneById, seriesByKey, useViewer } from '../viewer-store.ts';

const USUAL_FRAME_MS = 66;
const FASTEST_FRAME_MS = 16;

/** Plays the pane's images, of a volume in time the phases of one place, round and round at the rate the file states; an image not yet there holds the film. */
export function useCine(paneId: string, isPlaying: boolean): void {
  useEffect(() => {
    if (!isPlaying) return undefined;
    let frameRequest = 0;
    let shownAt = performance.now();
    const step = (now: number) => {
      frameRequest = requestAnimationFrame(step);
      const state = useViewer.getState();
      const pane = paneById(paneId)(state);
      const series = seriesByKey(pane?.seriesKey)(state);
      if (!pane?.painted || series?.kind !== 'images') return;
      const phases = phasesOf(series);
      const frameMs = Math.max(FASTEST_FRAME_MS, pane.painted.facts.frameTimeMs ?? phases?.stepMs ?? USUAL_FRAME_MS);
      const isPending = pane.painted.index !== pane.index && pane.problem === undefined;
      if (isPending || now - shownAt < frameMs) return;
      shownAt = now;
      const next = phases ? nextPhase(phases, pane.index, 1) : (pane.index + 1) % series.images.length;
      openSession()?.scrollTo(paneId, next);
    };
    frameRequest = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frameRequest);
  }, [paneId, isPlaying]);
}
