import { countOf } from '#shared/kernel/count-of.ts';
import { MOST_POINTS, type DrawingsChange, type KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import { findImage, referenceTo } from './image-reference.ts';
import { mapHistory } from './model/history.ts';
import type { Measurement } from './model/measurement.ts';
import type { PlaneLength } from './model/planes-state.ts';
import { phaseAt } from './model/phases.ts';
import { imageSeriesNow, useViewer, type ViewerState } from './viewer-store.ts';

type Drawn = Measurement | PlaneLength;
const isOnImage = (drawn: Drawn): drawn is Measurement => 'kind' in drawn;

/** As a draft keeps it; undefined where its numbers are none, or its images are gone. */
function kept(drawn: Drawn): KeptDrawing | undefined {
  if (!isOnImage(drawn)) {
    const { id, seriesKey, firstIndex, from, to, name, at, planes } = drawn;
    const first = imageSeriesNow(seriesKey)?.images[firstIndex];
    return first && { id, image: referenceTo(first), kind: 'plane-length', from, to, seenOn: { name, at, planes } };
  }
  const { id, facts, kind, points, text, pixels, knownMm, beforeId } = drawn;
  const isSayable = points.length <= MOST_POINTS && points.flat().every(Number.isFinite);
  if (!isSayable) return undefined;
  return {
    id,
    image: referenceTo(facts),
    kind,
    points,
    text,
    ...(pixels === undefined || !Object.values(pixels).every(Number.isFinite) ? {} : { pixels }),
    ...(knownMm === undefined ? {} : { knownMm }),
    ...(beforeId === undefined ? {} : { beforeId }),
  };
}

/** As it stood on its image, or on its planes; undefined where that image is not here. */
function standing(one: KeptDrawing): Drawn | undefined {
  const found = findImage(one.image);
  if (!found) return undefined;
  const { series, index, facts } = found;
  if (one.kind === 'plane-length') {
    const { id, from, to, seenOn } = one;
    return { id, seriesKey: series.key, firstIndex: phaseAt(series, index).from, ...seenOn, from, to };
  }
  const { image: _, pixels, ...rest } = one;
  return { ...rest, facts, pixels };
}

const drawnIn = ({ measurements, planeLengths }: ViewerState): readonly Drawn[] => [
  ...measurements.present,
  ...planeLengths,
];

/** What stands on screen is just being told by another window: nobody drew it here. */
let isTold = false;

/** Called with each change that is drawn here on the open case; returns how to stop. */
export const followDrawings = (listener: (contextKey: string, change: DrawingsChange) => void): (() => void) =>
  useViewer.subscribe((now, before) => {
    const { contextKey } = now;
    if (isTold || contextKey === undefined || contextKey !== before.contextKey) return;
    if (now.measurements.present === before.measurements.present && now.planeLengths === before.planeLengths) return;
    const [drawn, was] = [drawnIn(now), new Set(drawnIn(before))];
    const ids = new Set(drawn.map(({ id }) => id));
    listener(contextKey, {
      put: drawn.filter((one) => !was.has(one)).flatMap((one) => kept(one) ?? []),
      gone: [...was].map(({ id }) => id).filter((id) => !ids.has(id)),
    });
  });

/** What was drawn on a case before it was opened here stands again as soon as its image is known. */
export function createKeptDrawings(before: readonly KeptDrawing[], say: (message: string) => void) {
  let waiting = before;

  /** Those whose image is known, in place of what stands under the given ids. */
  function stand(instead: ReadonlySet<string> = new Set()): void {
    const here = waiting.map((one) => [one, standing(one)] as const);
    waiting = here.flatMap(([one, drawn]) => (drawn === undefined ? [one] : []));
    const drawn = here.flatMap(([, one]) => one ?? []);
    if (drawn.length === 0 && instead.size === 0) return;
    const onImages = drawn.filter(isOnImage);
    const onPlanes = drawn.flatMap((one) => (isOnImage(one) ? [] : [one]));
    const stays = ({ id }: Drawn) => !instead.has(id);
    // Not an act of the reader's: nothing to take back, and nothing takes it away.
    useViewer.setState(({ measurements, planeLengths }) => ({
      measurements: mapHistory(measurements, (all) => [...onImages, ...all.filter(stays)]),
      planeLengths: [...onPlanes, ...planeLengths.filter(stays)],
    }));
  }

  return {
    stand: () => stand(),
    /** Drawn, changed or deleted on the same case in another window. */
    take({ put, gone }: DrawingsChange): void {
      const instead = new Set([...gone, ...put.map(({ id }) => id)]);
      waiting = [...waiting.filter(({ id }) => !instead.has(id)), ...put];
      isTold = true;
      try {
        stand(instead);
      } finally {
        isTold = false;
      }
    },
    /** All images are known that can come now. */
    tellMissing(): void {
      if (waiting.length === 0) return;
      const places = [...new Set(waiting.map(({ image }) => image.label))];
      say(
        `Kept with the draft but not shown: ${countOf(waiting.length, 'drawing')} on images that are not here (${places.join('; ')}).`,
      );
    },
  };
}
