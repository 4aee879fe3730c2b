import type { Types } from '@cornerstonejs/core';
import { forgetImage, serveImages } from './engine/image-loader.ts';
import { provideMetadata } from './engine/metadata-provider.ts';
import { createRehearsal } from './engine/rehearsal.ts';
import { setUpCornerstone } from './engine/setup.ts';
import { createToolGroup } from './engine/tool-group.ts';
import type { SeenViews, StackView } from './engine/view.ts';
import { createViews } from './engine/views.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { useViewer } from './viewer-store.ts';

/** What the stage asks of the case that is on it. */
export interface StageCase {
  readonly factsOf: (imageId: string) => ImageFacts | undefined;
  readonly load: (imageId: string) => Promise<Types.IImage>;
  /** The view holds a new image that is not yet painted: the last moment to set its greys. */
  readonly onNewImage: (paneId: string, view: StackView, imageId: string) => void;
  readonly onPainted: (paneId: string, view: StackView) => void;
  /** A pane came: what belongs into it has to be put there. */
  readonly onAttached: (paneId: string) => void;
  /** The graphics were made anew: everything has to be put back. */
  readonly onRebuilt: (seen: SeenViews) => void;
  readonly onWindowDrag: (paneId: string, deltaX: number, deltaY: number) => void;
  readonly onScrollDrag: (paneId: string, deltaX: number, deltaY: number) => void;
}

export type Stage = ReturnType<typeof createStage>;

/**
 * Graphics, panes and pointer tools of this window. They outlive cases, so that opening one pays for none of them. Of a
 * case that leaves nothing stays: its panes are made anew before `leave` returns.
 */
function createStage() {
  setUpCornerstone();
  let shown: StageCase | undefined;
  provideMetadata((imageId) => shown?.factsOf(imageId));
  serveImages((imageId) => shown?.load(imageId) ?? Promise.reject(new Error('no case is open')));
  const tools = createToolGroup({
    id: 'overread',
    onWindowDrag: (...drag) => shown?.onWindowDrag(...drag),
    onScrollDrag: (...drag) => shown?.onScrollDrag(...drag),
  });
  tools.choose(useViewer.getState().tool);
  const views = createViews({
    id: 'overread',
    onNewImage: (...image) => shown?.onNewImage(...image),
    onPainted: (...painted) => shown?.onPainted(...painted),
    onRebuilt: (seen) => {
      giveTools();
      shown?.onRebuilt(seen);
    },
  });

  function giveTools(): void {
    for (const paneId of views.paneIds()) tools.addView(paneId, views.engineId());
    tools.choose(useViewer.getState().tool);
  }

  function leave(last: StageCase): void {
    if (shown !== last) return;
    shown = undefined;
    for (const paneId of views.paneIds()) tools.removeView(paneId, views.engineId());
    views.empty();
    giveTools();
  }

  return {
    tools,
    view: views.view,
    enter(next: StageCase): void {
      if (shown) leave(shown);
      shown = next;
      // The last case's tool went with it.
      tools.choose(useViewer.getState().tool);
    },
    /** When it returns no pixel of the case is on any pane. */
    leave,
    attach(paneId: string, element: HTMLDivElement): void {
      views.attach(paneId, element);
      tools.addView(paneId, views.engineId());
      shown?.onAttached(paneId);
    },
    detach(paneId: string): void {
      tools.removeView(paneId, views.engineId());
      views.detach(paneId);
    },
    /** Draws a black square between cases, so that the first image finds everything set up. */
    rehearse(): void {
      const [paneId] = views.paneIds();
      const view = paneId === undefined ? undefined : views.view(paneId);
      if (shown || !view) return;
      const rehearsal: StageCase & { readonly imageId: string } = createRehearsal(() => {
        leave(rehearsal);
        forgetImage(rehearsal.imageId);
      });
      shown = rehearsal;
      void view.setStack([rehearsal.imageId]).catch(() => leave(rehearsal));
    },
  };
}

let stage: Stage | undefined;

/** The one of this window. */
export function theStage(): Stage {
  stage ??= createStage();
  return stage;
}
