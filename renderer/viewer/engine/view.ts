import type { Types } from '@cornerstonejs/core';
import { greyNodes, type GreyNode, type GreyScale } from '../model/display.ts';
import type { ImageFacts, Vector3 } from '../model/image-facts.ts';
import type { ViewAxes } from '../model/orientation.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { toPane, type Place } from '../model/place.ts';
import { setGreys } from './processor-painter.ts';
import { drawsWithoutCard } from './setup.ts';

export type StackView = Types.IStackViewport;
/** Zoom, place and turn of an image in its pane. */
export type ViewPresentation = ReturnType<StackView['getViewPresentation']>;
/** By pane. */
export type SeenViews = ReadonlyMap<string, ViewPresentation>;

const AXIS_PROBE_PX = 10;

interface TransferFunction {
  setNodes(nodes: { x: number; r: number; g: number; b: number; midpoint: number; sharpness: number }[]): void;
}
interface SliceActor {
  getProperty(): { getRGBTransferFunction(channel: number): TransferFunction | null };
}

/** How stored values of this image become brightness. */
export function greysFor(scale: GreyScale, facts: ImageFacts, isInverted: boolean): GreyNode[] {
  const isMonochrome1 = facts.photometricInterpretation === 'MONOCHROME1';
  const rescale = facts.isColour ? { slope: 1, intercept: 0 } : facts.rescale;
  return greyNodes(scale, rescale, isInverted !== isMonochrome1);
}

/** Sets the greys of the image the view holds now. Cornerstone sets its own on every new image; this goes last. */
export function applyGreys(view: StackView, scale: GreyScale, facts: ImageFacts, isInverted: boolean): void {
  const nodes = greysFor(scale, facts, isInverted);
  if (drawsWithoutCard()) {
    setGreys(view, nodes);
    return;
  }
  const actor = view.getDefaultActor()?.actor as unknown as SliceActor | undefined;
  actor
    ?.getProperty()
    .getRGBTransferFunction(0)
    ?.setNodes(
      nodes.map(([x, grey]) => ({
        x,
        r: grey,
        g: grey,
        b: grey,
        midpoint: 0.5,
        sharpness: 0,
      })),
    );
}

/** Millimetres (or pixels, where spacing is unknown) that one CSS pixel covers. */
export const mmPerCssPixel = (view: StackView): number =>
  (2 * (view.getCamera().parallelScale ?? 0)) / Math.max(1, view.element.clientHeight);

/** 100 % is one image pixel on one pixel of the display. */
export function zoomPercent(view: StackView, facts: ImageFacts): number {
  const mm = mmPerCssPixel(view);
  return mm > 0 ? (facts.spacing.rowMm / mm) * window.devicePixelRatio * 100 : 100;
}

export function fitToPane(view: StackView): void {
  view.setZoom(1);
  view.setPan([0, 0]);
}

/** By CSS pixels, fractions of one included: the library's `setPan` leaves moves under a pixel out. */
function moveImage(view: StackView, dx: number, dy: number): void {
  const { focalPoint, position } = view.getCamera();
  const axes = viewAxes(view);
  if (!focalPoint || !position || !axes) return;
  const mm = mmPerCssPixel(view);
  const moved = (point: Vector3): [number, number, number] => [
    point[0] - (axes.right[0] * dx - axes.up[0] * dy) * mm,
    point[1] - (axes.right[1] * dx - axes.up[1] * dy) * mm,
    point[2] - (axes.right[2] * dx - axes.up[2] * dy) * mm,
  ];
  view.setCamera({ focalPoint: moved(focalPoint), position: moved(position) });
}

/** One image pixel on one display pixel, their centres on each other, so that nothing is interpolated. */
export function showOneToOne(view: StackView, facts: ImageFacts): void {
  const ratio = window.devicePixelRatio;
  view.setCamera({ parallelScale: (facts.spacing.rowMm * view.canvas.height) / 2 });
  const origin = [...(facts.position ?? [0, 0, 0])] as [number, number, number];
  const corner = view.worldToCanvas(origin);
  const offCentre = (value: number) => {
    const device = value * ratio - 0.5;
    return (Math.round(device) - device) / ratio;
  };
  moveImage(view, offCentre(corner[0]), offCentre(corner[1]));
}

/** As large as the object: `mmPerCss` is how long a CSS pixel is on this display, in the millimetres of the image. */
export function showTrueSize(view: StackView, mmPerCss: number): void {
  view.setCamera({ parallelScale: (mmPerCss * view.element.clientHeight) / 2 });
}

/** So that all between two corners of the image, in its pixels, is in sight, its middle in the middle of the pane. */
export function showArea(view: StackView, facts: ImageFacts, [from, to]: readonly [ImagePoint, ImagePoint]): void {
  const place = imagePlace(view, facts);
  const [one, other] = [toPane(place, from), toPane(place, to)];
  const { clientWidth, clientHeight } = view.element;
  const part = Math.max(Math.abs(other[0] - one[0]) / clientWidth, Math.abs(other[1] - one[1]) / clientHeight);
  if (!(part > 0) || !Number.isFinite(part)) return;
  view.setCamera({ parallelScale: (view.getCamera().parallelScale ?? 1) * part });
  const zoomed = imagePlace(view, facts);
  const middle = toPane(zoomed, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  moveImage(view, clientWidth / 2 - middle[0], clientHeight / 2 - middle[1]);
}

/** Pushes the image against an edge of its pane: the chest walls of two mammograms meet there. */
export function pushToEdge(view: StackView, facts: ImageFacts, edge: 'left' | 'right'): void {
  const imageWidth = (facts.columns * facts.spacing.columnMm) / mmPerCssPixel(view);
  const spare = (view.element.clientWidth - imageWidth) / 2;
  if (spare > 0) view.setPan([edge === 'left' ? -spare : spare, 0]);
}

export interface Turn {
  readonly quarterTurns: number;
  readonly isFlippedHorizontally: boolean;
  readonly isFlippedVertically: boolean;
}

/** Mirrored first, then turned clockwise. */
export function turnView(view: StackView, turn: Turn): void {
  // `setViewPresentation` can mirror a view but not undo it; `setCamera` does both.
  view.setCamera({ flipHorizontal: turn.isFlippedHorizontally, flipVertical: turn.isFlippedVertically });
  view.setViewPresentation({ ...view.getViewPresentation(), rotation: turn.quarterTurns * 90 });
}

/** Where the image lies in its pane. Without geometry rows lie along x and columns along y: see `provideMetadata`. */
export function imagePlace(view: StackView, facts: ImageFacts): Place {
  const start = facts.position ?? [0, 0, 0];
  const { row, column } = facts.orientation ?? { row: [1, 0, 0], column: [0, 1, 0] };
  const { columnMm, rowMm } = facts.spacing;
  const at = (across: number, below: number): readonly [number, number] => {
    const place = (axis: 0 | 1 | 2) => start[axis] + row[axis] * columnMm * across + column[axis] * rowMm * below;
    const [x, y] = view.worldToCanvas([place(0), place(1), place(2)]);
    return [x, y];
  };
  // Over the whole image, so that what is rounded away does not add up.
  const [origin, along, down] = [at(0, 0), at(facts.columns, 0), at(0, facts.rows)];
  const step = (end: readonly [number, number], count: number) =>
    [(end[0] - origin[0]) / count, (end[1] - origin[1]) / count] as const;
  return { origin, along: step(along, facts.columns), down: step(down, facts.rows) };
}

/** Asked of the picture itself, so that it holds for both ways of drawing and every turn. */
export function viewAxes(view: StackView): ViewAxes | undefined {
  const middle: Types.Point2 = [view.element.clientWidth / 2, view.element.clientHeight / 2];
  const at = view.canvasToWorld(middle);
  const towards = (x: number, y: number): Vector3 | undefined => {
    const there = view.canvasToWorld([middle[0] + x, middle[1] + y]);
    if (!at || !there) return undefined;
    const way: Vector3 = [there[0] - at[0], there[1] - at[1], there[2] - at[2]];
    const length = Math.hypot(...way);
    return length > 0 ? [way[0] / length, way[1] / length, way[2] / length] : undefined;
  };
  const right = towards(AXIS_PROBE_PX, 0);
  const up = towards(0, -AXIS_PROBE_PX);
  return right && up && { right, up };
}
