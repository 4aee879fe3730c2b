import type { ImagePoint } from './measurement.ts';

/** Where an image lies in its pane: CSS pixels of its pixel 0, 0, of one step along a row, of one step down a column. */
export interface Place {
  readonly origin: ImagePoint;
  readonly along: ImagePoint;
  readonly down: ImagePoint;
}

export const toPane = ({ origin, along, down }: Place, [column, row]: ImagePoint): ImagePoint => [
  origin[0] + along[0] * column + down[0] * row,
  origin[1] + along[1] * column + down[1] * row,
];

export function toImage({ origin, along, down }: Place, [x, y]: ImagePoint): ImagePoint {
  const size = along[0] * down[1] - along[1] * down[0];
  const [dx, dy] = [x - origin[0], y - origin[1]];
  return [(dx * down[1] - dy * down[0]) / size, (along[0] * dy - along[1] * dx) / size];
}

export const isSamePlace = (one: Place | undefined, other: Place | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    [one.origin, one.along, one.down]
      .flat()
      .every((value, index) => value === [other.origin, other.along, other.down].flat()[index]));
