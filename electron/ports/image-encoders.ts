/** One uncompressed frame as an encoder takes it: samples by pixel, little endian, 8 or 16 bits allocated. */
export interface RawFrame {
  readonly columns: number;
  readonly rows: number;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly samplesPerPixel: 1 | 3;
  readonly bytes: Uint8Array;
}

/** How pixels are stored in a file (PS3.5 A.4). All but `jpeg-baseline` are lossless. */
export type PixelCoding = 'native' | 'jpeg-ls' | 'jpeg-2000' | 'rle' | 'jpeg-baseline';

export interface ImageEncoders {
  /** The bytes of one encapsulated frame; `native` needs no encoder. */
  encode(coding: Exclude<PixelCoding, 'native'>, frame: RawFrame): Promise<Uint8Array>;
}
