import { call, type NextCase } from '../bridge/index.ts';
import { loadViewer } from './viewer-slot.tsx';

let asked = 0;

/**
 * Has the images of the case that is likely opened next made ready in this window. `pointedAt`: the row the reader stands
 * on. Failing is no trouble: the case then opens without having been ready.
 */
export async function readyNextCase(pointedAt?: string): Promise<void> {
  const mine = ++asked;
  try {
    const { case: next } = await call('nextCase', pointedAt === undefined ? {} : { pointedAt });
    if (mine === asked) await readyCase(next);
  } catch {
    // Locked or not reachable: what was made ready stays until it can be asked again.
  }
}

/** The same for a case that is known to be likely next; undefined: none is. */
export async function readyCase(next: NextCase | undefined): Promise<void> {
  const mine = ++asked;
  const viewer = await loadViewer().catch(() => undefined);
  if (mine !== asked) return;
  viewer?.warmCase(next && { contextKey: next.contextKey, studies: next.studies, hasImages: next.areImagesHere });
}

/** Lets go of what was made ready: locked, or the images are on another display. */
export async function forgetNextCase(): Promise<void> {
  asked += 1;
  const viewer = await loadViewer().catch(() => undefined);
  viewer?.warmCase(undefined);
}
