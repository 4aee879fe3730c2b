import { beforeAll, describe, expect, it } from 'vitest';

import { decodeFrame, decodePreview } from '#renderer/viewer/decoders/index.ts';
import { levelWithin, readCodestreamStart } from '#shared/dicom/codestream-start.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import { COLUMNS, HTJ2K_RPCL, ROWS, slowCodestream, slowPixels } from '#tests/support/slow-image.ts';

const description: FrameDescription = {
  transferSyntaxUid: HTJ2K_RPCL,
  rows: ROWS,
  columns: COLUMNS,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  pixelRepresentation: 0,
  pixelKind: 'integer',
};
let whole: Uint8Array;
beforeAll(async () => {
  whole = await slowCodestream();
});

const pictureOf = async (bytes: Uint8Array, level: number) => {
  const decoded = await decodePreview(bytes, description, level);
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

describe('the beginning of an HTJ2K frame', () => {
  it('is a smaller picture of the same, near the mean of the pixels each of its own stands for', async () => {
    const pixels = slowPixels();
    for (const [part, level] of [
      [0.3, 1],
      [0.08, 2],
      [0.02, 3],
    ] as const) {
      const { rows, columns, samples } = await pictureOf(whole.subarray(0, Math.floor(whole.length * part)), level);
      const side = 2 ** level;
      expect([rows, columns]).toEqual([Math.ceil(ROWS / side), Math.ceil(COLUMNS / side)]);
      let off = 0;
      let compared = 0;
      for (let row = 0; row < rows - 1; row += 9) {
        for (let column = 0; column < columns - 1; column += 9) {
          let sum = 0;
          for (let y = 0; y < side; y += 1)
            for (let x = 0; x < side; x += 1) sum += pixels[(row * side + y) * COLUMNS + column * side + x]!;
          off += Math.abs(samples[row * columns + column]! - sum / side ** 2);
          compared += 1;
        }
      }
      // The ramp goes over 2 900 values, the noise over 64.
      expect(off / compared).toBeLessThan(24);
    }
  });

  it('is never taken for the frame itself', async () => {
    const cut = await decodeFrame(whole.subarray(0, whole.length / 2), description);
    expect(cut).toMatchObject({ ok: false, error: { code: 'corrupt' } });
  });

  it('of another size than its header says, or of another coding, makes no picture', async () => {
    const part = whole.subarray(0, whole.length / 2);
    expect(await decodePreview(part, { ...description, rows: ROWS + 64 }, 2)).toMatchObject({ ok: false });
    const jpeg = { ...description, transferSyntaxUid: '1.2.840.10008.1.2.4.70' };
    expect(await decodePreview(part, jpeg, 2)).toMatchObject({ ok: false });
  });

  it('tells how large a picture it is enough for', () => {
    const start = readCodestreamStart(whole);
    expect(start).toEqual({ rows: ROWS, columns: COLUMNS, decompositions: 5, isSmallestFirst: true });
    const levels = [0.001, 0.01, 0.05, 0.1, 0.3, 0.7].map((part) => levelWithin(start!, part * 1e6, 1e6));
    expect(levels).toEqual([undefined, undefined, 3, 2, 1, 1]);
    expect(readCodestreamStart(whole.subarray(0, 60))).toBeUndefined();
  });

  it('of a picture too large to be drawn in passing is made smaller than it could be', () => {
    const large = { rows: 3000, columns: 2500, decompositions: 5, isSmallestFirst: true };
    expect(levelWithin(large, 0.7e6, 1e6)).toBe(2);
    expect(levelWithin({ ...large, decompositions: 1 }, 0.7e6, 1e6)).toBeUndefined();
  });

  it('says nothing where small pictures do not come first', async () => {
    const byPlace = readCodestreamStart(await slowCodestream(4));
    expect(byPlace).toMatchObject({ isSmallestFirst: false });
    expect(levelWithin(byPlace!, 0.5e6, 1e6)).toBeUndefined();
  });
});
