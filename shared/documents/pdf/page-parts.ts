import { isKind } from './open-pdf.ts';
import type { PdfValue } from './syntax.ts';

/** `[a b c d e f]` of ISO 32000-1, 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number];

export const multiply = (one: Matrix, other: Matrix): Matrix => [
  one[0] * other[0] + one[1] * other[2],
  one[0] * other[1] + one[1] * other[3],
  one[2] * other[0] + one[3] * other[2],
  one[2] * other[1] + one[3] * other[3],
  one[4] * other[0] + one[5] * other[2] + other[4],
  one[4] * other[1] + one[5] * other[3] + other[5],
];
export const UNIT: Matrix = [1, 0, 0, 1, 0, 0];

const byte = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 255);
const grey = (part: number): string => `rgb(${byte(part)} ${byte(part)} ${byte(part)})`;
const rgb = (red: number, green: number, blue: number): string => `rgb(${byte(red)} ${byte(green)} ${byte(blue)})`;
const cmyk = (c: number, m: number, y: number, k: number): string =>
  rgb((1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k));

/** By the number of parts, whatever the colour space is called. */
export function colorOf(parts: readonly number[]): string | undefined {
  const [one = 0, two = 0, three = 0, four = 0] = parts;
  if (parts.length === 1) return grey(one);
  if (parts.length === 3) return rgb(one, two, three);
  return parts.length === 4 ? cmyk(one, two, three, four) : undefined;
}

/** Samples of 1 or 8 bits in grey or red, green, blue (8.9.5). Undefined for other codings. */
export function samplesOf(
  raw: string,
  {
    width,
    height,
    bits,
    space,
  }: { readonly width: number; readonly height: number; readonly bits: PdfValue; readonly space: PdfValue },
): Uint8ClampedArray | undefined {
  const name = isKind(space, 'name') ? space.name : '';
  const parts = name === 'DeviceRGB' ? 3 : name === 'DeviceGray' ? 1 : undefined;
  if (parts === undefined || (bits !== 8 && !(bits === 1 && parts === 1))) return undefined;
  const rowBytes = bits === 1 ? Math.ceil(width / 8) : width * parts;
  if (raw.length < rowBytes * height) return undefined;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const to = (y * width + x) * 4;
      const from = y * rowBytes + (bits === 1 ? x >> 3 : x * parts);
      const value = (part: number) =>
        bits === 1 ? ((raw.charCodeAt(from) >> (7 - (x & 7))) & 1) * 255 : raw.charCodeAt(from + part);
      rgba[to] = value(0);
      rgba[to + 1] = value(parts === 3 ? 1 : 0);
      rgba[to + 2] = value(parts === 3 ? 2 : 0);
      rgba[to + 3] = 255;
    }
  return rgba;
}
