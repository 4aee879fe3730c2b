import type { Display, Rectangle } from 'electron';

/** The display for images: the wanted one, else the largest beside the worklist's (the next largest for the next window), else none. */
export function chooseImagesDisplay(
  displays: readonly Display[],
  worklistDisplayId: number,
  wantedId: number | undefined,
  windowNumber = 1,
): Display | undefined {
  if (wantedId !== undefined) return displays.find((display) => display.id === wantedId);
  const area = ({ size }: Display) => size.width * size.height;
  const others = displays.filter((display) => display.id !== worklistDisplayId).toSorted((a, b) => area(b) - area(a));
  return others[(windowNumber - 1) % Math.max(1, others.length)];
}

/** Whether anything of a saved place is on a display that is still there. */
export const isOnADisplay = (
  displays: readonly Display[],
  place: { left: number; top: number } & Pick<Rectangle, 'width' | 'height'>,
): boolean =>
  displays.some(
    ({ workArea: bounds }) =>
      place.left < bounds.x + bounds.width &&
      place.left + place.width > bounds.x &&
      place.top < bounds.y + bounds.height &&
      place.top + place.height > bounds.y,
  );
