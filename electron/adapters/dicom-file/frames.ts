import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import { Tag } from '#shared/dicom/tags.ts';
import { EXPLICIT_LITTLE_ENDIAN, transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import type { DataSet, Element } from './data-set.ts';
import { firstNumber, firstText } from './element-values.ts';
import { fragmentsByFrame } from './fragments.ts';
import type { DicomProblem } from './problem.ts';
import type { DicomFile } from './read-dicom.ts';

export interface FrameOptions {
  /** Fills what a cut-off native frame lacks with zeros instead of refusing it; never for diagnosis without saying so. */
  readonly padCutOff?: boolean;
}

const pixelElements = [
  [Tag.PixelData, 'integer'],
  [Tag.FloatPixelData, 'float'],
  [Tag.DoubleFloatPixelData, 'double'],
] as const;

function pixelsOf(dataSet: DataSet): { element: Element | undefined; kind: FrameDescription['pixelKind'] } {
  for (const [tag, kind] of pixelElements) {
    const element = dataSet.get(tag);
    if (element !== undefined) return { element, kind };
  }
  return { element: undefined, kind: 'integer' };
}

/** Number of Frames (PS3.3 C.7.6.6); one where it is absent or makes no sense. */
export function frameCount(file: DicomFile): number {
  const count = firstNumber(file.dataSet, Tag.NumberOfFrames) ?? 1;
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/** Bits one native frame takes; YBR_FULL_422 shares chroma between two pixels (PS3.3 C.7.6.3.1.2). */
function frameBits(description: FrameDescription): number {
  const { rows, columns, samplesPerPixel, bitsAllocated, photometricInterpretation } = description;
  const samples = photometricInterpretation === 'YBR_FULL_422' && samplesPerPixel === 3 ? 2 : samplesPerPixel;
  return rows * columns * samples * bitsAllocated;
}

/**
 * What a decoder must know about every frame of the file. Where header and pixel data disagree about being compressed,
 * or about shared chroma, the pixel data wins: it is what is there.
 */
export function describeFrames(file: DicomFile): Result<FrameDescription, DicomProblem> {
  const { dataSet } = file;
  const { element, kind } = pixelsOf(dataSet);
  const rows = firstNumber(dataSet, Tag.Rows) ?? 0;
  const columns = firstNumber(dataSet, Tag.Columns) ?? 0;
  if (element === undefined && !file.stoppedAtPixelData) {
    return err({ code: 'no-pixel-data', reason: noPixelReason(file) });
  }
  if (rows === 0 || columns === 0)
    return err({ code: 'damaged-header', reason: 'the header gives no rows and columns' });
  const defaultBits = kind === 'float' ? 32 : kind === 'double' ? 64 : 0;
  const bitsAllocated = kind === 'integer' ? (firstNumber(dataSet, Tag.BitsAllocated) ?? 0) : defaultBits;
  if (bitsAllocated === 0) return err({ code: 'damaged-header', reason: 'the header gives no Bits Allocated' });
  const samplesPerPixel = firstNumber(dataSet, Tag.SamplesPerPixel) ?? 1;
  const bitsStored = firstNumber(dataSet, Tag.BitsStored) ?? bitsAllocated;
  const described: FrameDescription = {
    transferSyntaxUid: file.transferSyntaxUid,
    rows,
    columns,
    samplesPerPixel: samplesPerPixel === 0 ? 1 : samplesPerPixel,
    photometricInterpretation:
      firstText(dataSet, Tag.PhotometricInterpretation)?.toUpperCase() ??
      (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'),
    planarConfiguration: firstNumber(dataSet, Tag.PlanarConfiguration) ?? 0,
    bitsAllocated,
    bitsStored,
    highBit: firstNumber(dataSet, Tag.HighBit) ?? bitsStored - 1,
    pixelRepresentation: firstNumber(dataSet, Tag.PixelRepresentation) ?? 0,
    pixelKind: kind,
  };
  return ok(element === undefined ? described : settleDescription(described, element, frameCount(file)));
}

function settleDescription(described: FrameDescription, element: Element, frames: number): FrameDescription {
  if (element.fragments !== undefined) return described;
  const isNative = transferSyntax(described.transferSyntaxUid).coding === 'native';
  const settled = isNative ? described : { ...described, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN };
  if (settled.photometricInterpretation !== 'YBR_FULL_422') return settled;
  const widened = { ...settled, photometricInterpretation: 'YBR_FULL' };
  return element.claimedLength * 8 >= frameBits(widened) * frames ? widened : settled;
}

function noPixelReason(file: DicomFile): string {
  if (file.fault !== undefined) return `no pixel data: ${file.fault}`;
  return file.dataSet.has('00041220') ? 'a DICOMDIR: no pixel data' : 'no pixel data';
}

/** Big endian OW holds bytes and bits in swapped pairs (PS3.5 8.1.2); undone here because a frame's bytes forget their VR. */
function unswapped(element: Element, bitsAllocated: number): Uint8Array {
  if (element.isLittleEndian || element.vr !== 'OW' || bitsAllocated > 8) return element.value;
  const bytes = new Uint8Array(element.value);
  for (let at = 0; at + 1 < bytes.length; at += 2) bytes.subarray(at, at + 2).reverse();
  return bytes;
}

/** `bits` bits from bit `from`, least significant bit first, moved to the start of a byte. */
function bitSlice(bytes: Uint8Array, from: number, bits: number): Uint8Array {
  const start = Math.floor(from / 8);
  const shift = from % 8;
  const length = Math.ceil(bits / 8);
  if (shift === 0) return bytes.subarray(start, start + length);
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    out[at] = ((bytes[start + at] ?? 0) >> shift) | ((bytes[start + at + 1] ?? 0) << (8 - shift));
  }
  return out;
}

function nativeFrame(
  element: Element,
  description: FrameDescription,
  frame: number,
  frames: number,
  options: FrameOptions,
): Result<Uint8Array, DicomProblem> {
  const bits = frameBits(description);
  if (bits / 8 > 0x7fffffff) return err({ code: 'too-large', reason: 'one frame is larger than two gigabytes' });
  const from = bits * (frame - 1);
  const availableBits = element.value.length * 8;
  if (from + bits <= availableBits) {
    return ok(bitSlice(unswapped(element, description.bitsAllocated), from, bits));
  }
  const whole = Math.floor(availableBits / bits);
  const reason =
    frames > 1
      ? `pixel data cut off: ${whole} of ${frames} frames`
      : `pixel data cut off: ${element.value.length} of ${Math.ceil(bits / 8)} bytes`;
  if (options.padCutOff !== true || from >= availableBits || element.value.length === 0) {
    return err({ code: 'cut-off', reason });
  }
  const padded = new Uint8Array(Math.ceil(bits / 8));
  padded.set(
    bitSlice(unswapped(element, description.bitsAllocated), from, availableBits - from).subarray(0, padded.length),
  );
  return ok(padded);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The bytes of one frame (1-based, as in PS3.18), still compressed; a view into the file's bytes where it can be. */
export function readFrame(
  file: DicomFile,
  frame: number,
  options: FrameOptions = {},
): Result<Uint8Array, DicomProblem> {
  const description = describeFrames(file);
  if (!description.ok) return description;
  const { element } = pixelsOf(file.dataSet);
  const frames = frameCount(file);
  if (element === undefined) return err({ code: 'no-pixel-data', reason: 'the pixel data was not read' });
  if (!Number.isInteger(frame) || frame < 1 || frame > frames) {
    return err({ code: 'no-such-frame', reason: `frame ${frame} of ${frames}` });
  }
  if (element.fragments === undefined) return nativeFrame(element, description.value, frame, frames, options);
  const grouped = fragmentsByFrame(element, frames, file.dataSet.get(Tag.ExtendedOffsetTable)?.value);
  if (!grouped.ok) return grouped;
  const parts = grouped.value[frame - 1];
  const isCutOff = parts === undefined || parts.some((part) => part.isCutOff);
  if (parts === undefined || (isCutOff && options.padCutOff !== true)) {
    const whole = grouped.value.filter((group) => !group.some((part) => part.isCutOff)).length;
    return err({ code: 'cut-off', reason: `pixel data cut off: ${whole} of ${frames} frames` });
  }
  const bytes = concatenated(parts.map((part) => part.bytes));
  return bytes.length === 0 ? err({ code: 'cut-off', reason: 'the frame is empty' }) : ok(bytes);
}
