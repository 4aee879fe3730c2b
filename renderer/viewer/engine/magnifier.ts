import type { Types } from '@cornerstonejs/core';
import type { GreyScale } from '../model/display.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import type { ImagePoint } from '../model/measurement.ts';
import type { Place } from '../model/place.ts';
import { drawImage } from './processor-painter.ts';
import { greysFor } from './view.ts';

const MAGNIFICATION = 3;

/** Draws what lies around a point of the pane, so many times larger, with the greys of the pane. */
export function magnify(
  canvas: HTMLCanvasElement,
  shown: {
    readonly image: Types.IImage;
    readonly facts: ImageFacts;
    readonly scale: GreyScale;
    readonly isInverted: boolean;
    readonly place: Place;
    readonly at: ImagePoint;
  },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { place, at, image, facts, scale, isInverted } = shown;
  const { origin, along, down } = place;
  const times = MAGNIFICATION * window.devicePixelRatio;
  // An image pixel is a square around its place.
  const start = (axis: 0 | 1) => (origin[axis] - (along[axis] + down[axis]) / 2 - at[axis]) * times + canvas.width / 2;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(along[0] * times, along[1] * times, down[0] * times, down[1] * times, start(0), start(1));
  drawImage(context, canvas, image, greysFor(scale, facts, isInverted));
}
