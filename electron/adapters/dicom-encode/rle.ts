import type { RawFrame } from '#electron/ports/image-encoders.ts';

/** RLE Lossless (PS3.5 annex G): one segment a byte plane, most significant first, rows packed apart. */
export function encodeRle(frame: RawFrame): Uint8Array {
  const bytesPerSample = frame.bitsAllocated / 8;
  const pixelSize = bytesPerSample * frame.samplesPerPixel;
  const segments: Uint8Array[] = [];
  for (let sample = 0; sample < frame.samplesPerPixel; sample += 1) {
    for (let byte = bytesPerSample - 1; byte >= 0; byte -= 1) {
      segments.push(packSegment(frame, sample * bytesPerSample + byte, pixelSize));
    }
  }
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  let offset = 64;
  for (const [index, segment] of segments.entries()) {
    header.setUint32(4 + index * 4, offset, true);
    offset += segment.length;
  }
  const out = new Uint8Array(offset);
  out.set(new Uint8Array(header.buffer));
  offset = 64;
  for (const segment of segments) {
    out.set(segment, offset);
    offset += segment.length;
  }
  return out;
}

function packSegment(frame: RawFrame, first: number, stride: number): Uint8Array {
  const row = new Uint8Array(frame.columns);
  const out = new Uint8Array(frame.rows * (frame.columns + Math.ceil(frame.columns / 128) + 1) + 1);
  let length = 0;
  let source = first;
  for (let y = 0; y < frame.rows; y += 1) {
    for (let x = 0; x < frame.columns; x += 1) {
      row[x] = frame.bytes[source]!;
      source += stride;
    }
    length = packBits(row, out, length);
  }
  return out.slice(0, length + (length & 1));
}

/** PackBits (PS3.5 G.3.1): runs of three and more are replicated, the rest is literal. */
function packBits(row: Uint8Array, out: Uint8Array, start: number): number {
  let length = start;
  let at = 0;
  while (at < row.length) {
    let run = 1;
    while (run < 128 && at + run < row.length && row[at + run] === row[at]) run += 1;
    if (run >= 3) {
      out[length] = 257 - run;
      out[length + 1] = row[at]!;
      length += 2;
      at += run;
      continue;
    }
    const literal = at;
    while (
      at < row.length &&
      at - literal < 128 &&
      !(at + 2 < row.length && row[at] === row[at + 1] && row[at] === row[at + 2])
    ) {
      at += 1;
    }
    out[length] = at - literal - 1;
    out.set(row.subarray(literal, at), length + 1);
    length += 1 + at - literal;
  }
  return length;
}
