import type { DRAWING_KINDS } from '#shared/reporting/kept-drawing.ts';
import type { ImageFacts } from './image-facts.ts';

/** On an image: column, then row, in image pixels. Whole numbers are the centres of pixels; the first one is 0, 0. */
export type ImagePoint = readonly [column: number, row: number];

export type MeasurementKind = (typeof DRAWING_KINDS)[number];

/** What the pixels of a measurement say, in the unit of `valueUnit`; colour has no such numbers. */
export interface PixelValues {
  /** How many pixels have their centre inside; padding of the file is left out. */
  readonly count: number;
  readonly mean: number;
  /** Of these pixels, not of a sample of them: divided by `count`. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** Drawn by the reader on one image of the open case. Everything it says is worked out from this. */
export interface Measurement {
  readonly id: string;
  readonly kind: MeasurementKind;
  readonly facts: ImageFacts;
  /** Freehand: the outline. Ellipse, rectangle: two opposite corners. Angle: the vertex second. Two lines: ends of each. */
  readonly points: readonly ImagePoint[];
  /** The reader's own words. */
  readonly text: string;
  /** Of a probe, and of a region; a colour as `[red, green, blue]`. */
  readonly pixels: PixelValues | readonly [number, number, number] | undefined;
  /** How long a calibration line is, as the reader knows it. */
  readonly knownMm?: number;
  /** The measurement of the same lesion on a prior. */
  readonly beforeId?: string;
}

interface KindFacts {
  /** The field's own word. */
  readonly name: string;
  /** How many points finish it; the outline of a free hand is finished by letting go. */
  readonly points: number;
}

export const KINDS: Readonly<Record<MeasurementKind, KindFacts>> = {
  probe: { name: 'Probe', points: 1 },
  length: { name: 'Length', points: 2 },
  bidirectional: { name: 'Bidirectional', points: 4 },
  angle: { name: 'Angle', points: 3 },
  cobb: { name: 'Cobb angle', points: 4 },
  ellipse: { name: 'Ellipse ROI', points: 2 },
  rectangle: { name: 'Rectangle ROI', points: 2 },
  freehand: { name: 'Free-hand ROI', points: Number.POSITIVE_INFINITY },
  arrow: { name: 'Arrow', points: 2 },
  vertebra: { name: 'Vertebra', points: 1 },
  calibration: { name: 'Calibration line', points: 2 },
};

/** Draws a rectangle for its values and leaves nothing standing. */
export const ROI_WINDOW = 'roi-window';

/** What the left button draws with a tool; undefined where it does not draw. */
export const drawnWith = (tool: string): MeasurementKind | undefined =>
  tool === ROI_WINDOW ? 'rectangle' : isMeasurementKind(tool) ? tool : undefined;

const isMeasurementKind = (tool: string): tool is MeasurementKind => tool in KINDS;

export const isRegion = (kind: MeasurementKind): boolean =>
  kind === 'ellipse' || kind === 'rectangle' || kind === 'freehand';
