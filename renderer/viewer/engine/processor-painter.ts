import type { RenderingEngine, Types } from '@cornerstonejs/core';
import type { GreyNode } from '../model/display.ts';
import { greyAt, greyTable, type GreyTable } from '../model/grey-table.ts';
import type { StackView } from './view.ts';

/** Below this magnification plain interpolation would skip image pixels. */
const FINE_SCALE = 0.6;

type Samples = ArrayLike<number>;

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
  context.imageSmoothingQuality = Math.hypot(place[0], place[1]) < FINE_SCALE ? 'medium' : 'low';
  drawImage(context, view, image, nodes);
}

/** The image where the context's transform puts it; its picture is kept for `target` while image and greys stay. */
export function drawImage(
  context: CanvasRenderingContext2D,
  target: object,
  image: Types.IImage,
  nodes: readonly GreyNode[],
): void {
  const source = sourceOf(target, image.columns, image.rows);
  if (source.image !== image || source.nodes !== nodes) {
    fillPicture(source.picture, image.getPixelData(), image.numberOfComponents, nodes);
    source.canvas.getContext('2d')?.putImageData(source.picture, 0, 0);
    [source.image, source.nodes] = [image, nodes];
  }
  context.imageSmoothingEnabled = true;
  context.drawImage(source.canvas, 0, 0);
}

interface Source {
  readonly canvas: OffscreenCanvas;
  readonly picture: ImageData;
  /** What the picture shows. */
  image?: Types.IImage;
  nodes?: readonly GreyNode[];
}

function sourceOf(target: object, columns: number, rows: number): Source {
  const known = sources.get(target);
  if (known?.picture.width === columns && known.picture.height === rows) return known;
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  const made: Source = { canvas, picture: new ImageData(columns, rows) };
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

let table: GreyTable | undefined;

function fillPicture(picture: ImageData, samples: Samples, components: number, nodes: readonly GreyNode[]): void {
  const { data } = picture;
  const pixels = new Uint32Array(data.buffer, data.byteOffset, picture.width * picture.height);
  const isInteger = !(samples instanceof Float32Array);
  if (isInteger && table?.nodes !== nodes) table = greyTable(nodes, table);
  if (components === 1 && isInteger && table) {
    const { greys, offset } = table;
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = greys[samples[at]! + offset]!;
    return;
  }
  const grey = (value: number) =>
    isInteger && table ? table.greys[value + table.offset]! & 0xff : byteOf(value, nodes);
  for (let at = 0; at < pixels.length; at += 1) {
    const from = at * components;
    const red = grey(samples[from]!);
    const green = components === 1 ? red : grey(samples[from + 1]!);
    const blue = components === 1 ? red : grey(samples[from + 2]!);
    pixels[at] = 0xff000000 | (blue << 16) | (green << 8) | red;
  }
}

const byteOf = (value: number, nodes: readonly GreyNode[]): number => Math.round(greyAt(nodes, value) * 255);
