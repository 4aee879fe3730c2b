import type { FrameDescription, Samples } from '#shared/dicom/frame-description.ts';

/** Integer samples as a codec or the file left them, before masking. */
export type RawSamples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array;

/** Widths that typed arrays have: what Bits Allocated is rounded up to. */
export const sampleBytes = (bits: number): 1 | 2 | 4 => (bits <= 8 ? 1 : bits <= 16 ? 2 : 4);

/** Little-endian bytes as unsigned samples. Copies when the bytes are not aligned. */
export function unsignedSamples(bytes: Uint8Array, size: 1 | 2 | 4): RawSamples {
  if (size === 1) return bytes;
  const length = Math.floor(bytes.length / size);
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return size === 2
    ? new Uint16Array(aligned.buffer, aligned.byteOffset, length)
    : new Uint32Array(aligned.buffer, aligned.byteOffset, length);
}

/** Reverses the bytes of every `size`-byte word, in a copy. */
export function swappedBytes(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = new Uint8Array(bytes.length - (bytes.length % size));
  for (let at = 0; at < swapped.length; at += size) {
    for (let byte = 0; byte < size; byte++) swapped[at + byte] = bytes[at + size - 1 - byte] ?? 0;
  }
  return swapped;
}

/** One byte per pixel from packed bits, least significant bit first (PS3.5 8.1.1). */
export function unpackBits(bytes: Uint8Array, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let at = 0; at < count; at++) out[at] = ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1;
  return out;
}

/** Two 12-bit samples from three bytes, as ACR-NEMA and early DICOM packed them. */
export function unpack12(bytes: Uint8Array, count: number): Uint16Array {
  const out = new Uint16Array(count);
  for (let at = 0; at < count; at++) {
    const bit = at * 12;
    const word = (bytes[bit >> 3] ?? 0) | ((bytes[(bit >> 3) + 1] ?? 0) << 8);
    out[at] = (bit & 7) === 0 ? word & 0xfff : word >> 4;
  }
  return out;
}

const sameKind = <Kind extends RawSamples>(samples: Kind): Kind =>
  new (samples.constructor as new (length: number) => Kind)(samples.length);

/** Colour by plane to colour by pixel (PS3.3 C.7.6.3.1.3). */
export function byPixel<Kind extends RawSamples>(planar: Kind, samplesPerPixel: number): Kind {
  const out = sameKind(planar);
  const pixels = Math.floor(planar.length / samplesPerPixel);
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    const plane = sample * pixels;
    for (let at = 0, to = sample; at < pixels; at++, to += samplesPerPixel) out[to] = planar[plane + at] ?? 0;
  }
  return out;
}

/** YBR_FULL_422, stored as Y1 Y2 Cb Cr, widened to Y Cb Cr a pixel: chroma is repeated (PS3.3 C.7.6.3.1.2). */
export function widen422<Kind extends RawSamples>(stored: Kind, pixels: number): Kind {
  const out = new (stored.constructor as new (length: number) => Kind)(pixels * 3);
  for (let at = 0; at < pixels; at++) {
    const pair = (at >> 1) * 4;
    out[at * 3] = stored[pair + (at & 1)] ?? 0;
    out[at * 3 + 1] = stored[pair + 2] ?? 0;
    out[at * 3 + 2] = stored[pair + 3] ?? 0;
  }
  return out;
}

const unsignedArrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
const signedArrays = { 1: Int8Array, 2: Int16Array, 4: Int32Array } as const;

/**
 * Stored values in an array as wide as Bits Allocated: bits above Bits Stored cleared (overlays live there), two's
 * complement extended from the stored sign bit. `minimumBits` widens it where a codestream holds more than the header says.
 */
export function storedValues(
  raw: RawSamples,
  { bitsAllocated, bitsStored, highBit, pixelRepresentation }: FrameDescription,
  options: { readonly minimumBits?: number; readonly isShifted?: boolean } = {},
): Samples {
  const bytes = sampleBytes(Math.max(bitsAllocated, options.minimumBits ?? 0));
  const width = bytes * 8;
  const allocated = bitsAllocated < width ? bitsAllocated : width;
  const saneBits = bitsStored >= 1 && bitsStored <= width ? bitsStored : allocated;
  // A codestream with more bits than Bits Stored is believed only where its width was not foreseen at all.
  const stored = (options.minimumBits ?? 0) > bitsAllocated ? (options.minimumBits ?? width) : saneBits;
  const offset = highBit + 1 - stored;
  const shift = options.isShifted === true && offset > 0 && highBit < width ? offset : 0;
  const isSigned = pixelRepresentation === 1;
  const spare = width - stored;
  const Target = (isSigned ? signedArrays : unsignedArrays)[bytes];
  if (spare === 0 && shift === 0 && raw.BYTES_PER_ELEMENT === bytes) {
    return new Target(raw.buffer as ArrayBuffer, raw.byteOffset, raw.length);
  }
  const up = 32 - stored;
  if (shift === 0 && bytes === 2 && raw instanceof Uint16Array) {
    return isSigned ? extended16(new Int16Array(raw.buffer, raw.byteOffset, raw.length), up) : masked16(raw, stored);
  }
  const out = new Target(raw.length);
  for (let at = 0; at < raw.length; at++) {
    const value = (raw[at] ?? 0) >>> shift;
    out[at] = isSigned ? (value << up) >> up : (value << up) >>> up;
  }
  return out;
}

// Nearly every image goes through one of these two: a loop over one kind of array, in place, is twice as fast.
function extended16(samples: Int16Array, up: number): Int16Array {
  for (let at = 0; at < samples.length; at++) samples[at] = (samples[at]! << up) >> up;
  return samples;
}
function masked16(samples: Uint16Array, stored: number): Uint16Array {
  const mask = 2 ** stored - 1;
  for (let at = 0; at < samples.length; at++) samples[at] = samples[at]! & mask;
  return samples;
}

/** YBR_FULL to RGB (PS3.3 C.7.6.3.1.2), in place of the three samples of each pixel. */
export function ybrToRgb<Kind extends RawSamples>(ybr: Kind, bits: number): Kind {
  const out = sameKind(ybr);
  const middle = 2 ** (bits - 1);
  const most = 2 ** bits - 1;
  const clamp = (value: number) => Math.min(most, Math.max(0, Math.round(value)));
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = ybr[at] ?? 0;
    const cb = (ybr[at + 1] ?? 0) - middle;
    const cr = (ybr[at + 2] ?? 0) - middle;
    out[at] = clamp(y + 1.402 * cr);
    out[at + 1] = clamp(y - 0.344136286 * cb - 0.714136286 * cr);
    out[at + 2] = clamp(y + 1.772 * cb);
  }
  return out;
}
