import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { element, numbers } from './attributes.ts';
import { expandSegments } from './segmented-table.ts';

/** A LUT of PS3.3 C.11.1 / C.11.2 or a palette channel of C.7.6.3.1.5. */
export interface LookupTable {
  /** Stored (or modality) value that the first entry stands for. */
  readonly firstMapped: number;
  readonly bits: number;
  readonly data: Uint16Array;
}

/** Binary values come inline, as numbers, or not at all (a BulkDataURI is asked for by `fetchBulk`). */
export type BulkBytes = (uri: string) => Uint8Array | undefined;

function inlineBytes(base64: string): Uint8Array {
  const raw = atob(base64);
  return Uint8Array.from(raw, (character) => character.charCodeAt(0));
}

function bytesOf(found: DicomJsonElement, bulk: BulkBytes): Uint8Array | undefined {
  if (found.InlineBinary !== undefined) return inlineBytes(found.InlineBinary);
  return found.BulkDataURI === undefined ? undefined : bulk(found.BulkDataURI);
}

function asWords(bytes: Uint8Array, count: number): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: count }, (_, index) => view.getUint16(index * 2, true));
}

function tableWords(found: DicomJsonElement, entries: number, bulk: BulkBytes): Uint16Array | undefined {
  if (found.Value) {
    const words = found.Value.filter((value): value is number => typeof value === 'number');
    return words.length >= entries ? Uint16Array.from(words.slice(0, entries)) : undefined;
  }
  const bytes = bytesOf(found, bulk);
  if (bytes === undefined) return undefined;
  // Eight-bit tables may be packed two entries a word (C.7.6.3.1.6): length tells.
  if (bytes.length < entries * 2)
    return bytes.length >= entries ? Uint16Array.from(bytes.subarray(0, entries)) : undefined;
  return asWords(bytes, entries);
}

function segmentedWords(
  data: DicomJson,
  tag: string | undefined,
  bits: number,
  entries: number,
  bulk: BulkBytes,
): Uint16Array | undefined {
  const found = tag === undefined ? undefined : element(data, tag);
  const bytes = found && bytesOf(found, bulk);
  const words = bytes && (bits === 8 ? Uint16Array.from(bytes) : asWords(bytes, Math.floor(bytes.length / 2)));
  const table = words && expandSegments(words);
  return table && table.length >= entries ? table.subarray(0, entries) : undefined;
}

export function readLookupTable(
  data: DicomJson,
  descriptorTag: string,
  dataTag: string,
  isSigned: boolean,
  bulk: BulkBytes,
  segmentedTag?: string,
): LookupTable | undefined {
  const [length, first, bits] = numbers(data, descriptorTag);
  if (length === undefined || first === undefined || bits === undefined) return undefined;
  const entries = length === 0 ? 65_536 : length;
  const found = element(data, dataTag);
  const table = found ? tableWords(found, entries, bulk) : segmentedWords(data, segmentedTag, bits, entries, bulk);
  // US or SS by the pixel representation (C.11.1.1): readers that could not know wrote the unsigned twin.
  const firstMapped = isSigned && first > 32_767 ? first - 65_536 : first;
  return table && { firstMapped, bits, data: table };
}

/** Addresses of bulk data that the tables of this data set need. */
export function bulkAddresses(data: DicomJson): string[] {
  return Object.values(data).flatMap((found) => [
    ...(found.BulkDataURI !== undefined && found.vr !== 'OB' ? [found.BulkDataURI] : []),
    ...(found.vr === 'SQ' ? (found.Value ?? []).flatMap((item) => bulkAddresses((item ?? {}) as DicomJson)) : []),
  ]);
}
