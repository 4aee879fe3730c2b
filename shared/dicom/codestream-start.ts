/** What the main header of a JPEG 2000 or HTJ2K codestream says of its resolutions (T.800 A.5, A.6). */
export interface CodestreamStart {
  readonly rows: number;
  readonly columns: number;
  /** How many times the picture can be halved. */
  readonly decompositions: number;
  /** Bytes of smaller pictures stand before those of larger ones. */
  readonly isSmallestFirst: boolean;
}

const SOC = 0xff4f;
const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
/** Progression orders (T.800 table A.16) that come to a larger picture only when the smaller is whole: of one layer the first, too. */
const LRCP = 0;
const RLCP = 1;
const RPCL = 2;

/** Undefined: the main header is not all here, or it is none. */
export function readCodestreamStart(bytes: Uint8Array): CodestreamStart | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== SOC) return undefined;
  let size: { readonly rows: number; readonly columns: number; readonly isOneTile: boolean } | undefined;
  let coding: { readonly decompositions: number; readonly isSmallestFirst: boolean } | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = view.getUint16(at);
    if (marker === SOT) {
      if (size === undefined || coding === undefined) return undefined;
      const { rows, columns, isOneTile } = size;
      return { rows, columns, ...coding, isSmallestFirst: coding.isSmallestFirst && isOneTile };
    }
    const length = view.getUint16(at + 2);
    if (marker >> 8 !== 0xff || at + 2 + length > bytes.length) return undefined;
    if (marker === SIZ && length >= 38) {
      const [right, bottom, left, top] = [6, 10, 14, 18].map((offset) => view.getUint32(at + offset)) as Four;
      const [tileWidth, tileHeight, tileLeft, tileTop] = [22, 26, 30, 34].map((offset) =>
        view.getUint32(at + offset),
      ) as Four;
      const isOneTile = tileLeft + tileWidth >= right && tileTop + tileHeight >= bottom;
      size = { rows: bottom - top, columns: right - left, isOneTile };
    }
    if (marker === COD && length >= 12) {
      const order = bytes[at + 5];
      const layers = view.getUint16(at + 6);
      const isSmallestFirst = order === RLCP || order === RPCL || (order === LRCP && layers === 1);
      coding = { decompositions: bytes[at + 9] ?? 0, isSmallestFirst };
    }
    at += 2 + length;
  }
  return undefined;
}

type Four = [number, number, number, number];

/** More would keep the window busy for a picture that is soon replaced. */
const MOST_PIXELS = 512 * 1024;
/** A smaller picture tells nothing. */
const LEAST_SIDE = 64;

/** A side of a picture halved `level` times. */
export const sideAt = (side: number, level: number): number => Math.ceil(side / 2 ** level);

/**
 * How many times halved the picture is that `received` of `total` bytes are enough for; undefined: none worth showing. A
 * quarter of the bytes holds the picture at half its sides: the finest details take three quarters or less.
 */
export function levelWithin(start: CodestreamStart, received: number, total: number): number | undefined {
  const { rows, columns, decompositions, isSmallestFirst } = start;
  if (!isSmallestFirst || received <= 0) return undefined;
  let level = Math.max(1, Math.ceil(Math.log2(total / received) / 2));
  while (sideAt(rows, level) * sideAt(columns, level) > MOST_PIXELS) level += 1;
  const isTooSmall = Math.max(sideAt(rows, level), sideAt(columns, level)) < LEAST_SIDE;
  return level > decompositions || isTooSmall ? undefined : level;
}
