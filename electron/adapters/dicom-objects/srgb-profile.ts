/** Places in CIE XYZ, and the three by three numbers that carry one into another. */
type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Chromaticities of IEC 61966-2-1: red, green, blue, and the white D65. */
const PRIMARIES: readonly (readonly [x: number, y: number])[] = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];
const D65 = [0.3127, 0.329] as const;
/** White of the profile connection space (ICC.1:2004-10, 7.2.16). */
const D50: Triple = [0.9642, 1, 0.8249];
/** The cone response of Bradford, by which ICC.1:2004-10 (annex E) adapts one white to another. */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const times = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const row = ([a, b, c]: Triple): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};
const column = (matrix: Matrix, at: 0 | 1 | 2): Triple => [matrix[0][at], matrix[1][at], matrix[2][at]];
const ofColumns = (a: Triple, b: Triple, c: Triple): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];
const product = (left: Matrix, right: Matrix): Matrix =>
  ofColumns(times(left, column(right, 0)), times(left, column(right, 1)), times(left, column(right, 2)));

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const size = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    [(e * i - f * h) / size, (c * h - b * i) / size, (b * f - c * e) / size],
    [(f * g - d * i) / size, (a * i - c * g) / size, (c * d - a * f) / size],
    [(d * h - e * g) / size, (b * g - a * h) / size, (a * e - b * d) / size],
  ];
}
const scaled = ([a, b, c]: Triple): Matrix => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
];
const xyzOf = ([x, y]: readonly [number, number]): Triple => [x / y, 1, (1 - x - y) / y];

/** From the white D65 to D50. */
function adaptation(): Matrix {
  const [from, to] = [times(BRADFORD, xyzOf(D65)), times(BRADFORD, D50)];
  const ratio: Triple = [to[0] / from[0], to[1] / from[1], to[2] / from[2]];
  return product(inverse(BRADFORD), product(scaled(ratio), BRADFORD));
}

/** Linear red, green and blue to XYZ under D65: so much of each primary that together they are the white. */
function primariesToXyz(): Matrix {
  const [red, green, blue] = PRIMARIES.map(xyzOf) as [Triple, Triple, Triple];
  const shares = times(inverse(ofColumns(red, green, blue)), xyzOf(D65));
  return product(ofColumns(red, green, blue), scaled(shares));
}

const HEADER_BYTES = 128;
const BYTES_A_TAG = 12;

/** `s15Fixed16Number` (4.6). */
const fixed = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 0x1_0000), at * 4);
  return bytes;
};
const longs = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
  return bytes;
};
const shorts = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, at * 2);
  return bytes;
};
const typed = (type: string, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(type, 'latin1'), longs(0), ...parts]);

/** `multiLocalizedUnicodeType` (10.13) with one record. */
function words(text: string): Buffer {
  const encoded = Buffer.from(text, 'utf16le').swap16();
  return typed('mluc', longs(1, 12), Buffer.from('enUS', 'latin1'), longs(encoded.length, 28), encoded);
}

/** IEC 61966-2-1 as a curve of `parametricCurveType` (10.15), function 3. */
const curve = (): Buffer => typed('para', shorts(3, 0), fixed([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]));

/**
 * sRGB as an ICC profile of version 4.2 (ICC.1:2004-10) of the Input Device class, three matrix columns and a curve: the only class
 * DICOM takes, with RGB going in and CIEXYZ coming out (PS3.3 C.11.15.1.1). The same bytes each time.
 */
export function srgbProfile(): Uint8Array {
  const adapted = adaptation();
  const columns = product(adapted, primariesToXyz());
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', words('sRGB')],
    ['cprt', words('No copyright, use freely')],
    ['wtpt', typed('XYZ ', fixed(D50))],
    ['chad', typed('sf32', fixed(adapted.flat()))],
    ['rXYZ', typed('XYZ ', fixed(column(columns, 0)))],
    ['gXYZ', typed('XYZ ', fixed(column(columns, 1)))],
    ['bXYZ', typed('XYZ ', fixed(column(columns, 2)))],
    ['rTRC', curve()],
    ['gTRC', curve()],
    ['bTRC', curve()],
  ];
  const table: Buffer[] = [longs(tags.length)];
  const contents: Buffer[] = [];
  let offset = HEADER_BYTES + 4 + tags.length * BYTES_A_TAG;
  for (const [signature, content] of tags) {
    table.push(Buffer.from(signature, 'latin1'), longs(offset, content.length));
    // Each begins at a multiple of four (7.3.1).
    const stored = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    contents.push(stored);
    offset += stored.length;
  }
  return new Uint8Array(Buffer.concat([header(offset), ...table, ...contents]));
}

/** 7.2. The day is that of the standard it describes. */
function header(sizeBytes: number): Buffer {
  const bytes = Buffer.concat([
    longs(sizeBytes, 0, 0x0420_0000),
    Buffer.from('scnrRGB XYZ ', 'latin1'),
    shorts(1999, 10, 18, 0, 0, 0),
    Buffer.from('acsp', 'latin1'),
    // No platform, no flags, no maker, no model, no attributes; intent: perceptual.
    longs(0, 0, 0, 0, 0, 0, 0),
    fixed(D50),
  ]);
  return Buffer.concat([bytes, Buffer.alloc(HEADER_BYTES - bytes.length)]);
}
