import { describe, expect, it } from 'vitest';

import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';

const gray16: FrameDescription = {
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  rows: 1,
  columns: 4,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  pixelRepresentation: 0,
  pixelKind: 'integer',
};

async function samplesOf(
  bytes: readonly number[] | Uint8Array,
  description: Partial<FrameDescription>,
): Promise<number[]> {
  const answer = await decodeFrame(Uint8Array.from(bytes), { ...gray16, ...description });
  if (!answer.ok) throw new Error(answer.error.reason);
  return [...answer.value.samples];
}

const refusalOf = async (bytes: readonly number[] | Uint8Array, description: Partial<FrameDescription>) => {
  const answer = await decodeFrame(Uint8Array.from(bytes), { ...gray16, ...description });
  return answer.ok ? undefined : answer.error;
};

describe('native frames', () => {
  it('lose what stands above Bits Stored, such as old overlays', async () => {
    expect(await samplesOf([0xff, 0xff, 0x01, 0x80, 0x00, 0x08, 0, 0], {})).toEqual([0xfff, 1, 0x800, 0]);
  });

  it('are sign-extended from Bits Stored', async () => {
    expect(await samplesOf([0xff, 0x0f, 0x00, 0x08, 0xff, 0x07, 1, 0], { pixelRepresentation: 1 })).toEqual([
      -1, -2048, 2047, 1,
    ]);
  });

  it('are shifted down when High Bit is above Bits Stored', async () => {
    expect(await samplesOf([0xf5, 0xff, 0x10, 0x00, 0, 0, 0, 0], { highBit: 15 })).toEqual([0xfff, 1, 0, 0]);
  });

  it('may be big endian', async () => {
    expect(await samplesOf([0x01, 0x02, 0, 1, 0, 2, 0, 3], { transferSyntaxUid: '1.2.840.10008.1.2.2' })).toEqual([
      0x102, 1, 2, 3,
    ]);
  });

  it('of one bit become a byte a pixel, first pixel in the lowest bit', async () => {
    expect(await samplesOf([0b0110], { bitsAllocated: 1, bitsStored: 1, highBit: 0 })).toEqual([0, 1, 1, 0]);
  });

  it('of twelve bits allocated are unpacked from pairs in three bytes', async () => {
    expect(await samplesOf([0x23, 0x61, 0x45, 0xff, 0x0f, 0x00], { bitsAllocated: 12 })).toEqual([
      0x123, 0x456, 0xfff, 0,
    ]);
  });

  it('by plane come out by pixel', async () => {
    const color = {
      columns: 2,
      samplesPerPixel: 3,
      planarConfiguration: 1,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      photometricInterpretation: 'RGB',
    };
    expect(await samplesOf([1, 2, 3, 4, 5, 6], color)).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('with chroma shared by two pixels repeat it for each', async () => {
    const ybr = {
      columns: 2,
      samplesPerPixel: 3,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      photometricInterpretation: 'YBR_FULL_422',
    };
    expect(await samplesOf([10, 20, 30, 40], ybr)).toEqual([10, 30, 40, 20, 30, 40]);
  });

  it('of floating point keep their values', async () => {
    const bytes = new Uint8Array(Float32Array.of(0.5, -2, 1e10, 0).buffer);
    expect(await samplesOf(bytes, { bitsAllocated: 32, bitsStored: 32, pixelKind: 'float' })).toEqual([
      0.5, -2, 1e10, 0,
    ]);
  });

  it('share no memory with the bytes they came from', async () => {
    const bytes = Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0);
    const answer = await decodeFrame(bytes, { ...gray16, bitsStored: 16, highBit: 15 });
    expect(answer.ok && answer.value.samples.buffer).not.toBe(bytes.buffer);
  });

  it('too short for their size are corrupt', async () => {
    expect(await refusalOf([0, 0, 0], {})).toEqual({ code: 'corrupt', reason: 'the frame holds 3 of 8 bytes' });
  });
});

describe('RLE frames (PS3.5 annex G)', () => {
  const rle = (...segments: (readonly number[])[]): Uint8Array => {
    const header = new DataView(new ArrayBuffer(64));
    header.setUint32(0, segments.length, true);
    let at = 64;
    for (const [nth, segment] of segments.entries()) {
      header.setUint32(4 + nth * 4, at, true);
      at += segment.length;
    }
    return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
  };
  const description = { transferSyntaxUid: '1.2.840.10008.1.2.5' };

  it('join byte planes, most significant first', async () => {
    // Literal run of four, and a repeat of four.
    expect(await samplesOf(rle([3, 1, 2, 3, 4], [0xfd, 7, 0]), description)).toEqual([0x107, 0x207, 0x307, 0x407]);
  });

  it('skip the no-op byte and stop at the samples that belong to the image', async () => {
    expect(await samplesOf(rle([0x80, 0xf0, 0], [0x80, 0xf0, 9]), description)).toEqual([9, 9, 9, 9]);
  });

  it('with a segment that ends too early are corrupt', async () => {
    expect(await refusalOf(rle([1, 1, 2], [0xfd, 7]), description)).toMatchObject({ code: 'corrupt' });
  });

  it('with segments outside the frame, or too many, are corrupt', async () => {
    expect(await refusalOf(rle([0xfd, 1], [0xfd, 1], [0xfd, 1]), description)).toMatchObject({ code: 'corrupt' });
    const lying = rle([0xfd, 1], [0xfd, 1]);
    lying[8] = 0xff;
    lying[9] = 0xff;
    expect(await refusalOf(lying, description)).toMatchObject({ code: 'corrupt' });
  });
});

describe('frames nobody can decode', () => {
  it('say so: video, private syntaxes, 64-bit integers', async () => {
    expect(await refusalOf([0], { transferSyntaxUid: '1.2.840.10008.1.2.4.102' })).toMatchObject({
      code: 'unsupported',
    });
    expect(await refusalOf([0], { transferSyntaxUid: '1.2.3.4' })).toMatchObject({ code: 'unsupported' });
    expect(await refusalOf(new Uint8Array(32), { bitsAllocated: 64, bitsStored: 64 })).toMatchObject({
      code: 'unsupported',
    });
  });

  it('do not take memory for what a lying header claims', async () => {
    expect(await refusalOf([0], { rows: 65535, columns: 65535 })).toMatchObject({ code: 'unsupported' });
  });

  it('of every compressed syntax survive being cut, and being noise', async () => {
    for (const end of ['4.50', '4.51', '4.57', '4.70', '4.80', '4.90', '4.201', '5', '8.1']) {
      for (const bytes of [
        [],
        [0xff, 0xd8],
        [0xff, 0x4f, 0xff, 0x51],
        Array.from({ length: 500 }, (_, n) => (n * 73) % 256),
      ]) {
        expect(await refusalOf(bytes, { transferSyntaxUid: `1.2.840.10008.1.2.${end}` })).toHaveProperty('code');
      }
    }
  });
});
