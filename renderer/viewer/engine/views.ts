import { Enums, eventTarget, RenderingEngine, type Types } from '@cornerstonejs/core';
import { onIdleCard } from './idle-card.ts';
import { paintByProcessor } from './processor-painter.ts';
import { drawsWithoutCard, drawWithoutCard } from './setup.ts';
import type { SeenViews, StackView, ViewPresentation } from './view.ts';

const { Events, ViewportType } = Enums;
/** A context that is lost again and again will not come back: the processor draws from then on. */
const CONTEXT_LOSSES_BORNE = 2;

export interface ViewsPorts {
  readonly id: string;
  /** The view holds a new image that is not yet painted: the last moment to set its greys. */
  readonly onNewImage: (paneId: string, view: StackView, imageId: string) => void;
  /** The image the view holds is on the canvas. */
  readonly onPainted: (paneId: string, view: StackView) => void;
  /** Made anew after the graphics context was lost: everything has to be put back as it was seen. */
  readonly onRebuilt: (seen: SeenViews) => void;
}

interface Attached {
  readonly element: HTMLDivElement;
  readonly observer: ResizeObserver;
  readonly detach: () => void;
}

/** The rendering engine and its panes; survives the loss of the graphics context. */
export function createViews(ports: ViewsPorts) {
  const attached = new Map<string, Attached>();
  let generation = 1;
  let engine = createEngine();
  let losses = 0;

  function createEngine(): RenderingEngine {
    const make = () => new RenderingEngine(`${ports.id}-${generation}`);
    return drawsWithoutCard() ? paintByProcessor(onIdleCard(make)) : make();
  }

  const view = (paneId: string): StackView | undefined => engine.getViewport(paneId) as StackView | undefined;

  function enable(paneId: string, element: HTMLDivElement): void {
    engine.enableElement({
      viewportId: paneId,
      type: ViewportType.STACK,
      element,
      defaultOptions: { background: [0, 0, 0] },
    });
    // The library swallows every key that is pressed while its element has the focus: a click then goes to the viewer.
    element.removeAttribute('tabindex');
  }

  function resize(): void {
    const kept = [...attached.keys()].map((paneId) => ({ paneId, seen: view(paneId)?.getViewPresentation() }));
    engine.resize(true, false);
    // Relative to fit: a fitted image fits again, a magnified one stays as magnified.
    for (const { paneId, seen } of kept) {
      const current = view(paneId);
      if (!seen || !current?.getCurrentImageId()) continue;
      // While a frame is on its way the library takes the new size and leaves the camera as it was: the image would be cut off.
      current.resetCamera();
      current.setViewPresentation(seen);
      current.render();
    }
  }

  function rebuild(): void {
    losses += 1;
    if (losses > CONTEXT_LOSSES_BORNE) drawWithoutCard();
    const seen = new Map<string, ViewPresentation>();
    for (const paneId of attached.keys()) {
      const current = view(paneId);
      if (current?.getCurrentImageId()) seen.set(paneId, current.getViewPresentation());
    }
    engine.destroy();
    generation += 1;
    engine = createEngine();
    for (const [paneId, { element }] of attached) enable(paneId, element);
    ports.onRebuilt(seen);
  }

  const onContextLost = (event: Event) => {
    const { renderingEngineId } = (event as CustomEvent<{ renderingEngineId: string }>).detail;
    if (renderingEngineId === engine.id) rebuild();
  };
  eventTarget.addEventListener(Events.WEBGL_CONTEXT_LOST, onContextLost);

  return {
    view,
    engineId: () => engine.id,
    attach(paneId: string, element: HTMLDivElement): void {
      const onNewImage = (event: Event) => {
        const current = view(paneId);
        const { image } = (event as CustomEvent<{ image: Types.IImage }>).detail;
        if (current) ports.onNewImage(paneId, current, image.imageId);
      };
      const onPainted = () => {
        const current = view(paneId);
        if (current) ports.onPainted(paneId, current);
      };
      element.addEventListener(Events.STACK_NEW_IMAGE, onNewImage);
      element.addEventListener(Events.IMAGE_RENDERED, onPainted);
      enable(paneId, element);
      const observer = new ResizeObserver(resize);
      observer.observe(element);
      attached.set(paneId, {
        element,
        observer,
        detach: () => {
          element.removeEventListener(Events.STACK_NEW_IMAGE, onNewImage);
          element.removeEventListener(Events.IMAGE_RENDERED, onPainted);
        },
      });
    },
    paneIds: (): readonly string[] => [...attached.keys()],
    /** Every pane made anew: black, and without a trace of what it showed. */
    empty(): void {
      for (const [paneId, { element }] of attached) {
        engine.disableElement(paneId);
        enable(paneId, element);
      }
    },
    detach(paneId: string): void {
      const found = attached.get(paneId);
      attached.delete(paneId);
      found?.observer.disconnect();
      found?.detach();
      if (view(paneId)) engine.disableElement(paneId);
    },
  };
}
