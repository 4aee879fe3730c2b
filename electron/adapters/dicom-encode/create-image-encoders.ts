import type { ImageEncoders, RawFrame } from '#electron/ports/image-encoders.ts';
import { loadCodec, type WasmEncoder } from './codec-modules.ts';
import { encodeRle } from './rle.ts';

/** Quality of lossy JPEG: what ultrasound machines commonly write. */
const JPEG_QUALITY = 88;

/** Encoders on the codecs' WebAssembly modules, each started at its first use. */
export function createImageEncoders(): ImageEncoders {
  const jpegLs = lazily(() => loadCodec('JpegLSEncoder'));
  const jpeg2000 = lazily(() => loadCodec('J2KEncoder'));
  const jpeg = lazily(() => loadCodec('JPEGEncoder'));

  return {
    async encode(coding, frame) {
      switch (coding) {
        case 'rle':
          return encodeRle(frame);
        case 'jpeg-ls': {
          const encoder = new (await jpegLs())();
          encoder.setNearLossless(0);
          encoder.setInterleaveMode(frame.samplesPerPixel === 3 ? 2 : 0);
          return runEncoder(encoder, frame);
        }
        case 'jpeg-2000': {
          const encoder = new (await jpeg2000())();
          encoder.setQuality(true, 0);
          return runEncoder(encoder, frame);
        }
        case 'jpeg-baseline': {
          const encoder = new (await jpeg())();
          encoder.setProgressive(false);
          encoder.setQuality(JPEG_QUALITY);
          return runEncoder(encoder, frame);
        }
      }
    },
  };
}

function runEncoder(encoder: WasmEncoder, frame: RawFrame): Uint8Array {
  try {
    encoder
      .getDecodedBuffer({
        width: frame.columns,
        height: frame.rows,
        bitsPerSample: frame.bitsStored,
        componentCount: frame.samplesPerPixel,
        isSigned: frame.signed,
      })
      .set(frame.bytes);
    encoder.encode();
    // The buffer is a view of the module's memory: copy it before the encoder is gone.
    return new Uint8Array(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}

function lazily<Value>(start: () => Promise<Value>): () => Promise<Value> {
  let started: Promise<Value> | undefined;
  return () => (started ??= start());
}
