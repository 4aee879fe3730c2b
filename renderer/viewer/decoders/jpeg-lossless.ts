import { BitReader, huffmanTable, type HuffmanTable } from './jpeg-bits.ts';
import { walkJpeg, type JpegFrame, type JpegScan } from './jpeg-segments.ts';

/** Predictors of T.81 table H.1 from left (a), above (b) and above left (c). */
function predict(selection: number, a: number, b: number, c: number): number {
  switch (selection) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    case 7:
      return (a + b) >> 1;
    default:
      return 0;
  }
}

/** Decodes one scan into `out`, samples by pixel. Returns where the data ended. */
function decodeScan(
  bytes: Uint8Array,
  frame: JpegFrame,
  scan: JpegScan,
  tables: ReadonlyMap<number, HuffmanTable>,
  restartInterval: number,
  out: Uint16Array,
): number {
  const reader = new BitReader(bytes, scan.dataAt);
  const all = frame.components.length;
  const parts = scan.components.map(({ id, dcTable }) => {
    const table = tables.get(dcTable);
    if (table === undefined) throw new Error('JPEG: a Huffman table is missing');
    return {
      table,
      plane: Math.max(
        0,
        frame.components.findIndex((component) => component.id === id),
      ),
    };
  });
  const { columns, rows } = frame;
  const point = scan.successiveLow;
  const initial = 1 << (frame.precision - point - 1);
  const line = columns * all;
  let untilRestart = restartInterval;
  // The line a restart begins in is predicted like the first one (T.81 H.1.2.1).
  let freshLine = 0;
  let isFresh = true;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        if (!reader.restart()) throw new Error('JPEG: a restart marker is missing');
        untilRestart = restartInterval - 1;
        freshLine = row;
        isFresh = true;
      }
      for (const { table, plane } of parts) {
        const at = row * line + column * all + plane;
        const a = out[at - all] ?? 0;
        const b = out[at - line] ?? 0;
        let predicted: number;
        if (isFresh) predicted = initial;
        else if (row === freshLine) predicted = a;
        else if (column === 0) predicted = b;
        else predicted = predict(scan.spectralStart, a, b, out[at - line - all] ?? 0);
        const category = reader.symbol(table);
        out[at] = predicted + (category === 16 ? 32768 : reader.signed(category));
      }
      isFresh = false;
    }
  }
  reader.restart();
  return reader.position;
}

/** Decodes lossless Huffman JPEG (T.81 annex H, processes 14 and 14 SV1): samples by pixel, 2 to 16 bits. */
export function decodeLosslessJpeg(bytes: Uint8Array): { readonly frame: JpegFrame; readonly samples: Uint16Array } {
  const tables = new Map<number, HuffmanTable>();
  let restartInterval = 0;
  let frame: JpegFrame | undefined;
  let samples: Uint16Array | undefined;
  let point = 0;
  walkJpeg(bytes, {
    frame: (header) => {
      if (header.components.some(({ h, v }) => h !== 1 || v !== 1)) throw new Error('JPEG: subsampled lossless colour');
      frame = header;
      samples = new Uint16Array(header.rows * header.columns * header.components.length);
    },
    huffman: (kind, id, table) => {
      if (kind === 'dc') tables.set(id, huffmanTable(table));
    },
    restartInterval: (units) => (restartInterval = units),
    scan: (scan) => {
      if (frame === undefined || samples === undefined) throw new Error('JPEG: a scan before its frame');
      point = scan.successiveLow;
      return decodeScan(bytes, frame, scan, tables, restartInterval, samples);
    },
  });
  if (frame === undefined || samples === undefined) throw new Error('JPEG: no image');
  if (point > 0) for (let at = 0; at < samples.length; at++) samples[at] = (samples[at] ?? 0) << point;
  return { frame, samples };
}
