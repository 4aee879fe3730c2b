/** One component of a JPEG frame (T.81 B.2.2). */
export interface JpegComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quantisation: number;
}

export interface JpegFrame {
  /** The SOFn marker's low byte: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, 0xF7 JPEG-LS. */
  readonly kind: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: readonly JpegComponent[];
}

export interface JpegHeader {
  readonly frame: JpegFrame;
  readonly isJfif: boolean;
  /** Colour transform of an Adobe APP14 segment: 0 none, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform: number | undefined;
}

export interface JpegScan {
  readonly components: readonly { readonly id: number; readonly dcTable: number; readonly acTable: number }[];
  readonly spectralStart: number;
  readonly spectralEnd: number;
  readonly successiveHigh: number;
  readonly successiveLow: number;
  /** Where the entropy-coded data begins. */
  readonly dataAt: number;
}

export interface HuffmanSpecification {
  readonly counts: Uint8Array;
  readonly symbols: Uint8Array;
}

export interface SegmentVisitor {
  frame?(frame: JpegFrame): void;
  quantisation?(id: number, table: Uint16Array): void;
  huffman?(kind: 'dc' | 'ac', id: number, table: HuffmanSpecification): void;
  restartInterval?(units: number): void;
  /** A JFIF APP0 segment, which implies YCbCr for three components. */
  jfif?(): void;
  /** Colour transform of an Adobe APP14 segment: 0 none, 1 YCbCr, 2 YCCK. */
  adobe?(transform: number): void;
  /** Returns where the scan's data ended. */
  scan?(scan: JpegScan): number;
}

const isFrameMarker = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) || marker === 0xf7;

function readFrameHeader(bytes: Uint8Array, kind: number, at: number): JpegFrame {
  const components = Array.from({ length: bytes[at + 5] ?? 0 }, (_, index) => {
    const base = at + 6 + index * 3;
    const sampling = bytes[base + 1] ?? 0x11;
    return { id: bytes[base] ?? 0, h: sampling >> 4, v: sampling & 15, quantisation: bytes[base + 2] ?? 0 };
  });
  const u16 = (from: number) => ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  return { kind, precision: bytes[at] ?? 8, rows: u16(at + 1), columns: u16(at + 3), components };
}

function readScanHeader(bytes: Uint8Array, at: number, dataAt: number): JpegScan {
  const count = bytes[at] ?? 0;
  const components = Array.from({ length: count }, (_, index) => {
    const tables = bytes[at + 2 + index * 2] ?? 0;
    return { id: bytes[at + 1 + index * 2] ?? 0, dcTable: tables >> 4, acTable: tables & 15 };
  });
  const tail = at + 1 + count * 2;
  const successive = bytes[tail + 2] ?? 0;
  return {
    components,
    spectralStart: bytes[tail] ?? 0,
    spectralEnd: bytes[tail + 1] ?? 63,
    successiveHigh: successive >> 4,
    successiveLow: successive & 15,
    dataAt,
  };
}

function readQuantisation(bytes: Uint8Array, from: number, end: number, visit: SegmentVisitor): void {
  for (let at = from; at < end;) {
    const head = bytes[at++] ?? 0;
    const wide = head >> 4 !== 0;
    const table = new Uint16Array(64);
    for (let index = 0; index < 64; index++) {
      table[index] = wide ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
      at += wide ? 2 : 1;
    }
    visit.quantisation?.(head & 15, table);
  }
}

function readHuffman(bytes: Uint8Array, from: number, end: number, visit: SegmentVisitor): void {
  for (let at = from; at + 17 <= end;) {
    const head = bytes[at] ?? 0;
    const counts = bytes.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    visit.huffman?.(head >> 4 === 0 ? 'dc' : 'ac', head & 15, {
      counts,
      symbols: bytes.subarray(at + 17, at + 17 + total),
    });
    at += 17 + total;
  }
}

/** Walks the marker segments of a JPEG (T.81 annex B). Throws on a stream that ends inside a segment. */
export function walkJpeg(bytes: Uint8Array, visit: SegmentVisitor): void {
  let at = 0;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    at += 2;
    if (marker === 0xd9) return;
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const end = at + length;
    if (length < 2 || end > bytes.length) throw new Error('JPEG: cut off inside a segment');
    const body = at + 2;
    at = end;
    if (isFrameMarker(marker)) visit.frame?.(readFrameHeader(bytes, marker, body));
    else if (marker === 0xdb) readQuantisation(bytes, body, end, visit);
    else if (marker === 0xc4) readHuffman(bytes, body, end, visit);
    else if (marker === 0xdd) visit.restartInterval?.(((bytes[body] ?? 0) << 8) | (bytes[body + 1] ?? 0));
    else if (marker === 0xe0 && bytes[body] === 0x4a && bytes[body + 1] === 0x46) visit.jfif?.();
    else if (marker === 0xee && length >= 14 && bytes[body] === 0x41 && bytes[body + 1] === 0x64) {
      visit.adobe?.(bytes[body + 11] ?? 0);
    } else if (marker === 0xda) {
      if (visit.scan === undefined) return;
      at = visit.scan(readScanHeader(bytes, body, end));
    }
  }
}

/** What the segments before the first scan tell, or undefined where there is no frame header. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  let frame: JpegFrame | undefined;
  let isJfif = false;
  let adobeTransform: number | undefined;
  try {
    walkJpeg(bytes, {
      frame: (found) => (frame ??= found),
      jfif: () => (isJfif = true),
      adobe: (transform) => (adobeTransform = transform),
    });
  } catch {
    // What was found before the end is enough.
  }
  return frame === undefined ? undefined : { frame, isJfif, adobeTransform };
}
