import type { DataSet, Element } from './data-set.ts';
import { textDecoder, type TextDecode } from './character-set.ts';

/** Text VRs whose backslash is a character, not a delimiter (PS3.5 6.2). */
const singleText = new Set(['LT', 'ST', 'UT', 'UR']);
/** VRs that Specific Character Set governs (PS3.5 6.1.2.2); all other text is ASCII. */
const extendedText = new Set(['SH', 'LO', 'UC', 'ST', 'LT', 'UT', 'PN', 'UN']);

const latin1 = textDecoder(['ISO_IR 100']);
const isPadding = (code: number): boolean => code === 0x20 || code === 0;

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The decoder for a data set: its own Specific Character Set, or that of the data set around it (PS3.3 C.12.1.1.2). */
export function decoderOf(dataSet: DataSet, inherited: TextDecode | undefined): TextDecode {
  const element = dataSet.get('00080005');
  if (element === undefined) return inherited ?? textDecoder([]);
  return textDecoder(latin1(element.value, false).split('\\'));
}

/** The values of a text element: split at backslashes, padding removed. An empty element has none. */
export function textValues(element: Element, decode: TextDecode): string[] {
  const text = (extendedText.has(element.vr) ? decode : latin1)(element.value, element.vr === 'PN');
  if (singleText.has(element.vr)) return trimEnd(text) === '' ? [] : [trimEnd(text)];
  const values = text.split('\\').map((value) => trimEnd(value).trimStart());
  return values.length === 1 && values[0] === '' ? [] : values;
}

const numberReaders: Readonly<
  Record<string, readonly [bytes: number, read: (view: DataView, at: number, le: boolean) => number]>
> = {
  US: [2, (view, at, le) => view.getUint16(at, le)],
  SS: [2, (view, at, le) => view.getInt16(at, le)],
  UL: [4, (view, at, le) => view.getUint32(at, le)],
  SL: [4, (view, at, le) => view.getInt32(at, le)],
  FL: [4, (view, at, le) => view.getFloat32(at, le)],
  FD: [8, (view, at, le) => view.getFloat64(at, le)],
  UV: [8, (view, at, le) => Number(view.getBigUint64(at, le))],
  SV: [8, (view, at, le) => Number(view.getBigInt64(at, le))],
};

/** The values of a binary number element, undefined for other VRs. Bytes that fill no whole value are ignored. */
export function binaryNumbers(element: Element): number[] | undefined {
  const reader = numberReaders[element.vr];
  if (reader === undefined) return undefined;
  const [size, read] = reader;
  const view = new DataView(element.value.buffer, element.value.byteOffset, element.value.byteLength);
  const values: number[] = [];
  for (let at = 0; at + size <= view.byteLength; at += size) values.push(read(view, at, element.isLittleEndian));
  return values;
}

/** First text value of an element that holds no person's text (UIDs, codes, dates), or undefined when empty or absent. */
export function firstText(dataSet: DataSet, tag: string): string | undefined {
  const element = dataSet.get(tag);
  if (element === undefined || element.items !== undefined) return undefined;
  const value = textValues(element, decoderOf(dataSet, undefined))[0];
  return value === undefined || value === '' ? undefined : value;
}

/** First number of an element, binary or IS/DS; undefined when empty, absent or no number. */
export function firstNumber(dataSet: DataSet, tag: string): number | undefined {
  const element = dataSet.get(tag);
  if (element === undefined) return undefined;
  const binary = binaryNumbers(element);
  if (binary !== undefined) return binary[0];
  const number = Number.parseFloat(firstText(dataSet, tag) ?? '');
  return Number.isNaN(number) ? undefined : number;
}
