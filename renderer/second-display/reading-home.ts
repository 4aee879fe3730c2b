import type { MeasurementForReport, Reported } from '#renderer/viewer/index.ts';
import type { DrawingsChange, KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import type { KeyImage } from '#shared/reporting/report.ts';

import type { Command } from '../commands/index.ts';

/** What the viewer of one window does for report, commands and voice, which live in the main window. */
export interface ViewerReach {
  viewerContextKey(): string | undefined;
  shownImage(): KeyImage | undefined;
  whyViewIsNotKept(): string | undefined;
  measurementForReport(): MeasurementForReport | undefined;
  showReported(reported: Reported): boolean;
  runViewerCommand(id: string): void;
  takeDrawings(contextKey: string, change: DrawingsChange): void;
}

/** A window of images, as the main window reaches it. */
export interface ReachedWindow extends ViewerReach {
  /** What an act came to is said where the reader looks. */
  hear(said: string): void;
}

/** What the main window does for the windows of images it opened. */
export interface ReadingHome {
  /** Says that the window is there, or is the one the reader works in now. */
  use(reached: ReachedWindow): void;
  leave(reached: ReachedWindow): void;
  /** All that stands drawn on the case, saved or not; undefined where another case is open. */
  keptDrawings(contextKey: string): readonly KeptDrawing[] | undefined;
  /** Kept with the draft, and told to the other windows. */
  keepDrawings(contextKey: string, change: DrawingsChange, by: ReachedWindow): void;
  /** Those of the main window; one that wants the reader's eyes there brings it to the front. */
  commands(): readonly Command[];
  /** The main window asks something that must be answered first. */
  isBlocked(): boolean;
}

declare global {
  interface Window {
    overreadReading?: ReadingHome;
  }
}

export interface ReadingHomePorts extends Omit<ReadingHome, 'use' | 'leave' | 'keepDrawings'> {
  readonly keepDrawings: (contextKey: string, change: DrawingsChange) => void;
  /** Called with all that is said to the reader here. */
  readonly followSaid: (listener: (said: string) => void) => void;
}

/** The last one used comes last. Objects of one window are never kept by another: each takes its own copy. */
const reachedWindows: ReachedWindow[] = [];

function forget(reached: ReachedWindow): void {
  const at = reachedWindows.indexOf(reached);
  if (at >= 0) reachedWindows.splice(at, 1);
}

/** The main window offers its report and its commands to the windows of images it opens. */
export function offerReading({ keepDrawings, followSaid, ...ports }: ReadingHomePorts): void {
  window.overreadReading = {
    ...ports,
    use(reached) {
      if (reachedWindows.at(-1) === reached) return;
      forget(reached);
      reachedWindows.push(reached);
    },
    leave: forget,
    keepDrawings(contextKey, change, by) {
      const own = structuredClone(change);
      keepDrawings(contextKey, own);
      for (const other of reachedWindows) if (other !== by) other.takeDrawings(contextKey, own);
    },
  };
  followSaid((said) => {
    for (const reached of reachedWindows) reached.hear(said);
  });
  window.addEventListener('pagehide', () => delete window.overreadReading);
}

/** The windows of images that show this case, the one used last first. */
export function viewersElsewhere(contextKey: string | undefined): readonly ViewerReach[] {
  if (contextKey === undefined) return [];
  return reachedWindows.filter((reached) => reached.viewerContextKey() === contextKey).toReversed();
}

/** That of the window that opened this one; undefined where that is in another process, gone, or loading anew. */
export function readingHome(): ReadingHome | undefined {
  try {
    const opener = window.opener as Window | null;
    return opener === null || opener.closed ? undefined : opener.overreadReading;
  } catch {
    return undefined;
  }
}
