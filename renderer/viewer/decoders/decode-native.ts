import type { DecodedFrame, FrameDescription } from '#shared/dicom/frame-description.ts';

import { Unsupported } from './refusal.ts';
import {
  byPixel,
  sampleBytes,
  storedValues,
  swappedBytes,
  unpack12,
  unpackBits,
  unsignedSamples,
  widen422,
} from './samples.ts';
import type { RawSamples } from './samples.ts';

/** Float and double samples, copied so that they are aligned. */
function floatFrame(bytes: Uint8Array, description: FrameDescription, isLittleEndian: boolean): DecodedFrame {
  const { rows, columns, samplesPerPixel, photometricInterpretation, pixelKind } = description;
  const size = pixelKind === 'double' ? 8 : 4;
  const count = rows * columns * samplesPerPixel;
  requireBytes(bytes, count * size);
  const ordered = isLittleEndian ? new Uint8Array(bytes.subarray(0, count * size)) : swappedBytes(bytes, size);
  const samples = size === 8 ? new Float64Array(ordered.buffer, 0, count) : new Float32Array(ordered.buffer, 0, count);
  return { rows, columns, samplesPerPixel, photometricInterpretation, bitsAllocated: size * 8, samples };
}

function requireBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) throw new Error(`the frame holds ${bytes.length} of ${needed} bytes`);
}

/** Samples of a native frame (PS3.5 8.1, annex A.1 to A.3): unpacked, ordered by pixel, masked. */
export function decodeNative(bytes: Uint8Array, description: FrameDescription, isLittleEndian: boolean): DecodedFrame {
  if (description.pixelKind !== 'integer') return floatFrame(bytes, description, isLittleEndian);
  const { rows, columns, samplesPerPixel, bitsAllocated, photometricInterpretation } = description;
  const pixels = rows * columns;
  const is422 = photometricInterpretation === 'YBR_FULL_422' && samplesPerPixel === 3;
  const count = is422 ? Math.ceil(pixels / 2) * 4 : pixels * samplesPerPixel;
  const frame = { rows, columns, samplesPerPixel, photometricInterpretation };
  const needed = is422 ? (pixels * 2 * bitsAllocated) / 8 : (count * bitsAllocated) / 8;
  requireBytes(bytes, Math.ceil(needed));
  if (bitsAllocated === 1) return { ...frame, bitsAllocated: 8, samples: unpackBits(bytes, count) };
  if (![8, 12, 16, 32].includes(bitsAllocated)) throw new Unsupported(`${bitsAllocated} bits allocated`);
  const size = sampleBytes(bitsAllocated);
  let raw: RawSamples;
  if (bitsAllocated === 12) raw = unpack12(bytes, count);
  else {
    // A copy, so that the samples can be handed on without taking the file's bytes along.
    const own = new Uint8Array(bytes.subarray(0, count * size));
    raw = unsignedSamples(isLittleEndian || size === 1 ? own : swappedBytes(own, size), size);
  }
  if (is422) {
    const widened = storedValues(widen422(raw, pixels), description);
    return { ...frame, photometricInterpretation: 'YBR_FULL', bitsAllocated: size * 8, samples: widened };
  }
  if (samplesPerPixel > 1 && description.planarConfiguration === 1) raw = byPixel(raw, samplesPerPixel);
  return { ...frame, bitsAllocated: size * 8, samples: storedValues(raw, description, { isShifted: true }) };
}
