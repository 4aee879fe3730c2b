import type { Display, HandlerDetails, Rectangle } from 'electron';

import { isOwnAddress } from './origin.ts';

/** Windows of images are counted from 1. */
const MOST_WINDOWS = 12;

export interface ImagesRequest {
  readonly number: number;
  /** Where the saved desk has it, in screen coordinates. */
  readonly place: Rectangle | undefined;
}

/** What the page asks for by `window.open`, where that is a window of images; undefined for everything else, which is refused. */
export function parseImagesRequest({
  url,
  features,
}: Pick<HandlerDetails, 'url' | 'features'>): ImagesRequest | undefined {
  if (!isOwnAddress(url)) return undefined;
  const { pathname, searchParams, hash } = new URL(url);
  const { window: kind, number: said = '1', ...others } = Object.fromEntries(searchParams);
  const isImages = pathname === '/' && hash === '' && kind === 'images' && Object.keys(others).length === 0;
  const number = /^\d{1,2}$/.test(said) ? Number(said) : 0;
  return isImages && number >= 1 && number <= MOST_WINDOWS ? { number, place: parsePlace(features) } : undefined;
}

function parsePlace(features: string): Rectangle | undefined {
  const said = Object.fromEntries(
    features.split(',').map((feature) => feature.split('=').map((word) => word.trim())),
  ) as Record<string, string | undefined>;
  const numbers = [said['left'], said['top'], said['width'], said['height']].map((words) =>
    words !== undefined && /^-?\d{1,6}$/.test(words) ? Number(words) : undefined,
  );
  const [x, y, width, height] = numbers;
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return { x, y, width, height };
}

/** The place that was asked for where a display still is; else the largest display beside the worklist's (for the next window the next largest); else none. */
export function placeForImages(
  displays: readonly Display[],
  worklistDisplayId: number,
  { number, place }: ImagesRequest,
): Rectangle | undefined {
  if (place !== undefined && isOnADisplay(displays, place)) return place;
  const area = ({ size }: Display) => size.width * size.height;
  const others = displays.filter((display) => display.id !== worklistDisplayId).toSorted((a, b) => area(b) - area(a));
  return others[(number - 1) % Math.max(1, others.length)]?.workArea;
}

/** Whether anything of a place is on a display. */
export const isOnADisplay = (displays: readonly Display[], place: Rectangle): boolean =>
  displays.some(
    ({ workArea: bounds }) =>
      place.x < bounds.x + bounds.width &&
      place.x + place.width > bounds.x &&
      place.y < bounds.y + bounds.height &&
      place.y + place.height > bounds.y,
  );
