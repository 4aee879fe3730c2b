import type { RenderingEngine, Types } from '@cornerstonejs/core';
import type { GreyNode } from '../model/display.ts';
import { fillPicture } from './fill-picture.ts';
import type { StackView } from './view.ts';

/** Below this magnification plain interpolation would skip image pixels: so many are put together first that it does not. */
const FINE_SCALE = 0.6;

interface OffscreenWindow {
  getRenderer(viewId: string): { setViewport(x1: number, y1: number, x2: number, y2: number): void } | undefined;
}

/** What cornerstone's engine is asked for here, which its types do not tell. */
interface EngineParts {
  readonly _implementation?: {
    readonly contextPool?: {
      getAllContexts(): readonly { getInteractor(): { setEnableRender(isEnabled: boolean): void } }[];
      getContextIndexForViewport(viewId: string): number;
      getMaxSizeForContext(index: number): { readonly width: number; readonly height: number };
    };
    _resizeOffScreenCanvasForViewport(view: StackView, container: unknown, window: OffscreenWindow): void;
    _renderViewportWithContext: (view: StackView, window: OffscreenWindow, container: unknown) => unknown;
  };
}

const greysOf = new WeakMap<object, readonly GreyNode[]>();
const sources = new WeakMap<object, Source>();

/** The transfer function of what the view paints next. */
export const setGreys = (view: StackView, nodes: readonly GreyNode[]): void => void greysOf.set(view, nodes);

/**
 * Lets the processor put images on the panes of an engine whose graphics card is none: cameras, tools and sizes go on as
 * they are, only the drawing is done here, straight from the samples. Greys are exact for every value.
 */
export function paintByProcessor(engine: RenderingEngine): RenderingEngine {
  const parts = (engine as unknown as EngineParts)._implementation;
  const pool = parts?.contextPool;
  if (parts === undefined || pool === undefined) throw new Error('the engine draws in another way than expected');
  for (const context of pool.getAllContexts()) context.getInteractor().setEnableRender(false);
  parts._renderViewportWithContext = (view, window, container) => {
    if (view.element.clientWidth === 0 || view.element.clientHeight === 0) return undefined;
    // Cameras reckon with the size of the window they would be drawn in.
    parts._resizeOffScreenCanvasForViewport(view, container, window);
    const { width, height } = pool.getMaxSizeForContext(pool.getContextIndexForViewport(view.id));
    window
      .getRenderer(view.id)
      ?.setViewport(0, 0, Math.min(1, view.sWidth / width), Math.min(1, view.sHeight / height));
    paint(view);
    return {
      element: view.element,
      suppressEvents: view.suppressEvents,
      viewportId: view.id,
      renderingEngineId: view.renderingEngineId,
      viewportStatus: view.viewportStatus,
    };
  };
  return engine;
}

function paint(view: StackView): void {
  const { canvas } = view;
  const [width, height] = [view.sWidth, view.sHeight];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  const image = view.getCornerstoneImage();
  const nodes = greysOf.get(view);
  if (!image || !nodes) return;
  const place = placeOf(view, image.columns, image.rows);
  if (!place) return;
  context.setTransform(...place);
  drawImage(context, view, image, nodes, stepFor(Math.hypot(place[0], place[1])));
}

/** How many image pixels a side become one before it is drawn that small: a power of two. */
function stepFor(scale: number): number {
  let step = 1;
  while (scale * step < FINE_SCALE && step < 64) step *= 2;
  return step;
}

/** The image where the context's transform puts it; its picture is kept for `target` while image and greys stay. */
export function drawImage(
  context: CanvasRenderingContext2D,
  target: object,
  image: Types.IImage,
  nodes: readonly GreyNode[],
  step = 1,
): void {
  const { columns, rows, numberOfComponents: components } = image;
  const source = sourceOf(target, Math.ceil(columns / step), Math.ceil(rows / step));
  if (source.image !== image || source.nodes !== nodes) {
    fillPicture(source.picture, { samples: image.getPixelData(), columns, rows, components, step }, nodes);
    source.canvas.getContext('2d')?.putImageData(source.picture, 0, 0);
    [source.image, source.nodes] = [image, nodes];
  }
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  // The last of a row may stand for fewer pixels than the others: it is drawn only so far.
  context.drawImage(source.canvas, 0, 0, columns / step, rows / step, 0, 0, columns, rows);
}

interface Source {
  readonly canvas: OffscreenCanvas;
  readonly picture: ImageData;
  /** What the picture shows. */
  image?: Types.IImage;
  nodes?: readonly GreyNode[];
}

function sourceOf(target: object, width: number, height: number): Source {
  const known = sources.get(target);
  if (known?.picture.width === width && known.picture.height === height) return known;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  const made: Source = { canvas, picture: new ImageData(width, height) };
  sources.set(target, made);
  return made;
}

/** Where the image's corner lies and how far one image pixel along a row and along a column reaches; canvas pixels. */
function placeOf(
  view: StackView,
  columns: number,
  rows: number,
): [number, number, number, number, number, number] | undefined {
  const data = view.getImageData()?.imageData as { indexToWorld(index: number[]): number[] } | undefined;
  if (!data) return undefined;
  const ratio = view.sWidth / Math.max(1, view.element.clientWidth);
  const at = (column: number, row: number) => {
    const [x = 0, y = 0, z = 0] = data.indexToWorld([column, row, 0]);
    const [canvasX, canvasY] = view.worldToCanvas([x, y, z]);
    return [canvasX * ratio, canvasY * ratio] as const;
  };
  // An image pixel is a square around its place; the corner of the image lies half a pixel before the first.
  const corner = at(-0.5, -0.5);
  const along = at(columns - 0.5, -0.5);
  const down = at(-0.5, rows - 0.5);
  return [
    (along[0] - corner[0]) / columns,
    (along[1] - corner[1]) / columns,
    (down[0] - corner[0]) / rows,
    (down[1] - corner[1]) / rows,
    corner[0],
    corner[1],
  ];
}
