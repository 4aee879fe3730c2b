import { createRequire } from 'node:module';

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

export interface WasmEncoder {
  getDecodedBuffer(info: FrameInfo): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
}

export interface JpegLsEncoder extends WasmEncoder {
  setNearLossless(error: number): void;
  /** 0 none, 1 line, 2 sample. */
  setInterleaveMode(mode: number): void;
}

export interface Jpeg2000Encoder extends WasmEncoder {
  setQuality(lossless: boolean, ratio: number): void;
  setDecompositions(levels: number): void;
}

export interface JpegEncoder extends WasmEncoder {
  setQuality(quality: number): void;
  setProgressive(progressive: boolean): void;
}

interface CodecModules {
  readonly JpegLSEncoder: new () => JpegLsEncoder;
  readonly J2KEncoder: new () => Jpeg2000Encoder;
  readonly JPEGEncoder: new () => JpegEncoder;
}

const PACKAGES = {
  JpegLSEncoder: '@cornerstonejs/codec-charls/wasmjs',
  J2KEncoder: '@cornerstonejs/codec-openjpeg/wasmjs',
  JPEGEncoder: '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs',
} as const;

/** Starts one codec's WebAssembly module. The packages are CommonJS factories that find their .wasm beside them. */
export async function loadCodec<Name extends keyof CodecModules>(name: Name): Promise<CodecModules[Name]> {
  const require = createRequire(import.meta.url);
  const factory = require(PACKAGES[name]) as () => Promise<CodecModules>;
  return (await factory())[name];
}
