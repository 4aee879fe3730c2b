import type { DataSet, Element, Fragment } from './data-set.ts';
import { implicitVr, isKnownVr, isLongForm } from './value-representation.ts';

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 'FFFEE000';
const ITEM_END = 'FFFEE00D';
const SEQUENCE_END = 'FFFEE0DD';
/** Deeper nesting than any real object; a hostile file would otherwise exhaust the stack. */
const MAX_DEPTH = 48;
/** More elements than any real object; a hostile file of empty elements would otherwise exhaust memory. */
const MAX_ELEMENTS = 2_000_000;

/** A position in the file's bytes that only moves forward. */
export interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  position: number;
  elementCount: number;
  /** Pixel Representation met so far: settles US or SS for implicit elements. */
  isSigned: boolean;
  /** First thing that was wrong; reading went on as far as it made sense. */
  fault: string | undefined;
  stoppedAtPixelData: boolean;
  /** Where the pixel data says it ends, when reading stopped before it and it has a length. */
  pixelDataEnd: number | undefined;
}

export interface Encoding {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

export const openCursor = (bytes: Uint8Array, position: number): Cursor => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  position,
  elementCount: 0,
  isSigned: false,
  fault: undefined,
  stoppedAtPixelData: false,
  pixelDataEnd: undefined,
});

export interface ParseOptions {
  /** Stops before the first element of group 7FE0: for reading headers from the beginning of a file. */
  readonly headerOnly?: boolean;
  /** Stops before the first element outside this group. */
  readonly onlyGroup?: string;
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
const spell = (tag: string): string => `(${tag.slice(0, 4)},${tag.slice(4)})`.toLowerCase();

const tagAt = (cursor: Cursor, at: number, littleEndian: boolean): string =>
  hex(cursor.view.getUint16(at, littleEndian)) + hex(cursor.view.getUint16(at + 2, littleEndian));

const vrAt = (cursor: Cursor, at: number): string =>
  String.fromCharCode(cursor.bytes[at] ?? 0, cursor.bytes[at + 1] ?? 0);

function fault(cursor: Cursor, message: string): void {
  cursor.fault ??= message;
}

interface ElementHead {
  readonly tag: string;
  readonly vr: string | undefined;
  readonly length: number;
  readonly valueAt: number;
}

/** Whether the element at the cursor is coded explicitly: files exist that lie about it, in whole or in single items. */
function isExplicitHere(cursor: Cursor, end: number, expected: Encoding): boolean {
  const at = cursor.position;
  if (at + 8 > end) return expected.isExplicit;
  const looksExplicit = isKnownVr(vrAt(cursor, at + 4));
  if (looksExplicit === expected.isExplicit) return expected.isExplicit;
  const implicitLength = cursor.view.getUint32(at + 4, expected.isLittleEndian);
  const fitsImplicit = implicitLength === UNDEFINED_LENGTH || at + 8 + implicitLength <= end;
  if (expected.isExplicit) return !(fitsImplicit && !/^[A-Z]{2}$/.test(vrAt(cursor, at + 4)));
  return !fitsImplicit;
}

function readHead(cursor: Cursor, end: number, encoding: Encoding): ElementHead | undefined {
  const at = cursor.position;
  const { view } = cursor;
  const littleEndian = encoding.isLittleEndian;
  if (at + 8 > end) return undefined;
  const tag = tagAt(cursor, at, littleEndian);
  if (tag.startsWith('FFFE'))
    return { tag, vr: undefined, length: view.getUint32(at + 4, littleEndian), valueAt: at + 8 };
  if (!isExplicitHere(cursor, end, encoding)) {
    return { tag, vr: implicitVr(tag, cursor.isSigned), length: view.getUint32(at + 4, littleEndian), valueAt: at + 8 };
  }
  const vr = vrAt(cursor, at + 4);
  // PS3.5 6.2.2: VRs to come will have the long form.
  if (isLongForm(vr) || !isKnownVr(vr)) {
    if (at + 12 > end) return undefined;
    const length = view.getUint32(at + 8, littleEndian);
    if (isKnownVr(vr) || length === UNDEFINED_LENGTH || at + 12 + length <= end) {
      return { tag, vr: isKnownVr(vr) ? vr : 'UN', length, valueAt: at + 12 };
    }
  }
  const known = isKnownVr(vr) ? vr : (implicitVr(tag, cursor.isSigned) ?? 'UN');
  return { tag, vr: known, length: view.getUint16(at + 6, littleEndian), valueAt: at + 8 };
}

/** Reads elements until `end`, an item's end, or what the options say. */
export function parseElements(
  cursor: Cursor,
  end: number,
  encoding: Encoding,
  depth: number,
  options: ParseOptions = {},
): DataSet {
  const elements = new Map<string, Element>();
  while (cursor.position < end) {
    const head = readHead(cursor, end, encoding);
    if (head === undefined) {
      // Up to seven bytes of padding after the last element are common and harmless.
      if (cursor.bytes.subarray(cursor.position, end).some((byte) => byte !== 0)) fault(cursor, 'the file is cut off');
      cursor.position = end;
      break;
    }
    if (head.tag === ITEM_END || head.tag === SEQUENCE_END) {
      if (depth > 0 && head.tag === SEQUENCE_END) break;
      cursor.position = head.valueAt;
      if (depth > 0) break;
      continue;
    }
    if (options.onlyGroup !== undefined && !head.tag.startsWith(options.onlyGroup)) break;
    if (options.headerOnly === true && depth === 0 && head.tag >= '7FE00000') {
      cursor.stoppedAtPixelData = true;
      const isNative = head.tag >= '7FE00008' && head.length !== UNDEFINED_LENGTH;
      cursor.pixelDataEnd = isNative ? head.valueAt + head.length : undefined;
      break;
    }
    if (++cursor.elementCount > MAX_ELEMENTS) {
      fault(cursor, 'the file has more elements than any real object');
      cursor.position = end;
      break;
    }
    const element = readValue(cursor, end, encoding, head, depth);
    if (element === undefined) break;
    if (element.tag === '00280103' && depth === 0)
      cursor.isSigned = element.value[encoding.isLittleEndian ? 0 : 1] === 1;
    if (!elements.has(element.tag)) elements.set(element.tag, element);
  }
  return elements;
}

const startsWithItem = (cursor: Cursor, at: number, end: number, littleEndian: boolean): boolean =>
  at + 8 <= end && [ITEM, SEQUENCE_END].includes(tagAt(cursor, at, littleEndian));

function readValue(
  cursor: Cursor,
  end: number,
  encoding: Encoding,
  head: ElementHead,
  depth: number,
): Element | undefined {
  const { tag, length, valueAt } = head;
  const littleEndian = encoding.isLittleEndian;
  const isPixels = tag === '7FE00010' || tag === '7FE00008' || tag === '7FE00009';
  const undefinedLength = length === UNDEFINED_LENGTH;
  const valueEnd = undefinedLength ? end : Math.min(valueAt + length, end);
  const value = cursor.bytes.subarray(valueAt, valueEnd);
  const common = { tag, isLittleEndian: littleEndian, claimedLength: undefinedLength ? value.length : length };
  cursor.position = valueAt;

  if (isPixels && (undefinedLength || startsWithItem(cursor, valueAt, valueEnd, littleEndian))) {
    const parts = parseFragments(cursor, valueEnd, littleEndian);
    return { ...common, vr: head.vr ?? 'OB', value: cursor.bytes.subarray(valueAt, cursor.position), ...parts };
  }
  // PS3.5 6.2.2 note 4: UN of undefined length holds a sequence coded implicit little endian, whatever stands around it.
  const isUnknown = head.vr === 'UN' || head.vr === undefined;
  const dictionaryVr = isUnknown ? implicitVr(tag, cursor.isSigned) : undefined;
  const mayBeSequence =
    undefinedLength ||
    head.vr === 'SQ' ||
    (isUnknown &&
      (dictionaryVr === 'SQ' || dictionaryVr === undefined) &&
      startsWithItem(cursor, valueAt, valueEnd, true));
  if (mayBeSequence && depth < MAX_DEPTH) {
    const inner = head.vr === 'UN' ? { isExplicit: false, isLittleEndian: true } : encoding;
    const items = parseItems(cursor, valueEnd, inner, depth + 1, undefinedLength);
    if (items !== undefined) {
      if (!undefinedLength) {
        if (valueAt + length > end) fault(cursor, `the file is cut off inside ${spell(tag)}`);
        cursor.position = valueEnd;
      }
      return { ...common, vr: 'SQ', value, items };
    }
    if (undefinedLength) {
      fault(cursor, `${spell(tag)} has no length and is no sequence`);
      cursor.position = end;
      return undefined;
    }
  }
  if (mayBeSequence && depth >= MAX_DEPTH) fault(cursor, 'sequences are nested deeper than in any real object');
  cursor.position = valueEnd;
  if (valueAt + length > end && !undefinedLength) {
    fault(cursor, `the file is cut off inside ${spell(tag)}`);
    if (!isPixels) return undefined;
  }
  return { ...common, vr: settleVr(head.vr, dictionaryVr), value };
}

/** An element that stands as UN, or implicitly with no dictionary entry, takes the dictionary's VR where there is one. */
const settleVr = (vr: string | undefined, dictionaryVr: string | undefined): string =>
  vr === undefined || vr === 'UN' ? (dictionaryVr !== undefined && dictionaryVr !== 'SQ' ? dictionaryVr : 'UN') : vr;

/** The items of a sequence, or undefined when the bytes are none. */
function parseItems(
  cursor: Cursor,
  end: number,
  encoding: Encoding,
  depth: number,
  undefinedLength: boolean,
): DataSet[] | undefined {
  const items: DataSet[] = [];
  while (cursor.position + 8 <= end) {
    const tag = tagAt(cursor, cursor.position, encoding.isLittleEndian);
    const length = cursor.view.getUint32(cursor.position + 4, encoding.isLittleEndian);
    if (tag === SEQUENCE_END) {
      cursor.position += 8;
      return items;
    }
    if (tag === ITEM_END) {
      cursor.position += 8;
      continue;
    }
    if (tag !== ITEM) {
      // A sequence without its delimiter: what follows belongs to the data set around it.
      if (items.length === 0) return undefined;
      fault(cursor, 'a sequence has no end mark');
      return items;
    }
    cursor.position += 8;
    const itemEnd = length === UNDEFINED_LENGTH ? end : Math.min(cursor.position + length, end);
    items.push(parseElements(cursor, itemEnd, encoding, depth));
    if (length !== UNDEFINED_LENGTH) cursor.position = itemEnd;
  }
  if (undefinedLength) fault(cursor, 'the file is cut off inside a sequence');
  cursor.position = end;
  return items;
}

function parseFragments(
  cursor: Cursor,
  end: number,
  littleEndian: boolean,
): { offsetTable: Uint8Array; fragments: Fragment[] } {
  const fragments: Fragment[] = [];
  let offsetTable: Uint8Array | undefined;
  let firstItemAt = 0;
  while (cursor.position + 8 <= end) {
    const itemAt = cursor.position;
    const tag = tagAt(cursor, itemAt, littleEndian);
    const length = cursor.view.getUint32(itemAt + 4, littleEndian);
    cursor.position += 8;
    if (tag === SEQUENCE_END) return { offsetTable: offsetTable ?? new Uint8Array(), fragments };
    if (tag !== ITEM) {
      cursor.position = itemAt;
      fault(cursor, 'the fragments of the pixel data have no end mark');
      return { offsetTable: offsetTable ?? new Uint8Array(), fragments };
    }
    const bytes = cursor.bytes.subarray(cursor.position, Math.min(cursor.position + length, end));
    const isCutOff = cursor.position + length > end;
    if (isCutOff) fault(cursor, 'the file is cut off inside the pixel data');
    cursor.position = Math.min(cursor.position + length, end);
    if (offsetTable === undefined) {
      offsetTable = bytes;
      firstItemAt = cursor.position;
    } else {
      fragments.push({ offset: itemAt - firstItemAt, bytes, isCutOff });
    }
  }
  fault(cursor, 'the file is cut off after the pixel data');
  cursor.position = end;
  return { offsetTable: offsetTable ?? new Uint8Array(), fragments };
}
