import type { ImageMark, ImagePresentation } from '#shared/reporting/measured-on-image.ts';
import { isOwnColours, type GreyScale } from './display.ts';
import type { ImageFacts } from './image-facts.ts';
import type { ImagePoint, Measurement } from './measurement.ts';
import { measurementLines } from './measurement-words.ts';
import { toImage, type Place } from './place.ts';
import { strokes } from './drawing.ts';
import { drawnShape, toPosition } from './reported-measurement.ts';
import { windowInFile } from './suv.ts';

/** What a pane shows of an image, and how. */
export interface ShownAs {
  readonly facts: ImageFacts;
  readonly scale: GreyScale;
  readonly isInverted: boolean;
  readonly quarterTurns: number;
  readonly isFlippedHorizontally: boolean;
  readonly isFlippedVertically: boolean;
  readonly place: Place;
  /** Of the pane, CSS pixels. */
  readonly size: ImagePoint;
}

/** Why no presentation state keeps how this image is seen, in words that end a sentence; undefined where one does. */
export function presentationRefusal({
  facts,
  scale,
  isInverted,
}: Pick<ShownAs, 'facts' | 'scale' | 'isInverted'>): string | undefined {
  if (facts.isColour)
    return isInverted || !isOwnColours(scale)
      ? 'the colours of the image were changed by window or inversion'
      : undefined;
  if (facts.modalityLut !== undefined) return 'its values go through a table of the file';
  return scale.kind === 'window' ? undefined : 'its window is a table of the file';
}

/**
 * As a Grayscale Softcopy Presentation State says it (PS3.3 A.33.1), of a colour image a Color one (A.33.2). Undefined where none can: for
 * colours that were changed, and where values go through a table, of the modality or of the window.
 */
export function imagePresentation(
  shown: ShownAs,
  onImage: readonly Measurement[],
  all: readonly Measurement[],
): ImagePresentation | undefined {
  const { facts, scale, place, size } = shown;
  if (presentationRefusal(shown) !== undefined || scale.kind !== 'window') return undefined;
  const { rowMm, columnMm, kind } = facts.spacing;
  const presentation: ImagePresentation = {
    ...(facts.isColour ? {} : greysInFile(facts, scale)),
    // C.11.6.1: the shape speaks of values, whatever the image calls black.
    isInverted: shown.isInverted !== (facts.photometricInterpretation === 'MONOCHROME1'),
    ...standardTurn(shown),
    ...pixelsInSight(toImage(place, [0, 0]), toImage(place, size)),
    pixelSize: [rowMm, columnMm],
    isMillimetres: kind !== 'unknown',
    marks: onImage.flatMap((measurement) => marksOf(measurement, all)).slice(0, MOST_MARKS),
  };
  return isSayable(presentation) ? presentation : undefined;
}

function greysInFile({ suv, rescale, unit }: ImageFacts, scale: GreyScale & { readonly kind: 'window' }) {
  const uptake = suv?.kind === 'factor' ? suv.factor : 1;
  return {
    window: { ...windowInFile(scale, suv), function: uptake === 1 ? scale.function : 'LINEAR' },
    rescale: {
      slope: rescale.slope / uptake,
      intercept: rescale.intercept / uptake,
      unit: uptake === 1 ? (unit ?? 'US') : 'US',
    },
  } as const;
}

/** The report holds so many on one image. */
const MOST_MARKS = 500;
/** Farther off the image nothing of it is in sight. */
const FARTHEST_PX = 1e7;

/** A pane without a size, or a file without sense, makes numbers that are none. */
function isSayable({ window, rescale, topLeft, bottomRight, pixelSize }: ImagePresentation): boolean {
  const greys = window && rescale ? [window.center, window.width, rescale.slope, rescale.intercept] : [];
  const all = [...greys, ...pixelSize];
  const corners = [...topLeft, ...bottomRight];
  return all.every(Number.isFinite) && corners.every((corner) => Math.abs(corner) < FARTHEST_PX);
}

/** The pixels that begin and end at two corners, counted from 1; they may lie outside the image. */
function pixelsInSight(from: ImagePoint, to: ImagePoint): Pick<ImagePresentation, 'topLeft' | 'bottomRight'> {
  const inward = (axis: 0 | 1, one: ImagePoint, other: ImagePoint): number =>
    Math.round(one[axis] + (one[axis] <= other[axis] ? 0.5 : -0.5)) + 1;
  return {
    topLeft: [inward(0, from, to), inward(1, from, to)],
    bottomRight: [inward(0, to, from), inward(1, to, from)],
  };
}

const FULL_TURN = 4;
const DEGREES = [0, 90, 180, 270] as const;

/** Ours is mirrored first and turned then; the standard's (C.10.6) is turned first. A picture mirrored both ways is turned by half. */
export function standardTurn({
  quarterTurns,
  isFlippedHorizontally,
  isFlippedVertically,
}: Pick<ShownAs, 'quarterTurns' | 'isFlippedHorizontally' | 'isFlippedVertically'>): Pick<
  ImagePresentation,
  'rotationDegrees' | 'isFlipped'
> {
  const isFlipped = isFlippedHorizontally !== isFlippedVertically;
  const turns = quarterTurns + (isFlippedVertically ? 2 : 0);
  const before = (((isFlipped ? -turns : turns) % FULL_TURN) + FULL_TURN) % FULL_TURN;
  return { rotationDegrees: DEGREES[before] ?? 0, isFlipped };
}

/** And back: flipped first, then turned clockwise. */
export function ourTurn({
  rotationDegrees,
  isFlipped,
}: Pick<ImagePresentation, 'rotationDegrees' | 'isFlipped'>): Pick<
  ShownAs,
  'quarterTurns' | 'isFlippedHorizontally' | 'isFlippedVertically'
> {
  const turns = rotationDegrees / 90;
  return {
    quarterTurns: isFlipped ? (FULL_TURN - turns) % FULL_TURN : turns,
    isFlippedHorizontally: isFlipped,
    isFlippedVertically: false,
  };
}

/** The lines it is drawn with; its words stand on the first. */
function marksOf(measurement: Measurement, all: readonly Measurement[]): readonly ImageMark[] {
  const text = measurementLines(measurement, all).join('\n');
  const shape = drawnShape(measurement);
  if (shape.shape !== 'MULTIPOINT') return [{ ...shape, text }];
  return strokes(measurement.kind, measurement.points).map((line, index) => ({
    shape: 'POLYLINE' as const,
    points: line.map(toPosition),
    text: index === 0 ? text : '',
  }));
}
