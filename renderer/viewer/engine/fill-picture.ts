import type { GreyNode } from '../model/display.ts';
import { greyAt, greyTable, type GreyTable } from '../model/grey-table.ts';

/** Opaque pixels of four bytes each: red, green, blue, alpha. */
export type Picture = Pick<ImageData, 'data' | 'width' | 'height'>;

export interface PictureOf {
  /** Pixel after pixel, row after row. */
  readonly samples: ArrayLike<number>;
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** So many pixels a side become one of the picture, whose width and height are that many times smaller, rounded up. */
  readonly step: number;
}

type Greys = Pick<GreyTable, 'greys' | 'offset'>;

const opaque = (red: number, green: number, blue: number): number => 0xff000000 | (blue << 16) | (green << 8) | red;
const opaqueGrey = (byte: number): number => opaque(byte, byte, byte);
const BYTES: Greys = { greys: Uint32Array.from({ length: 256 }, (_, byte) => opaqueGrey(byte)), offset: 0 };
let table: GreyTable | undefined;

/** Puts samples through the transfer function; where several become one, it is the mean of their greys. */
export function fillPicture({ data, width, height }: Picture, image: PictureOf, nodes: readonly GreyNode[]): void {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const fill = image.components === 1 ? fillGreys : fillColours;
  if (image.samples instanceof Float32Array) {
    const bytes = Uint8Array.from(image.samples, (value) => Math.round(greyAt(nodes, value) * 255));
    return fill(pixels, { ...image, samples: bytes }, BYTES);
  }
  if (table?.nodes !== nodes) table = greyTable(nodes, table);
  fill(pixels, image, table);
}

function fillGreys(pixels: Uint32Array, image: PictureOf, { greys, offset }: Greys): void {
  const { samples, columns, rows, step } = image;
  if (step === 1) {
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = greys[samples[at]! + offset]!;
    return;
  }
  if (step === 2) return fillHalves(pixels, image, { greys, offset });
  let to = 0;
  for (let row = 0; row < rows; row += step) {
    const begin = row * columns;
    const end = Math.min(rows, row + step) * columns;
    for (let left = 0; left < columns; left += step) {
      const right = Math.min(columns, left + step);
      let sum = 0;
      for (let line = begin; line < end; line += columns)
        for (let at = line + left; at < line + right; at += 1) sum += greys[samples[at]! + offset]! & 0xff;
      pixels[to] = opaqueGrey(meanOf(sum, ((end - begin) / columns) * (right - left)));
      to += 1;
    }
  }
}

/** The same for two and two, as most small panes want it, twice as fast; what has no neighbour is its own. */
function fillHalves(pixels: Uint32Array, image: PictureOf, { greys, offset }: Greys): void {
  const { samples, columns, rows } = image;
  let to = 0;
  for (let row = 0; row < rows; row += 2) {
    const upper = row * columns;
    const lower = Math.min(row + 1, rows - 1) * columns;
    for (let left = 0; left < columns; left += 2) {
      const right = left + 1 < columns ? left + 1 : left;
      const sum =
        (greys[samples[upper + left]! + offset]! & 0xff) +
        (greys[samples[upper + right]! + offset]! & 0xff) +
        (greys[samples[lower + left]! + offset]! & 0xff) +
        (greys[samples[lower + right]! + offset]! & 0xff);
      pixels[to] = opaqueGrey((sum + 2) >> 2);
      to += 1;
    }
  }
}

/** Red, green and blue beside each other, each for itself. */
function fillColours(pixels: Uint32Array, image: PictureOf, { greys, offset }: Greys): void {
  const { samples, columns, rows, components, step } = image;
  const byte = (at: number) => greys[samples[at]! + offset]! & 0xff;
  if (step === 1) {
    for (let at = 0; at < pixels.length; at += 1) {
      const from = at * components;
      pixels[at] = opaque(byte(from), byte(from + 1), byte(from + 2));
    }
    return;
  }
  let to = 0;
  for (let row = 0; row < rows; row += step) {
    const lastRow = Math.min(rows, row + step);
    for (let left = 0; left < columns; left += step) {
      const right = Math.min(columns, left + step);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let line = row; line < lastRow; line += 1) {
        const end = (line * columns + right) * components;
        for (let at = (line * columns + left) * components; at < end; at += components) {
          red += byte(at);
          green += byte(at + 1);
          blue += byte(at + 2);
        }
      }
      const count = (lastRow - row) * (right - left);
      pixels[to] = opaque(meanOf(red, count), meanOf(green, count), meanOf(blue, count));
      to += 1;
    }
  }
}

const meanOf = (sum: number, count: number): number => (sum / count + 0.5) | 0;
