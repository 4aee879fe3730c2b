import { latin1Text } from '../../fhir/base64-text.ts';
import { readPdf, type PdfDict, type PdfValue } from './syntax.ts';

/** RFC 1950 bytes to what they hold, at most `limit` of them. Rejects for what is none. */
export type Inflate = (bytes: Uint8Array, limit: number) => Promise<Uint8Array>;

export interface PdfFile {
  readonly resolve: (value: PdfValue | undefined) => PdfValue;
  readonly entry: (of: PdfValue | undefined, name: string) => PdfValue;
  /** A stream's content; undefined when its filter is none of ours. */
  readonly content: (stream: PdfValue) => Promise<string | undefined>;
  readonly pages: readonly PdfPage[];
}

export interface PdfPage {
  readonly dict: PdfDict;
  readonly resources: PdfValue;
  /** Left, bottom, right, top in points. */
  readonly box: readonly [number, number, number, number];
  readonly rotate: number;
}

const MOST_PAGES = 100;
const MOST_OBJECTS = 100_000;
const LARGEST_STREAM = 40_000_000;
const PAGE_TREE_DEPTH = 20;

const EMPTY: PdfDict = { kind: 'dict', entries: new Map() };
export const isKind = <Kind extends 'name' | 'string' | 'list' | 'dict' | 'ref' | 'stream' | 'operator'>(
  value: PdfValue | undefined,
  kind: Kind,
): value is Extract<PdfValue, { readonly kind: Kind }> =>
  typeof value === 'object' && value !== null && value.kind === kind;

export const bytesOf = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
};

/**
 * Objects, streams and pages of a PDF (ISO 32000-1, 7.5). Objects are found by looking through the file, so that a broken cross-reference table does not
 * matter. Nothing is carried out: actions, scripts, links, forms and embedded files are never looked at. Undefined for what is no readable PDF.
 */
export async function openPdf(bytes: Uint8Array, inflate: Inflate): Promise<PdfFile | undefined> {
  const source = latin1Text(bytes);
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(source)) return undefined;
  const objects = findObjects(source);
  const resolve = (value: PdfValue | undefined): PdfValue => {
    let found = value ?? null;
    for (let step = 0; step < 10 && isKind(found, 'ref'); step += 1) found = objects.get(found.id) ?? null;
    return isKind(found, 'ref') ? null : found;
  };
  const entry = (of: PdfValue | undefined, name: string): PdfValue => {
    const held = resolve(of);
    const dict = isKind(held, 'stream') ? held.dict : isKind(held, 'dict') ? held : EMPTY;
    return resolve(dict.entries.get(name));
  };
  const content = async (value: PdfValue): Promise<string | undefined> => {
    const stream = resolve(value);
    if (!isKind(stream, 'stream')) return undefined;
    const filter = entry(stream, 'Filter');
    const names = (isKind(filter, 'list') ? filter.items.map((each) => resolve(each)) : [filter]).flatMap((each) =>
      isKind(each, 'name') ? each.name : [],
    );
    if (names.length === 0) return stream.raw;
    if (names.length > 1 || !['FlateDecode', 'Fl'].includes(names[0] ?? '')) return undefined;
    if (typeof entry(entry(stream, 'DecodeParms'), 'Predictor') === 'number') return undefined;
    const inflated = await inflate(bytesOf(stream.raw), LARGEST_STREAM).catch(() => undefined);
    return inflated === undefined ? undefined : latin1Text(inflated);
  };
  const packed = [...objects.values()].filter((each) => isNamed(entry(each, 'Type'), 'ObjStm'));
  for (const object of packed) await unpack(object, objects, { entry, content });
  const roots = [...objects.values()].filter((each) => isNamed(entry(each, 'Type'), 'Catalog'));
  const root = roots.at(-1);
  if (root === undefined) return undefined;
  const pages: PdfPage[] = [];
  const walk = (node: PdfValue, above: Inherited, depth: number): void => {
    if (pages.length >= MOST_PAGES || depth > PAGE_TREE_DEPTH || !isKind(node, 'dict')) return;
    const own = inherited(node, above, entry, resolve);
    const kids = entry(node, 'Kids');
    if (isKind(kids, 'list')) for (const kid of kids.items) walk(resolve(kid), own, depth + 1);
    else pages.push({ dict: node, ...own });
  };
  walk(entry(root, 'Pages'), { resources: null, box: [0, 0, 612, 792], rotate: 0 }, 0);
  return pages.length === 0 ? undefined : { resolve, entry, content, pages };
}

const isNamed = (value: PdfValue, name: string): boolean => isKind(value, 'name') && value.name === name;

type Inherited = Pick<PdfPage, 'resources' | 'box' | 'rotate'>;

function inherited(node: PdfDict, above: Inherited, entry: PdfFile['entry'], resolve: PdfFile['resolve']): Inherited {
  const resources = entry(node, 'Resources');
  const box = entry(node, 'MediaBox');
  const rotate = entry(node, 'Rotate');
  const sides = isKind(box, 'list') ? box.items.map(resolve).filter((each) => typeof each === 'number') : [];
  const [left = 0, bottom = 0, right = 0, top = 0] = sides;
  const isBox =
    sides.length === 4 && right - left > 1 && top - bottom > 1 && right - left < 15_000 && top - bottom < 15_000;
  return {
    resources: resources ?? above.resources,
    box: isBox ? [left, bottom, right, top] : above.box,
    rotate: typeof rotate === 'number' ? (((Math.round(rotate / 90) * 90) % 360) + 360) % 360 : above.rotate,
  };
}

/** The last definition of a number is the one in force: changes are appended (7.5.6). */
function findObjects(source: string): Map<number, PdfValue> {
  const objects = new Map<number, PdfValue>();
  const head = /(\d{1,8})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj\b/g;
  for (;;) {
    const found = head.exec(source);
    if (found === null || objects.size > MOST_OBJECTS) return objects;
    const reader = readPdf(source, head.lastIndex);
    const value = reader.next();
    const place = reader.at();
    if (value === undefined) continue;
    if (isKind(value, 'dict') && source.startsWith('stream', place)) {
      const from = place + 6 + (source.startsWith('\r\n', place + 6) ? 2 : 1);
      const length = value.entries.get('Length');
      const told = typeof length === 'number' ? from + length : -1;
      const isTold = told >= from && /^\s{0,2}endstream/.test(source.slice(told, told + 12));
      const end = isTold ? told : source.indexOf('endstream', from);
      const raw = source.slice(from, end === -1 ? source.length : end);
      objects.set(Number(found[1]), { kind: 'stream', dict: value, raw });
      head.lastIndex = end === -1 ? source.length : end;
    } else {
      objects.set(Number(found[1]), value);
      head.lastIndex = Math.max(place, head.lastIndex);
    }
  }
}

/** Object streams, 7.5.7. */
async function unpack(
  stream: PdfValue,
  objects: Map<number, PdfValue>,
  { entry, content }: Pick<PdfFile, 'entry' | 'content'>,
): Promise<void> {
  const text = await content(stream);
  const [count, first] = [entry(stream, 'N'), entry(stream, 'First')];
  if (text === undefined || typeof count !== 'number' || typeof first !== 'number') return;
  const head = text.slice(0, first).trim().split(/\s+/).map(Number);
  for (let place = 0; place + 1 < head.length && place < count * 2; place += 2) {
    const [id = Number.NaN, offset = Number.NaN] = head.slice(place, place + 2);
    if (!Number.isInteger(id) || !Number.isInteger(offset) || objects.has(id)) continue;
    const value = readPdf(text, first + offset).next();
    if (value !== undefined) objects.set(id, value);
  }
}
