import type { ImagePoint, Measurement } from './measurement.ts';
import { strokes, type Grip } from './drawing.ts';
import { toPane, type Place } from './place.ts';

/** How near the pointer has to come, in CSS pixels. */
const POINT_REACH = 8;
const LINE_REACH = 5;

function fromLine([x, y]: ImagePoint, [ax, ay]: ImagePoint, [bx, by]: ImagePoint): number {
  const long = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = long === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

const hasPointGrips = ({ kind }: Measurement): boolean => kind !== 'freehand';

/** What the pointer, at `at` in the pane, has hold of: points before lines, later drawn ones first. */
export function gripAt(measurements: readonly Measurement[], place: Place, at: ImagePoint): Grip | undefined {
  const newestFirst = measurements.toReversed();
  for (const measurement of newestFirst) {
    if (!hasPointGrips(measurement)) continue;
    const point = measurement.points.findIndex((one) => {
      const [x, y] = toPane(place, one);
      return Math.hypot(x - at[0], y - at[1]) <= POINT_REACH;
    });
    if (point >= 0) return { measurement, point };
  }
  const held = newestFirst.find(({ kind, points }) =>
    strokes(kind, points).some((line) =>
      line.some((one, index) => {
        const before = line[index - 1];
        return before !== undefined && fromLine(at, toPane(place, before), toPane(place, one)) <= LINE_REACH;
      }),
    ),
  );
  return held && { measurement: held, point: undefined };
}

/** Grips that are shown on the selected one. */
export const shownGrips = ({ kind, points }: Pick<Measurement, 'kind' | 'points'>): readonly ImagePoint[] =>
  kind === 'freehand' ? [] : points;
