import { sideAt } from '#shared/dicom/codestream-start.ts';
import type { DecodedFrame, FrameDescription } from '#shared/dicom/frame-description.ts';
import { transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';

import { decodeCodestream, type CodecName, type CodestreamInfo } from './codecs.ts';
import { decodeDctJpeg } from './jpeg-dct.ts';
import { decodeLosslessJpeg } from './jpeg-lossless.ts';
import { readJpegHeader, type JpegFrame, type JpegHeader } from './jpeg-segments.ts';
import { Unsupported } from './refusal.ts';
import { byPixel, storedValues, unsignedSamples, ybrToRgb, type RawSamples } from './samples.ts';

interface Decoded {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  readonly raw: RawSamples;
  /** Whether three components hold luminance and chrominance. */
  readonly isYbr: boolean;
  /** JPEG and JPEG 2000 colour is brought to RGB; JPEG-LS colour stays as stored. */
  readonly becomesRgb: boolean;
}

const fromJpegFrame = (frame: JpegFrame) => ({
  rows: frame.rows,
  columns: frame.columns,
  components: frame.components.length,
  precision: frame.precision,
});

const isYbrHeader = (description: FrameDescription): boolean => description.photometricInterpretation.startsWith('YBR');

async function throughCodec(
  name: CodecName,
  bytes: Uint8Array,
  level = 0,
): Promise<{ info: CodestreamInfo; raw: RawSamples }> {
  const { info, bytes: decoded, isPlanar } = await decodeCodestream(name, bytes, level);
  if (info.width === 0 || info.height === 0) throw new Error('the codestream is damaged');
  const size = info.bitsPerSample <= 8 ? 1 : 2;
  if (info.bitsPerSample > 16) throw new Unsupported(`${info.bitsPerSample} bits a sample`);
  let raw = unsignedSamples(decoded, size);
  if (isPlanar) raw = byPixel(raw, info.componentCount);
  if (info.isSigned === true) raw = signed(raw);
  return { info, raw };
}

const signed = (raw: RawSamples): RawSamples =>
  raw instanceof Uint8Array
    ? new Int8Array(raw.buffer as ArrayBuffer, raw.byteOffset, raw.length)
    : raw instanceof Uint16Array
      ? new Int16Array(raw.buffer as ArrayBuffer, raw.byteOffset, raw.length)
      : raw;

/**
 * Whether three components hold YCbCr: an Adobe segment says so; JFIF implies it, and so do components of different
 * resolution; where nothing tells the Photometric Interpretation decides (PS3.5 8.2.1).
 */
function isJpegYbr({ frame, isJfif, adobeTransform }: JpegHeader, description: FrameDescription): boolean {
  if (adobeTransform === 0 || adobeTransform === 1) return adobeTransform === 1;
  const [luminance, chrominance] = frame.components;
  const isSubsampled = luminance?.h !== chrominance?.h || luminance?.v !== chrominance?.v;
  return isJfif || isSubsampled || description.photometricInterpretation !== 'RGB';
}

async function decodeJpeg(bytes: Uint8Array, header: JpegHeader, description: FrameDescription): Promise<Decoded> {
  const { frame } = header;
  if (frame.kind === 0xc3) {
    const { samples } = decodeLosslessJpeg(bytes);
    return { ...fromJpegFrame(frame), raw: samples, isYbr: isYbrHeader(description), becomesRgb: true };
  }
  if (frame.kind > 0xc3) throw new Unsupported('hierarchical or arithmetic-coded JPEG');
  const isYbr = isJpegYbr(header, description);
  // The 8-bit codec takes colour for YCbCr unless an Adobe segment says otherwise, whatever the DICOM header says.
  const isMistaken = frame.components.length === 3 && !isYbr && header.adobeTransform !== 0;
  if (frame.precision === 8 && !isMistaken) {
    const { info, raw } = await throughCodec('libjpeg', bytes);
    const shape = { rows: info.height, columns: info.width, components: info.componentCount, precision: 8 };
    return { ...shape, raw, isYbr: false, becomesRgb: true };
  }
  const { samples } = decodeDctJpeg(bytes);
  return { ...fromJpegFrame(frame), raw: samples, isYbr, becomesRgb: true };
}

interface Jpeg2000Header {
  readonly bitsPerSample: number;
  readonly hasComponentTransform: boolean;
  readonly isHighThroughput: boolean;
}

/** What the main header says that the codecs do not tell (T.800 A.5, A.6). */
function readJpeg2000Header(bytes: Uint8Array): Jpeg2000Header {
  let hasComponentTransform = false;
  let isHighThroughput = false;
  let bitsPerSample = 0;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0x90 || marker === 0x93 || marker === 0xd9) break;
    if (marker === 0x51) bitsPerSample = ((bytes[at + 40] ?? 0) & 0x7f) + 1;
    if (marker === 0x50) isHighThroughput = true;
    if (marker === 0x52) hasComponentTransform = bytes[at + 8] === 1;
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return { bitsPerSample, hasComponentTransform, isHighThroughput };
}

/** Where the codestream begins in a JP2 file, which DICOM forbids and some writers put there. */
function findCodestream(bytes: Uint8Array): number {
  for (let at = 0; at + 4 < bytes.length; at++) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff && bytes[at + 3] === 0x51) return at;
  }
  throw new Error('JPEG 2000: no codestream');
}

/** Whether a codestream ends with EOC (T.800 A.4.4), padding apart. */
function hasEnd(bytes: Uint8Array): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9;
}

async function decodeJpeg2000(bytes: Uint8Array, description: FrameDescription, level = 0): Promise<Decoded> {
  const codestream = bytes.subarray(bytes[0] === 0xff ? 0 : findCodestream(bytes));
  const header = readJpeg2000Header(codestream);
  if (header.bitsPerSample > 16) throw new Unsupported(`JPEG 2000 of ${header.bitsPerSample} bits a sample`);
  const isHt = header.isHighThroughput || transferSyntax(description.transferSyntaxUid).coding === 'htj2k';
  // The codec for it pictures whatever came before a cut, and says nothing.
  if (isHt && level === 0 && !hasEnd(codestream)) throw new Error('the codestream ends too early');
  const { info, raw } = await throughCodec(isHt ? 'openjph' : 'openjpeg', codestream, level);
  return {
    rows: info.height,
    columns: info.width,
    components: info.componentCount,
    precision: info.bitsPerSample,
    raw,
    isYbr: isYbrHeader(description) && !header.hasComponentTransform,
    becomesRgb: true,
  };
}

async function decodeJpegLs(bytes: Uint8Array): Promise<Decoded> {
  const { info, raw } = await throughCodec('charls', bytes);
  return {
    rows: info.height,
    columns: info.width,
    components: info.componentCount,
    precision: info.bitsPerSample,
    raw,
    isYbr: false,
    becomesRgb: false,
  };
}

function requireSize(found: { readonly rows: number; readonly columns: number }, stated: FrameDescription): void {
  if (found.rows === stated.rows && found.columns === stated.columns) return;
  const [is, says] = [found, stated].map(({ rows, columns }) => `${columns} × ${rows}`);
  throw new Error(`the codestream is ${is}, the header says ${says}`);
}

/** The codestream tells what it is; transfer syntaxes in real files sometimes name another of the family. */
async function decodeByContent(bytes: Uint8Array, description: FrameDescription): Promise<Decoded> {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const header = readJpegHeader(bytes);
    if (header === undefined) throw new Error('JPEG: no frame header');
    // Before memory is taken for what a damaged header claims.
    requireSize(header.frame, description);
    return header.frame.kind === 0xf7 ? decodeJpegLs(bytes) : decodeJpeg(bytes, header, description);
  }
  const { coding } = transferSyntax(description.transferSyntaxUid);
  if ((bytes[0] === 0xff && bytes[1] === 0x4f) || coding === 'jpeg-2000' || coding === 'htj2k') {
    return decodeJpeg2000(bytes, description);
  }
  throw new Error('the frame holds no codestream of the JPEG family');
}

/** Decodes a JPEG, JPEG-LS, JPEG 2000 or HTJ2K frame. */
export async function decodeCompressed(bytes: Uint8Array, description: FrameDescription): Promise<DecodedFrame> {
  return asFrame(await decodeByContent(bytes, description), description);
}

/** The beginning of an HTJ2K frame as a picture whose sides are halved `level` times. */
export async function decodeBeginning(
  bytes: Uint8Array,
  description: FrameDescription,
  level: number,
): Promise<DecodedFrame> {
  const size = { rows: sideAt(description.rows, level), columns: sideAt(description.columns, level) };
  return asFrame(await decodeJpeg2000(bytes, description, level), { ...description, ...size });
}

function asFrame(decoded: Decoded, description: FrameDescription): DecodedFrame {
  const { rows, columns, components, precision } = decoded;
  requireSize(decoded, description);
  if (decoded.raw.length < rows * columns * components) throw new Error('the codestream ends too early');
  const isColor = components === 3;
  const raw = isColor && decoded.becomesRgb && decoded.isYbr ? ybrToRgb(decoded.raw, precision) : decoded.raw;
  const samples = storedValues(raw, description, { minimumBits: precision });
  return {
    rows,
    columns,
    samplesPerPixel: components,
    photometricInterpretation: photometricOut(description, components, decoded.becomesRgb),
    bitsAllocated: samples.BYTES_PER_ELEMENT * 8,
    samples,
  };
}

function photometricOut(description: FrameDescription, components: number, becomesRgb: boolean): string {
  const stated = description.photometricInterpretation;
  if (components === 3) return becomesRgb || description.samplesPerPixel !== 3 ? 'RGB' : stated;
  return components === 1 && description.samplesPerPixel === 3 ? 'MONOCHROME2' : stated;
}
