import type { DrawnShape, ImagePosition, MeasuredNumber } from '#shared/reporting/measured-on-image.ts';
import { spacingAt } from './calibration.ts';
import { angleAt, areaOf, cobbAngle, distance } from './geometry.ts';
import type { PixelSpacing } from './image-facts.ts';
import { isRegion, type ImagePoint, type Measurement } from './measurement.ts';
import { valueUnit } from './pixel-values.ts';
import { SUV_UNIT } from './suv.ts';

/** Ours counts from the centre of the first pixel, the standard from its corner. */
export const toPosition = ([column, row]: ImagePoint): ImagePosition => [column + 0.5, row + 0.5];
export const fromPosition = ([column, row]: ImagePosition): ImagePoint => [column - 0.5, row - 0.5];

/** Where a measurement stands, in the shapes of PS3.3 C.18.6.1.2. */
export function drawnShape({ kind, points }: Measurement): DrawnShape {
  const [a, b] = points;
  const at = points.map(toPosition);
  switch (kind) {
    case 'ellipse':
      return { shape: 'ELLIPSE', points: a && b ? ellipseAxes(a, b).map(toPosition) : at };
    case 'rectangle':
      return {
        shape: 'POLYLINE',
        points: a && b ? [a, [b[0], a[1]] as const, b, [a[0], b[1]] as const, a].map(toPosition) : at,
      };
    case 'freehand':
      return { shape: 'POLYLINE', points: at[0] ? [...at, at[0]] : at };
    case 'probe':
    case 'vertebra':
      return { shape: 'POINT', points: at };
    case 'bidirectional':
    case 'cobb':
      return { shape: 'MULTIPOINT', points: at };
    default:
      return { shape: 'POLYLINE', points: at };
  }
}

/** The ends of its axes, the longer first. */
function ellipseAxes(a: ImagePoint, b: ImagePoint): readonly ImagePoint[] {
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const across: readonly ImagePoint[] = [
    [Math.min(a[0], b[0]), y],
    [Math.max(a[0], b[0]), y],
  ];
  const along: readonly ImagePoint[] = [
    [x, Math.min(a[1], b[1])],
    [x, Math.max(a[1], b[1])],
  ];
  return Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1]) ? [...across, ...along] : [...along, ...across];
}

const DIGITS = 1e4;
const rounded = (value: number): number => Math.round(value * DIGITS) / DIGITS;

const lengthUnit = ({ kind }: PixelSpacing): string => (kind === 'unknown' ? '{pixels}' : 'mm');
const areaUnit = ({ kind }: PixelSpacing): string => (kind === 'unknown' ? '{pixels}2' : 'mm2');
const UCUM: Readonly<Record<string, string>> = { HU: "[hnsf'U]", [SUV_UNIT]: '{SUVbw}g/ml' };
const pixelUnit = (measurement: Measurement): string => UCUM[valueUnit(measurement.facts)] ?? '1';

/** The numbers a measurement says, each in a unit of UCUM; `all`: the case's measurements, among them calibrations. */
export const measuredNumbers = (measurement: Measurement, all: readonly Measurement[]): readonly MeasuredNumber[] =>
  numbersOf(measurement, all).filter(({ value }) => Number.isFinite(value));

function numbersOf(measurement: Measurement, all: readonly Measurement[]): readonly MeasuredNumber[] {
  const { kind, points, facts, pixels } = measurement;
  const spacing = spacingAt(facts, points, all);
  const [a, b, c, d] = points as readonly [ImagePoint, ImagePoint, ImagePoint, ImagePoint];
  if (isRegion(kind)) {
    const area = { quantity: 'area', value: rounded(areaOf(kind, points, spacing)), unit: areaUnit(spacing) } as const;
    return [area, ...ofPixels(measurement)];
  }
  switch (kind) {
    case 'length':
      return [{ quantity: 'length', value: rounded(distance(a, b, spacing)), unit: lengthUnit(spacing) }];
    case 'bidirectional': {
      const axes = [
        [a, b],
        [c, d],
      ] as const;
      const [long, short] = axes.toSorted(
        (one, other) => distance(other[0], other[1], spacing) - distance(one[0], one[1], spacing),
      );
      return [axis('long-axis', long!, spacing), axis('short-axis', short!, spacing)];
    }
    case 'angle':
      return [{ quantity: 'angle', value: rounded(angleAt(b, a, c, spacing)), unit: 'deg' }];
    case 'cobb':
      return [{ quantity: 'cobb-angle', value: rounded(cobbAngle(points, spacing)), unit: 'deg' }];
    case 'probe':
      return pixels === undefined || isColour(pixels)
        ? []
        : [{ quantity: 'value', value: rounded(pixels.mean), unit: pixelUnit(measurement) }];
    default:
      return [];
  }
}

function axis(
  quantity: 'long-axis' | 'short-axis',
  [from, to]: readonly [ImagePoint, ImagePoint],
  spacing: PixelSpacing,
): MeasuredNumber {
  const value = rounded(distance(from, to, spacing));
  return { quantity, value, unit: lengthUnit(spacing), points: [from, to].map(toPosition) };
}

const isColour = (pixels: Measurement['pixels']): pixels is readonly [number, number, number] => Array.isArray(pixels);

function ofPixels(measurement: Measurement): readonly MeasuredNumber[] {
  const { pixels } = measurement;
  if (pixels === undefined || isColour(pixels)) return [];
  const unit = pixelUnit(measurement);
  return [
    { quantity: 'mean', value: rounded(pixels.mean), unit },
    { quantity: 'standard-deviation', value: rounded(pixels.sd), unit },
    { quantity: 'minimum', value: rounded(pixels.min), unit },
    { quantity: 'maximum', value: rounded(pixels.max), unit },
  ];
}
