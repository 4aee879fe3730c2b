import { EXPLICIT_LITTLE_ENDIAN } from '#shared/dicom/transfer-syntaxes.ts';

import { ELEMENTS, type DataSet, type ElementValue, type Keyword } from './elements.ts';

/** Frames of a file: native data in one piece, or one encapsulated item a frame (PS3.5 A.4). */
export type PixelPayload =
  | { readonly kind: 'native'; readonly bytes: Uint8Array; readonly vr: 'OB' | 'OW' }
  | { readonly kind: 'encapsulated'; readonly frames: readonly Uint8Array[]; readonly transferSyntaxUid: string };

/** Ours, under 2.25 (PS3.5 B.2). */
const IMPLEMENTATION_CLASS_UID = '2.25.301527983016485772460918277164520198331';
const IMPLEMENTATION_VERSION = 'OVERREAD_DEMO_1';

const LONG_HEADER = new Set(['OB', 'OW', 'SQ', 'UN', 'UT', 'UC', 'UR', 'OD', 'OF', 'OL']);
const encoder = new TextEncoder();

/** A Part 10 file (PS3.10 7), explicit VR little endian, attributes in ascending order of tag. */
export function writePart10(dataSet: DataSet, pixels: PixelPayload): Uint8Array {
  const meta = encodeDataSet({
    FileMetaInformationVersion: new Uint8Array([0, 1]),
    MediaStorageSOPClassUID: dataSet.SOPClassUID ?? '',
    MediaStorageSOPInstanceUID: dataSet.SOPInstanceUID ?? '',
    TransferSyntaxUID: pixels.kind === 'native' ? EXPLICIT_LITTLE_ENDIAN : pixels.transferSyntaxUid,
    ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
    ImplementationVersionName: IMPLEMENTATION_VERSION,
  });
  const groupLength = new Uint8Array(12);
  const view = new DataView(groupLength.buffer);
  view.setUint16(0, 0x0002, true);
  groupLength.set(encoder.encode('UL'), 4);
  view.setUint16(6, 4, true);
  view.setUint32(8, meta.length, true);
  const preamble = new Uint8Array(132);
  preamble.set(encoder.encode('DICM'), 128);
  return join([preamble, groupLength, meta, encodeDataSet(dataSet), ...encodePixels(pixels)]);
}

function encodePixels(pixels: PixelPayload): Uint8Array[] {
  if (pixels.kind === 'native') {
    const length = pixels.bytes.length + (pixels.bytes.length & 1);
    return [header('7FE00010', pixels.vr, length), even(pixels.bytes, 0)];
  }
  const offsets = new Uint8Array(pixels.frames.length * 4);
  const view = new DataView(offsets.buffer);
  const parts: Uint8Array[] = [header('7FE00010', 'OB', 0xffffffff), item(offsets.length), offsets];
  let offset = 0;
  for (const [index, frame] of pixels.frames.entries()) {
    view.setUint32(index * 4, offset, true);
    const bytes = even(frame, 0);
    parts.push(item(bytes.length), bytes);
    offset += 8 + bytes.length;
  }
  const end = new Uint8Array(8);
  new DataView(end.buffer).setUint32(0, 0xe0ddfffe, true);
  return [...parts, end];
}

function encodeDataSet(dataSet: DataSet): Uint8Array {
  const entries = (Object.entries(dataSet) as [Keyword, ElementValue][])
    .map(([keyword, value]) => ({ tag: ELEMENTS[keyword][0], vr: ELEMENTS[keyword][1], value }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return join(
    entries.flatMap(({ tag, vr, value }) => {
      const bytes = encodeValue(vr, value);
      return [header(tag, vr, bytes.length), bytes];
    }),
  );
}

function encodeValue(vr: string, value: ElementValue): Uint8Array {
  if (value instanceof Uint8Array) return even(value, 0);
  const list = Array.isArray(value) ? (value as readonly (string | number | DataSet)[]) : [value as string | number];
  switch (vr) {
    case 'SQ':
      return join(
        list.flatMap((entry) => {
          const bytes = encodeDataSet(entry as DataSet);
          return [item(bytes.length), bytes];
        }),
      );
    case 'US':
    case 'SS':
      return packed(list, 2, (view, at, number) => view.setUint16(at, number & 0xffff, true));
    case 'UL':
      return packed(list, 4, (view, at, number) => view.setUint32(at, number, true));
    case 'FD':
      return packed(list, 8, (view, at, number) => view.setFloat64(at, number, true));
    case 'AT': {
      const tags = new Uint8Array(list.length * 4);
      for (const [index, tag] of list.entries())
        if (typeof tag === 'string') writeTag(new DataView(tags.buffer), index * 4, tag);
      return tags;
    }
    default:
      return even(
        encoder.encode(list.map((entry) => text(vr, entry as string | number)).join('\\')),
        vr === 'UI' ? 0 : 32,
      );
  }
}

/** DS holds at most 16 characters (PS3.5 6.2). */
function text(vr: string, value: string | number): string {
  if (typeof value === 'string') return value;
  if (vr !== 'DS') return String(Math.round(value));
  const rounded = String(Number(value.toFixed(6)));
  return rounded.length <= 16 ? rounded : value.toPrecision(9);
}

function packed(
  list: readonly unknown[],
  size: number,
  write: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(list.length * size);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of list.entries()) write(view, index * size, Number(value));
  return bytes;
}

function writeTag(view: DataView, at: number, tag: string): void {
  view.setUint16(at, Number.parseInt(tag.slice(0, 4), 16), true);
  view.setUint16(at + 2, Number.parseInt(tag.slice(4), 16), true);
}

function header(tag: string, vr: string, length: number): Uint8Array {
  const long = LONG_HEADER.has(vr);
  const bytes = new Uint8Array(long ? 12 : 8);
  const view = new DataView(bytes.buffer);
  writeTag(view, 0, tag);
  bytes.set(encoder.encode(vr), 4);
  if (long) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  return bytes;
}

function item(length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xe000fffe, true);
  view.setUint32(4, length, true);
  return bytes;
}

function even(bytes: Uint8Array, padding: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  out[bytes.length] = padding;
  return out;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
