import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { parsePersonName } from '#shared/dicom/person-name.ts';

import type { TextDecode } from './character-set.ts';
import type { DataSet, Element } from './data-set.ts';
import { binaryNumbers, decoderOf, textValues } from './element-values.ts';
import type { DicomFile } from './read-dicom.ts';

export interface JsonOptions {
  /** Where a value too large for JSON can be fetched; without it, or when it answers undefined, the value is left out. */
  readonly bulkDataUri?: (path: string) => string | undefined;
  /** Binary values up to this are inline whatever they hold; pixel data never is. */
  readonly maxInlineBytes?: number;
}

/** Tables a viewer needs to show an image at all: kept in the JSON whatever their size (at most 128 KiB by the standard). */
const lookupTables = /^(00281[12][0-9A-F]{2}|00283006|00283002)$/;
const overlayData = /^60[0-9A-F]{2}3000$/;
const MAX_TABLE_BYTES = 262_144;
const MAX_OVERLAY_BYTES = 262_144;
const MAX_INLINE_BYTES = 4096;
/** A number list longer than this is bulk data by another VR, such as a spectrum. */
const MAX_NUMBERS = 65_536;

const inlineLimit = (tag: string): number =>
  lookupTables.test(tag) ? MAX_TABLE_BYTES : overlayData.test(tag) ? MAX_OVERLAY_BYTES : MAX_INLINE_BYTES;

const wordBytes: Readonly<Record<string, number>> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 };

/** PS3.18 F.2.7: InlineBinary is little endian. */
function littleEndianBytes(element: Element): Uint8Array {
  const size = wordBytes[element.vr] ?? 1;
  if (element.isLittleEndian || size === 1) return element.value;
  const bytes = new Uint8Array(element.value);
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}

function attributeTags(element: Element): string[] {
  const view = new DataView(element.value.buffer, element.value.byteOffset, element.value.byteLength);
  const tags: string[] = [];
  for (let at = 0; at + 4 <= view.byteLength; at += 4) {
    const halves = [view.getUint16(at, element.isLittleEndian), view.getUint16(at + 2, element.isLittleEndian)];
    tags.push(halves.map((half) => half.toString(16).toUpperCase().padStart(4, '0')).join(''));
  }
  return tags;
}

/** A number where the text is one; otherwise the text, which PS3.18 F.2.4 allows and hides nothing. */
function decimal(text: string): number | string | null {
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function textJson(vr: string, texts: readonly string[]): readonly unknown[] {
  if (vr === 'PN') return texts.map((text) => (text === '' ? null : parsePersonName(text)));
  if (vr === 'IS' || vr === 'DS') return texts.map(decimal);
  return texts.map((text) => (text === '' ? null : text));
}

const withValues = (vr: string, values: readonly unknown[]): DicomJsonElement =>
  values.length === 0 ? { vr } : { vr, Value: values };

function elementJson(
  element: Element,
  decode: TextDecode,
  path: string,
  options: JsonOptions,
): DicomJsonElement | undefined {
  const { vr } = element;
  if (element.items !== undefined) {
    const items = element.items.map((item, at) => dataSetJson(item, decode, `${path}/${at + 1}`, options));
    return withValues('SQ', items);
  }
  const bulk = (): DicomJsonElement | undefined => {
    const uri = options.bulkDataUri?.(path);
    return uri === undefined ? undefined : { vr, BulkDataURI: uri };
  };
  if (element.fragments !== undefined || element.tag.startsWith('7FE0')) return bulk();
  if (vr === 'AT') return withValues(vr, attributeTags(element));
  const numbers = element.value.length > MAX_NUMBERS * 8 ? undefined : binaryNumbers(element);
  if (numbers !== undefined) {
    if (numbers.length > MAX_NUMBERS) return bulk();
    return withValues(
      vr,
      numbers.map((number) => (Number.isFinite(number) ? number : String(number))),
    );
  }
  if (/^O[BDFLVW]$|^UN$/.test(vr)) {
    if (element.value.length > Math.max(options.maxInlineBytes ?? 0, inlineLimit(element.tag))) return bulk();
    if (element.value.length === 0) return { vr };
    return { vr, InlineBinary: Buffer.from(littleEndianBytes(element)).toString('base64') };
  }
  if (binaryVrs.has(vr)) return bulk();
  return withValues(vr, textJson(vr, textValues(element, decode)));
}

const binaryVrs = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'UV', 'SV']);

function dataSetJson(
  dataSet: DataSet,
  inherited: TextDecode | undefined,
  path: string,
  options: JsonOptions,
): DicomJson {
  const decode = decoderOf(dataSet, inherited);
  const json: Record<string, DicomJsonElement> = {};
  for (const element of dataSet.values()) {
    // PS3.18 F.2: group lengths are left out.
    if (element.tag.endsWith('0000')) continue;
    const converted = elementJson(element, decode, path === '' ? element.tag : `${path}/${element.tag}`, options);
    if (converted !== undefined) json[element.tag] = converted;
  }
  if (json['00080005'] !== undefined) json['00080005'] = { vr: 'CS', Value: ['ISO_IR 192'] };
  return json;
}

/**
 * The data set in the DICOM JSON Model (PS3.18 annex F), text as UTF-8, in ascending order of tags. Lookup tables,
 * overlays and small binary values stay inline; pixel data and other large values become a Bulk Data URI or are left out.
 */
export function toDicomJson(file: DicomFile, options: JsonOptions = {}): DicomJson {
  const json = dataSetJson(file.dataSet, undefined, '', options);
  return Object.fromEntries(Object.entries(json).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
