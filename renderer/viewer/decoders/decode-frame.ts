import type { DecodedFrame, DecodeRefusal, FrameDescription } from '#shared/dicom/frame-description.ts';
import { transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import { decodeBeginning, decodeCompressed } from './decode-compressed.ts';
import { decodeNative } from './decode-native.ts';
import { inflateFrame } from './inflate-frame.ts';
import { Unsupported } from './refusal.ts';
import { decodeRle } from './rle.ts';
import { sampleBytes } from './samples.ts';

/** A frame larger than this is no image but a lying header. */
const MAX_FRAME_BYTES = 1 << 30;

async function decode(bytes: Uint8Array, description: FrameDescription): Promise<DecodedFrame> {
  const { rows, columns, samplesPerPixel, bitsAllocated, transferSyntaxUid } = description;
  const syntax = transferSyntax(transferSyntaxUid);
  if (rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8) > MAX_FRAME_BYTES) {
    throw new Unsupported(`a frame of ${columns} × ${rows} is larger than this program shows`);
  }
  switch (syntax.coding) {
    case 'native':
      return decodeNative(bytes, description, syntax.isLittleEndian);
    case 'deflated-frame': {
      const expected = Math.ceil((rows * columns * samplesPerPixel * bitsAllocated) / 8);
      return decodeNative(await inflateFrame(bytes, expected), description, true);
    }
    case 'rle': {
      const size = bitsAllocated === 1 ? 1 : sampleBytes(bitsAllocated);
      const pixels = bitsAllocated === 1 ? Math.ceil((rows * columns) / 8) : rows * columns;
      const unpacked = decodeRle(bytes, pixels, samplesPerPixel, size);
      return decodeNative(unpacked, { ...description, planarConfiguration: 0 }, true);
    }
    case 'jpeg':
    case 'jpeg-ls':
    case 'jpeg-2000':
    case 'htj2k':
      return decodeCompressed(bytes, description);
    case 'jpeg-xl':
    case 'video':
    case 'unknown':
      throw new Unsupported(`${syntax.name} (${transferSyntaxUid}) cannot be decoded here`);
    default:
      throw new Unsupported(`${String(syntax.coding)} cannot be decoded here`);
  }
}

/**
 * Turns one frame's bytes, as received, into stored values by pixel: before modality LUT, VOI LUT and palette, masked to
 * Bits Stored and sign-extended. JPEG and JPEG 2000 colour comes out as RGB; raw, RLE and JPEG-LS colour as stored;
 * YBR_FULL_422 widened to YBR_FULL. The samples share no memory with `bytes`. Runs the same in a browser worker and in Node.
 */
export const decodeFrame = (
  bytes: Uint8Array,
  description: FrameDescription,
): Promise<Result<DecodedFrame, DecodeRefusal>> => outcome(bytes, (own) => decode(own, description));

/**
 * The same of the beginning of an HTJ2K frame that is still coming, with its sides halved `level` times: a picture to look at
 * meanwhile, not to measure on.
 */
export const decodePreview = (
  bytes: Uint8Array,
  description: FrameDescription,
  level: number,
): Promise<Result<DecodedFrame, DecodeRefusal>> =>
  outcome(bytes, (own) => {
    if (transferSyntax(description.transferSyntaxUid).coding !== 'htj2k')
      throw new Unsupported('only HTJ2K has a picture in its beginning');
    return decodeBeginning(own, description, level);
  });

async function outcome(
  bytes: Uint8Array,
  decoding: (bytes: Uint8Array) => Promise<DecodedFrame>,
): Promise<Result<DecodedFrame, DecodeRefusal>> {
  try {
    // Node's Buffer is a Uint8Array whose constructor and slices behave differently: here it is none.
    return ok(await decoding(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ code: error instanceof Unsupported ? 'unsupported' : 'corrupt', reason });
  }
}
