/** Zigzag order of coefficients (T.81 figure 5). */
export const ZIGZAG = Uint8Array.of(
  0,
  1,
  8,
  16,
  9,
  2,
  3,
  10,
  17,
  24,
  32,
  25,
  18,
  11,
  4,
  5,
  12,
  19,
  26,
  33,
  40,
  48,
  41,
  34,
  27,
  20,
  13,
  6,
  7,
  14,
  21,
  28,
  35,
  42,
  49,
  56,
  57,
  50,
  43,
  36,
  29,
  22,
  15,
  23,
  30,
  37,
  44,
  51,
  58,
  59,
  52,
  45,
  38,
  31,
  39,
  46,
  53,
  60,
  61,
  54,
  47,
  55,
  62,
  63,
);

const CONST_BITS = 13;
/**
 * One dimension of the inverse transform after Loeffler, Ligtenberg and Moschytz (1989), scaled by 2^13 × √8: the integer
 * algorithm that reference decoders share. Products may pass 2^31, so plain numbers are used, exact to 2^53.
 */
function transform(input: Float64Array, at: number, step: number, output: Float64Array, scale: number): void {
  const i0 = input[at] ?? 0;
  const i1 = input[at + step] ?? 0;
  const i2 = input[at + 2 * step] ?? 0;
  const i3 = input[at + 3 * step] ?? 0;
  const i4 = input[at + 4 * step] ?? 0;
  const i5 = input[at + 5 * step] ?? 0;
  const i6 = input[at + 6 * step] ?? 0;
  const i7 = input[at + 7 * step] ?? 0;

  const even = (i2 + i6) * 4433;
  const e2 = even - i6 * 15137;
  const e3 = even + i2 * 6270;
  const e0 = (i0 + i4) * 8192;
  const e1 = (i0 - i4) * 8192;
  const s0 = e0 + e3;
  const s3 = e0 - e3;
  const s1 = e1 + e2;
  const s2 = e1 - e2;

  const z5 = (i7 + i3 + i5 + i1) * 9633;
  const z1 = (i7 + i1) * -7373;
  const z2 = (i5 + i3) * -20995;
  const z3 = (i7 + i3) * -16069 + z5;
  const z4 = (i5 + i1) * -3196 + z5;
  const o0 = i7 * 2446 + z1 + z3;
  const o1 = i5 * 16819 + z2 + z4;
  const o2 = i3 * 25172 + z2 + z3;
  const o3 = i1 * 12299 + z1 + z4;

  const half = scale / 2;
  output[at] = Math.floor((s0 + o3 + half) / scale);
  output[at + 7 * step] = Math.floor((s0 - o3 + half) / scale);
  output[at + step] = Math.floor((s1 + o2 + half) / scale);
  output[at + 6 * step] = Math.floor((s1 - o2 + half) / scale);
  output[at + 2 * step] = Math.floor((s2 + o1 + half) / scale);
  output[at + 5 * step] = Math.floor((s2 - o1 + half) / scale);
  output[at + 3 * step] = Math.floor((s3 + o0 + half) / scale);
  output[at + 4 * step] = Math.floor((s3 - o0 + half) / scale);
}

/**
 * Transforms an 8 × 8 block of dequantised coefficients in place; the result is centred on zero. Between the passes two
 * extra bits are kept for 8-bit data and one for 12-bit data, as reference decoders do, so that results agree bit for bit.
 */
export function inverseDct(block: Float64Array, precision: number): void {
  const extraBits = precision > 8 ? 1 : 2;
  for (let column = 0; column < 8; column++) transform(block, column, 8, block, 2 ** (CONST_BITS - extraBits));
  for (let row = 0; row < 8; row++) transform(block, row * 8, 1, block, 2 ** (CONST_BITS + extraBits + 3));
}
