import { huffmanTable, type HuffmanTable } from './jpeg-bits.ts';
import { inverseDct, ZIGZAG } from './jpeg-idct.ts';
import { decodeDctScan, type Plane } from './jpeg-scan.ts';
import { walkJpeg, type JpegFrame } from './jpeg-segments.ts';

export interface DctImage {
  readonly frame: JpegFrame;
  /** Samples by pixel, as coded: colour is not transformed. */
  readonly samples: Uint16Array;
}

function planesOf(frame: JpegFrame): Plane[] {
  const most = (pick: (component: { h: number; v: number }) => number) => Math.max(...frame.components.map(pick));
  const hMax = most(({ h }) => h);
  const vMax = most(({ v }) => v);
  const mcusWide = Math.ceil(frame.columns / 8 / hMax);
  const mcusHigh = Math.ceil(frame.rows / 8 / vMax);
  return frame.components.map(({ id, h, v, quantisation }) => ({
    id,
    h,
    v,
    quantisation,
    blocksWide: Math.ceil(Math.ceil((frame.columns * h) / hMax) / 8),
    blocksHigh: Math.ceil(Math.ceil((frame.rows * v) / vMax) / 8),
    stride: mcusWide * h,
    coefficients: new Int16Array(mcusWide * h * mcusHigh * v * 64),
  }));
}

/** The samples of one component at its own resolution, clamped to the precision. */
function renderPlane(plane: Plane, table: Uint16Array, precision: number): Uint16Array {
  const center = 2 ** (precision - 1);
  const most = 2 ** precision - 1;
  const width = plane.stride * 8;
  const out = new Uint16Array(plane.coefficients.length);
  const natural = new Float64Array(64);
  for (let k = 0; k < 64; k++) natural[ZIGZAG[k] ?? 0] = table[k] ?? 0;
  const block = new Float64Array(64);
  for (let index = 0; index * 64 < plane.coefficients.length; index++) {
    for (let k = 0; k < 64; k++) block[k] = (plane.coefficients[index * 64 + k] ?? 0) * (natural[k] ?? 0);
    inverseDct(block, precision);
    const top = Math.floor(index / plane.stride) * 8 * width + (index % plane.stride) * 8;
    for (let k = 0; k < 64; k++) {
      const value = (block[k] ?? 0) + center;
      out[top + (k >> 3) * width + (k & 7)] = value < 0 ? 0 : value > most ? most : value;
    }
  }
  return out;
}

/**
 * Decodes sequential and progressive Huffman JPEG of 8 or 12 bits (T.81 processes 1, 2, 4, 6, 8, 10, 12). Subsampled
 * components are repeated, not interpolated.
 */
export function decodeDctJpeg(bytes: Uint8Array): DctImage {
  const dc = new Map<number, HuffmanTable>();
  const ac = new Map<number, HuffmanTable>();
  const quantisation = new Map<number, Uint16Array>();
  let restartInterval = 0;
  let frame: JpegFrame | undefined;
  let planes: Plane[] = [];
  walkJpeg(bytes, {
    frame: (header) => {
      if (header.components.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) throw new Error('JPEG: bad sampling');
      frame = header;
      planes = planesOf(header);
    },
    quantisation: (id, table) => quantisation.set(id, table),
    huffman: (kind, id, table) => (kind === 'dc' ? dc : ac).set(id, huffmanTable(table)),
    restartInterval: (units) => (restartInterval = units),
    scan: (scan) =>
      decodeDctScan(bytes, scan, planes, { dc, ac }, { isProgressive: frame?.kind === 0xc2, restartInterval }),
  });
  if (frame === undefined) throw new Error('JPEG: no image');
  return { frame, samples: joinPlanes(frame, planes, quantisation) };
}

function joinPlanes(frame: JpegFrame, planes: readonly Plane[], tables: ReadonlyMap<number, Uint16Array>): Uint16Array {
  const { rows, columns } = frame;
  const hMax = Math.max(...planes.map(({ h }) => h));
  const vMax = Math.max(...planes.map(({ v }) => v));
  const out = new Uint16Array(rows * columns * planes.length);
  for (const [nth, plane] of planes.entries()) {
    const table = tables.get(plane.quantisation);
    if (table === undefined) throw new Error('JPEG: a quantisation table is missing');
    const rendered = renderPlane(plane, table, frame.precision);
    const width = plane.stride * 8;
    for (let row = 0; row < rows; row++) {
      const line = Math.floor((row * plane.v) / vMax) * width;
      for (let column = 0; column < columns; column++) {
        out[(row * columns + column) * planes.length + nth] =
          rendered[line + Math.floor((column * plane.h) / hMax)] ?? 0;
      }
    }
  }
  return out;
}
