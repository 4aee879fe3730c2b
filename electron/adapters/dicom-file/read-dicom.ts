import { constants, inflateRawSync, inflateSync } from 'node:zlib';

import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  transferSyntax,
} from '#shared/dicom/transfer-syntaxes.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import type { DataSet } from './data-set.ts';
import { openCursor, parseElements } from './parse-data-set.ts';
import type { DicomProblem } from './problem.ts';
import { implicitVr, isKnownVr } from './value-representation.ts';

/** A DICOM file, or what could be read of it. */
export interface DicomFile {
  readonly meta: DataSet;
  readonly dataSet: DataSet;
  /** As the meta header says, or as the bytes show where it does not. */
  readonly transferSyntaxUid: string;
  /** What was wrong with the file although it could be read, in plain words. */
  readonly fault: string | undefined;
  /** True when reading stopped before the pixel data, as `headerOnly` asks. */
  readonly stoppedAtPixelData: boolean;
  /** With `headerOnly`: the file's size at least, as the length of native pixel data tells. Unknown for deflated files. */
  readonly leastFileBytes?: number;
}

export interface ReadOptions {
  /** Reads only what stands before the pixel data; the bytes may end anywhere after it. */
  readonly headerOnly?: boolean;
  /** Largest size a deflated data set may have when inflated. */
  readonly maxInflatedBytes?: number;
}

const PREAMBLE_BYTES = 128;
const DEFAULT_MAX_INFLATED_BYTES = 1 << 30;

const isMagic = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;

const ascii = (bytes: Uint8Array | undefined): string => {
  let text = '';
  for (const byte of bytes ?? []) if (byte !== 0) text += String.fromCharCode(byte);
  return text.trim();
};

/** PS3.10 7.1 wants a preamble; files without one start with the meta group or with the data set itself. */
function startOfMeta(bytes: Uint8Array): number | undefined {
  if (isMagic(bytes, PREAMBLE_BYTES)) return PREAMBLE_BYTES + 4;
  if (isMagic(bytes, 0)) return 4;
  return guessSyntax(bytes, 0) === undefined ? undefined : 0;
}

/** The syntax a data set at `at` is most likely in, or undefined when it is no data set. */
function guessSyntax(bytes: Uint8Array, at: number): string | undefined {
  if (at + 8 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isExplicit = isKnownVr(String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0));
  for (const littleEndian of [true, false]) {
    const group = view.getUint16(at, littleEndian);
    // Real objects begin with command, meta, identifying or patient attributes.
    if (group > 0x0020 || group === 0x0000) continue;
    if (isExplicit) return littleEndian ? EXPLICIT_LITTLE_ENDIAN : EXPLICIT_BIG_ENDIAN;
    const known = littleEndian ? implicitVr(spelledTag(view, at), false) : undefined;
    if (known !== undefined && view.getUint32(at + 4, true) < 0x10000) return IMPLICIT_LITTLE_ENDIAN;
  }
  return undefined;
}

const spelledTag = (view: DataView, at: number): string =>
  [view.getUint16(at, true), view.getUint16(at + 2, true)]
    .map((half) => half.toString(16).toUpperCase().padStart(4, '0'))
    .join('');

function inflate(bytes: Uint8Array, maxOutputLength: number): Result<Uint8Array, DicomProblem> {
  // A missing end of the deflated stream still yields all that came before it.
  const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
  for (const attempt of [inflateRawSync, inflateSync]) {
    try {
      const inflated = attempt(bytes, options);
      if (inflated.length > 0) return ok(inflated);
    } catch (error) {
      if (error instanceof RangeError) {
        return err({ code: 'too-large', reason: 'the deflated data set is larger than any real object' });
      }
    }
  }
  return err({ code: 'damaged-header', reason: 'the deflated data set cannot be inflated' });
}

/** Whether enough was recognised to call it DICOM: a lucky guess on other data finds nothing the standard knows. */
function isPlausible(dataSet: DataSet): boolean {
  let known = 0;
  for (const element of dataSet.values()) {
    if (element.tag.endsWith('0000') || implicitVr(element.tag, false) === undefined) continue;
    if (++known >= 3) return true;
  }
  return dataSet.has('00080016') || dataSet.has('00080018') || dataSet.has('0020000D');
}

/**
 * Reads a Part 10 file from all its bytes (or its beginning, with `headerOnly`). Tolerates what real files get wrong:
 * no preamble, no meta header or a wrong group length, a transfer syntax that is not what it says, undefined and lying
 * lengths, an end too early. Work and memory are bounded by the size of the input.
 */
export function readDicom(bytes: Uint8Array, options: ReadOptions = {}): Result<DicomFile, DicomProblem> {
  if (bytes.length === 0) return err({ code: 'not-dicom', reason: 'the file is empty' });
  const metaAt = startOfMeta(bytes);
  if (metaAt === undefined) return err({ code: 'not-dicom', reason: 'not a DICOM file' });

  const cursor = openCursor(bytes, metaAt);
  // PS3.10 7.1: the meta group is explicit little endian whatever follows it; its own length is not to be trusted.
  const meta = parseElements(cursor, bytes.length, { isExplicit: true, isLittleEndian: true }, 0, {
    onlyGroup: '0002',
  });
  const declared = ascii(meta.get('00020010')?.value);
  const bodyAt = cursor.position;
  let body = bytes;
  let position = bodyAt;
  let syntax = transferSyntax(declared);
  if (declared === '') {
    syntax = transferSyntax(guessSyntax(bytes, bodyAt) ?? IMPLICIT_LITTLE_ENDIAN);
  } else if (syntax.isDeflated && !looksInflated(bytes, bodyAt)) {
    const inflated = inflate(bytes.subarray(bodyAt), options.maxInflatedBytes ?? DEFAULT_MAX_INFLATED_BYTES);
    if (!inflated.ok) return inflated;
    body = inflated.value;
    position = 0;
  } else if (syntax.isLittleEndian !== (guessSyntax(bytes, bodyAt) !== EXPLICIT_BIG_ENDIAN)) {
    // The bytes win over the header about byte order: reading on the wrong way would yield nothing at all.
    const guess = guessSyntax(bytes, bodyAt);
    if (guess !== undefined) syntax = transferSyntax(guess);
  }

  const bodyCursor = openCursor(body, position);
  const headerOnly = options.headerOnly === true;
  const dataSet = parseElements(bodyCursor, body.length, syntax, 0, { headerOnly });
  if (meta.size === 0 && !isPlausible(dataSet)) return err({ code: 'not-dicom', reason: 'not a DICOM file' });
  if (dataSet.size === 0) {
    const isCutOff = bodyCursor.fault?.includes('cut off') === true || position >= body.length;
    const reason = bodyCursor.fault ?? 'nothing stands after the meta header';
    return err({ code: isCutOff ? 'cut-off' : 'damaged-header', reason });
  }
  return ok({
    meta,
    dataSet,
    transferSyntaxUid: syntax.uid,
    fault: bodyCursor.fault,
    stoppedAtPixelData: bodyCursor.stoppedAtPixelData,
    ...(body === bytes && bodyCursor.pixelDataEnd !== undefined ? { leastFileBytes: bodyCursor.pixelDataEnd } : {}),
  });
}

/** Some writers declare deflate and forget to do it. */
const looksInflated = (bytes: Uint8Array, at: number): boolean => guessSyntax(bytes, at) === EXPLICIT_LITTLE_ENDIAN;
