import { distance } from './geometry.ts';
import type { ImageFacts, PixelSpacing } from './image-facts.ts';
import type { ImagePoint, Measurement } from './measurement.ts';

/** As the reader calibrated this image; undefined where nobody did. The line drawn last holds. */
export function readerSpacing(facts: ImageFacts, all: readonly Measurement[]): PixelSpacing | undefined {
  const line = all.findLast(({ kind, facts: its }) => kind === 'calibration' && its.imageId === facts.imageId);
  const [from, to] = line?.points ?? [];
  if (line?.knownMm === undefined || !from || !to) return undefined;
  const { rowMm, columnMm } = facts.spacing;
  const factor = line.knownMm / distance(from, to, facts.spacing);
  return Number.isFinite(factor) ? { kind: 'reader', rowMm: rowMm * factor, columnMm: columnMm * factor } : undefined;
}

/**
 * What a distance between these points of the image may be called. A reader's own calibration holds for its image; an
 * ultrasound image knows distances only inside its regions (PS3.3 C.8.5.5), and only between points of the same one.
 */
export function spacingAt(facts: ImageFacts, points: readonly ImagePoint[], all: readonly Measurement[]): PixelSpacing {
  const { spacing, regions } = facts;
  const byReader = readerSpacing(facts, all);
  if (byReader) return byReader;
  if (regions.length === 0) return spacing;
  const isIn = ({ left, top, right, bottom }: (typeof regions)[number]) =>
    points.every(([column, row]) => column >= left && column <= right && row >= top && row <= bottom);
  const holding = regions.filter(isIn);
  // C.8.5.5.1.3: where regions overlap, those of high priority hold the pixels.
  const front = holding.filter(({ isInFront }) => isInFront);
  const [first, ...others] = front.length > 0 ? front : holding;
  if (first?.rowMm === undefined || first.columnMm === undefined) return UNKNOWN;
  const isCertain = others.every(({ rowMm, columnMm }) => rowMm === first.rowMm && columnMm === first.columnMm);
  if (!isCertain) return UNKNOWN;
  return { kind: 'patient', rowMm: first.rowMm, columnMm: first.columnMm };
}

const UNKNOWN = { kind: 'unknown', rowMm: 1, columnMm: 1 } as const;

/** Only where the file does not know distances in the patient. */
export const mayBeCalibrated = ({ spacing, regions }: ImageFacts): boolean =>
  spacing.kind !== 'patient' && regions.length === 0;

/** Millimetres as typed, with comma or point; undefined for what is no length. */
export function readMm(typed: string): number | undefined {
  const mm = Number(typed.replace(',', '.').replace(/mm\s*$/, ''));
  return typed.trim() !== '' && Number.isFinite(mm) && mm > 0 ? mm : undefined;
}
