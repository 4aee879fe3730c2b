import { turnView, type SeenViews, type StackView } from './engine/view.ts';
import type { TimingMarks } from './first-image-mark.ts';
import { useViewer, type Pane } from './viewer-store.ts';

export interface RecoveryPorts {
  readonly view: (paneId: string) => StackView | undefined;
  readonly showImage: (paneId: string, index: number) => Promise<void>;
  readonly marks: TimingMarks;
}

/** Brings every pane back as it was seen: after its graphics were lost, and when a pane comes again. */
export function createRecovery({ view, showImage, marks }: RecoveryPorts) {
  /** Painted before the graphics were lost, and not again since. */
  const awaited = new Set<string>();

  async function restore(was: Pane, seen?: SeenViews): Promise<void> {
    await showImage(was.id, was.index);
    const current = view(was.id);
    if (!current) return;
    turnView(current, was);
    const presentation = seen?.get(was.id);
    if (presentation) current.setViewPresentation(presentation);
    current.render();
  }

  return {
    restore,
    /** Everything was made anew. */
    async restoreAll(seen: SeenViews): Promise<void> {
      marks.graphicsLost();
      awaited.clear();
      const before = useViewer.getState().panes.filter(({ id, seriesKey }) => seriesKey !== undefined && view(id));
      await Promise.all(before.map((pane) => restore(pane, seen)));
      for (const { id, painted } of before) if (painted) awaited.add(id);
      if (awaited.size === 0) marks.graphicsBack();
    },
    notePainted(paneId: string): void {
      if (awaited.delete(paneId) && awaited.size === 0) marks.graphicsBack();
    },
  };
}
