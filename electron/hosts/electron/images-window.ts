import type { Display } from 'electron';

/** The display for images: the wanted one, else the largest beside the worklist's, else none. */
export function chooseImagesDisplay(
  displays: readonly Display[],
  worklistDisplayId: number,
  wantedId: number | undefined,
): Display | undefined {
  if (wantedId !== undefined) return displays.find((display) => display.id === wantedId);
  const area = ({ size }: Display) => size.width * size.height;
  return displays
    .filter((display) => display.id !== worklistDisplayId)
    .toSorted((a, b) => area(b) - area(a))
    .at(0);
}
