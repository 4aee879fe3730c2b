/** On an image: column, then row, from the corner of its first pixel, whose centre is 0.5, 0.5 (PS3.3 C.18.6.1, C.10.5.1). */
export type ImagePosition = readonly [column: number, row: number];

/** What a number of a measurement counts. */
export const MEASURED_QUANTITIES = [
  'length',
  'long-axis',
  'short-axis',
  'angle',
  'cobb-angle',
  'area',
  'mean',
  'standard-deviation',
  'minimum',
  'maximum',
  'value',
] as const;
export type MeasuredQuantity = (typeof MEASURED_QUANTITIES)[number];

export interface MeasuredNumber {
  readonly quantity: MeasuredQuantity;
  readonly value: number;
  /** UCUM: `mm`, `mm2`, `deg`, `[hnsf'U]`; `{pixels}` and `{pixels}2` where nothing is calibrated; `1` where the file names no unit. */
  readonly unit: string;
  /** Where it was measured, where that is less than the whole drawing. */
  readonly points?: readonly ImagePosition[];
}

/** How the points stand for a place (PS3.3 C.18.6.1.2): an ellipse by the ends of its axes, the longer first. */
export const DRAWN_SHAPES = ['POINT', 'MULTIPOINT', 'POLYLINE', 'ELLIPSE'] as const;
export interface DrawnShape {
  readonly shape: (typeof DRAWN_SHAPES)[number];
  readonly points: readonly ImagePosition[];
}

/** A line, an outline or a word that stands on an image. */
export interface ImageMark extends DrawnShape {
  readonly text: string;
}

/** How the reader saw an image: what a presentation state keeps (PS3.3 A.33.1, of a colour image A.33.2). */
export interface ImagePresentation {
  /** In modality units. Absent, like `rescale`, of a colour image: it is seen in its own colours. */
  readonly window?: {
    readonly center: number;
    readonly width: number;
    readonly function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
  };
  /** Of the file: stored values to modality units. */
  readonly rescale?: { readonly slope: number; readonly intercept: number; readonly unit: string };
  readonly isInverted: boolean;
  /** Clockwise, before it is flipped (PS3.3 C.10.6). */
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  readonly isFlipped: boolean;
  /** First and last pixel of what is in sight, from 1; named before turning (PS3.3 C.10.4). */
  readonly topLeft: ImagePosition;
  readonly bottomRight: ImagePosition;
  /** Height and width of a pixel, in any one unit. */
  readonly pixelSize: readonly [height: number, width: number];
  readonly isMillimetres: boolean;
  readonly marks: readonly ImageMark[];
}
