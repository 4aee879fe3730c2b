/** What a decoder must know to turn one frame's bytes into samples (PS3.3 C.7.6.3). */
export interface FrameDescription {
  readonly transferSyntaxUid: string;
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  /** 0 by pixel, 1 by plane; meaningful only for native and RLE data with more than one sample. */
  readonly planarConfiguration: number;
  /** 1, 8, 16, 32 or 64. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  /** 0 unsigned, 1 two's complement. */
  readonly pixelRepresentation: number;
  /** Float Pixel Data (7FE0,0008) and Double Float Pixel Data (7FE0,0009) are not integers. */
  readonly pixelKind: 'integer' | 'float' | 'double';
}

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** One decoded frame: stored values by pixel, before any modality LUT, VOI LUT or palette. */
export interface DecodedFrame {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** After decoding: JPEG and JPEG 2000 colour is RGB; YBR_FULL_422 is widened to YBR_FULL. */
  readonly photometricInterpretation: string;
  readonly bitsAllocated: number;
  readonly samples: Samples;
}

export type DecodeRefusal = { readonly code: 'unsupported' | 'corrupt'; readonly reason: string };
