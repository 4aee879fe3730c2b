import { BitReader, type HuffmanTable } from './jpeg-bits.ts';
import { ZIGZAG } from './jpeg-idct.ts';
import type { JpegScan } from './jpeg-segments.ts';

/** The coefficients of one component, 64 a block in natural order, blocks padded to whole MCUs. */
export interface Plane {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quantisation: number;
  /** Blocks that hold image, for scans of this component alone (T.81 A.2.2). */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Blocks in a stored line. */
  readonly stride: number;
  readonly coefficients: Int16Array;
}

export interface HuffmanTables {
  readonly dc: ReadonlyMap<number, HuffmanTable>;
  readonly ac: ReadonlyMap<number, HuffmanTable>;
}

interface ScanPart {
  readonly plane: Plane;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
  predictor: number;
}

const need = (table: HuffmanTable | undefined): HuffmanTable => {
  if (table === undefined) throw new Error('JPEG: a Huffman table is missing');
  return table;
};

type BlockDecoder = (part: ScanPart, at: number) => void;

/** Sequential blocks: DC and all AC at once (T.81 F.2.2). */
function sequentialBlock(reader: BitReader): BlockDecoder {
  return (part, at) => {
    const { coefficients } = part.plane;
    part.predictor += reader.signed(reader.symbol(need(part.dc)));
    coefficients[at] = part.predictor;
    const ac = need(part.ac);
    for (let k = 1; k < 64; k++) {
      const symbol = reader.symbol(ac);
      const size = symbol & 15;
      const run = symbol >> 4;
      if (size === 0) {
        if (run < 15) return;
        k += 15;
        continue;
      }
      k += run;
      if (k > 63) throw new Error('JPEG: a run passes the end of its block');
      coefficients[at + (ZIGZAG[k] ?? 0)] = reader.signed(size);
    }
  };
}

/** Progressive blocks (T.81 G.1.2): first and refining scans of DC and AC. */
function progressiveBlock(reader: BitReader, scan: JpegScan): { decode: BlockDecoder; restart: () => void } {
  const { spectralStart, spectralEnd, successiveHigh, successiveLow } = scan;
  const bit = 1 << successiveLow;
  let endOfBandRun = 0;

  const firstDc: BlockDecoder = (part, at) => {
    part.predictor += reader.signed(reader.symbol(need(part.dc)));
    part.plane.coefficients[at] = part.predictor * bit;
  };
  const refineDc: BlockDecoder = (part, at) => {
    if (reader.bit() === 1) part.plane.coefficients[at] = (part.plane.coefficients[at] ?? 0) | bit;
  };
  const firstAc: BlockDecoder = (part, at) => {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return;
    }
    const ac = need(part.ac);
    for (let k = spectralStart; k <= spectralEnd; k++) {
      const symbol = reader.symbol(ac);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size !== 0) {
        k += run;
        if (k > 63) throw new Error('JPEG: a run passes the end of its block');
        part.plane.coefficients[at + (ZIGZAG[k] ?? 0)] = reader.signed(size) * bit;
      } else if (run === 15) k += 15;
      else {
        endOfBandRun = (1 << run) - 1 + reader.bits(run);
        return;
      }
    }
  };
  const refine = (coefficients: Int16Array, index: number) => {
    const value = coefficients[index] ?? 0;
    if (reader.bit() === 1 && (Math.abs(value) & bit) === 0) coefficients[index] = value + (value > 0 ? bit : -bit);
  };
  const refineAc: BlockDecoder = (part, at) => {
    const { coefficients } = part.plane;
    const ac = need(part.ac);
    let k = spectralStart;
    while (k <= spectralEnd && endOfBandRun === 0) {
      const symbol = reader.symbol(ac);
      let run = symbol >> 4;
      let fresh = 0;
      if ((symbol & 15) !== 0) fresh = reader.bit() === 1 ? bit : -bit;
      else if (run < 15) {
        endOfBandRun = (1 << run) + reader.bits(run);
        break;
      }
      for (; k <= spectralEnd; k++) {
        const index = at + (ZIGZAG[k] ?? 0);
        if ((coefficients[index] ?? 0) !== 0) refine(coefficients, index);
        else if (run-- === 0) {
          if (fresh !== 0) coefficients[index] = fresh;
          k++;
          break;
        }
      }
    }
    if (endOfBandRun === 0) return;
    for (; k <= spectralEnd; k++) {
      const index = at + (ZIGZAG[k] ?? 0);
      if ((coefficients[index] ?? 0) !== 0) refine(coefficients, index);
    }
    endOfBandRun--;
  };
  const decode =
    spectralStart === 0 ? (successiveHigh === 0 ? firstDc : refineDc) : successiveHigh === 0 ? firstAc : refineAc;
  return { decode, restart: () => (endOfBandRun = 0) };
}

/** Decodes one scan of a DCT-based JPEG into the planes' coefficients. Returns where its data ended. */
export function decodeDctScan(
  bytes: Uint8Array,
  scan: JpegScan,
  planes: readonly Plane[],
  tables: HuffmanTables,
  options: { readonly isProgressive: boolean; readonly restartInterval: number },
): number {
  const reader = new BitReader(bytes, scan.dataAt);
  const parts = scan.components.map(({ id, dcTable, acTable }): ScanPart => {
    const plane = planes.find((candidate) => candidate.id === id);
    if (plane === undefined) throw new Error('JPEG: a scan of an unknown component');
    return { plane, dc: tables.dc.get(dcTable), ac: tables.ac.get(acTable), predictor: 0 };
  });
  const { decode, restart } = options.isProgressive
    ? progressiveBlock(reader, scan)
    : { decode: sequentialBlock(reader), restart: () => undefined };
  let untilRestart = options.restartInterval;
  const step = () => {
    if (options.restartInterval === 0 || untilRestart-- > 0) return;
    if (!reader.restart()) throw new Error('JPEG: a restart marker is missing');
    untilRestart = options.restartInterval - 1;
    for (const part of parts) part.predictor = 0;
    restart();
  };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const { blocksWide, blocksHigh, stride } = only.plane;
    for (let row = 0; row < blocksHigh; row++) {
      for (let column = 0; column < blocksWide; column++) {
        step();
        decode(only, (row * stride + column) * 64);
      }
    }
  } else {
    const first = planes[0];
    if (first === undefined) throw new Error('JPEG: no components');
    const wide = first.stride / first.h;
    const high = first.coefficients.length / 64 / first.stride / first.v;
    for (let row = 0; row < high; row++) {
      for (let column = 0; column < wide; column++) {
        step();
        for (const part of parts) {
          const { h, v, stride } = part.plane;
          for (let y = 0; y < v; y++) {
            for (let x = 0; x < h; x++) decode(part, ((row * v + y) * stride + column * h + x) * 64);
          }
        }
      }
    }
  }
  reader.restart();
  return reader.position;
}
