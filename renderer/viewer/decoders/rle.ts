/** Unpacks one PackBits segment (PS3.5 G.3.1) into every `stride`-th byte of `out`, from `start`. Returns bytes written. */
function unpackSegment(segment: Uint8Array, out: Uint8Array, start: number, stride: number, count: number): number {
  let written = 0;
  let at = 0;
  while (at < segment.length && written < count) {
    const control = segment[at++] ?? 128;
    if (control === 128) continue;
    if (control < 128) {
      for (let copy = 0; copy <= control && written < count && at < segment.length; copy++) {
        out[start + written++ * stride] = segment[at++] ?? 0;
      }
    } else {
      const value = segment[at++] ?? 0;
      for (let copy = 0; copy < 257 - control && written < count; copy++) out[start + written++ * stride] = value;
    }
  }
  return written;
}

/**
 * Decodes an RLE Lossless frame (PS3.5 annex G) to little-endian samples by pixel. Segments hold one byte plane each,
 * sample by sample, most significant byte first.
 */
export function decodeRle(
  frame: Uint8Array,
  pixels: number,
  samplesPerPixel: number,
  bytesPerSample: number,
): Uint8Array {
  if (frame.length < 64) throw new Error('the RLE header is cut off');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = view.getUint32(0, true);
  const expected = samplesPerPixel * bytesPerSample;
  if (segments !== expected) throw new Error(`RLE: ${segments} segments where ${expected} belong`);
  const out = new Uint8Array(pixels * expected);
  for (let segment = 0; segment < segments; segment++) {
    const from = view.getUint32(4 + segment * 4, true);
    const next = segment + 1 < segments ? view.getUint32(8 + segment * 4, true) : frame.length;
    if (from < 64 || next < from || from > frame.length) throw new Error('RLE: a segment lies outside the frame');
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    const start = sample * bytesPerSample + byte;
    const written = unpackSegment(frame.subarray(from, next), out, start, expected, pixels);
    if (written < pixels) throw new Error(`RLE: segment ${segment + 1} ends after ${written} of ${pixels} samples`);
  }
  return out;
}
