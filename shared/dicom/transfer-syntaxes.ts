/** How the pixels of a transfer syntax are coded (PS3.5 section 10 and annex A). */
export type PixelCoding =
  | 'native'
  | 'deflated-frame'
  | 'rle'
  | 'jpeg'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k'
  | 'jpeg-xl'
  | 'video'
  | 'unknown';

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly coding: PixelCoding;
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
  /** The data set as a whole is deflated (PS3.5 A.5). */
  readonly isDeflated: boolean;
}

export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const EXPLICIT_BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED_EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1.99';

const encapsulated = (uid: string, name: string, coding: PixelCoding): TransferSyntax => ({
  uid,
  name,
  coding,
  isExplicit: true,
  isLittleEndian: true,
  isDeflated: false,
});

const known: readonly TransferSyntax[] = [
  { ...encapsulated(IMPLICIT_LITTLE_ENDIAN, 'Implicit VR Little Endian', 'native'), isExplicit: false },
  encapsulated(EXPLICIT_LITTLE_ENDIAN, 'Explicit VR Little Endian', 'native'),
  encapsulated('1.2.840.10008.1.2.1.98', 'Encapsulated Uncompressed Explicit VR Little Endian', 'native'),
  {
    ...encapsulated(DEFLATED_EXPLICIT_LITTLE_ENDIAN, 'Deflated Explicit VR Little Endian', 'native'),
    isDeflated: true,
  },
  { ...encapsulated(EXPLICIT_BIG_ENDIAN, 'Explicit VR Big Endian', 'native'), isLittleEndian: false },
  encapsulated('1.2.840.10008.1.2.8.1', 'Deflated Image Frame Compression', 'deflated-frame'),
  encapsulated('1.2.840.10008.1.2.5', 'RLE Lossless', 'rle'),
  encapsulated('1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.53', 'JPEG Spectral Selection (Process 6 and 8)', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.55', 'JPEG Full Progression (Process 10 and 12)', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.57', 'JPEG Lossless (Process 14)', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.70', 'JPEG Lossless, First-Order Prediction', 'jpeg'),
  encapsulated('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls'),
  encapsulated('1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless', 'jpeg-ls'),
  encapsulated('1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless', 'jpeg-2000'),
  encapsulated('1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000'),
  encapsulated('1.2.840.10008.1.2.4.92', 'JPEG 2000 Multi-component Lossless', 'jpeg-2000'),
  encapsulated('1.2.840.10008.1.2.4.93', 'JPEG 2000 Multi-component', 'jpeg-2000'),
  encapsulated('1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile / Main Level', 'video'),
  encapsulated('1.2.840.10008.1.2.4.101', 'MPEG2 Main Profile / High Level', 'video'),
  encapsulated('1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264 High Profile', 'video'),
  encapsulated('1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264 BD-compatible', 'video'),
  encapsulated('1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main Profile', 'video'),
  encapsulated('1.2.840.10008.1.2.4.108', 'HEVC/H.265 Main 10 Profile', 'video'),
  encapsulated('1.2.840.10008.1.2.4.110', 'JPEG XL Lossless', 'jpeg-xl'),
  encapsulated('1.2.840.10008.1.2.4.111', 'JPEG XL JPEG Recompression', 'jpeg-xl'),
  encapsulated('1.2.840.10008.1.2.4.112', 'JPEG XL', 'jpeg-xl'),
  encapsulated('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 Lossless', 'htj2k'),
  encapsulated('1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 Lossless RPCL', 'htj2k'),
  encapsulated('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000', 'htj2k'),
];
const byUid = new Map(known.map((syntax) => [syntax.uid, syntax]));

/** An unknown or private syntax is read as explicit little endian with pixels nobody can decode: PS3.5 10 allows no other. */
export const transferSyntax = (uid: string): TransferSyntax =>
  byUid.get(uid) ?? encapsulated(uid, 'unknown transfer syntax', 'unknown');

/** Whether Pixel Data of this syntax comes in fragments (PS3.5 A.4). */
export const isEncapsulated = (uid: string): boolean =>
  uid === '1.2.840.10008.1.2.1.98' || transferSyntax(uid).coding !== 'native';
