import { open } from 'node:fs/promises';

/** What an ONNX file says of itself, or that it is none or ends too early. */
export type OnnxReading =
  | { readonly status: 'whole'; readonly metadata: Readonly<Record<string, string>> }
  | { readonly status: 'cut-off' }
  | { readonly status: 'not-onnx' };

/** Fields of ModelProto (`onnx.proto`): 7 is the graph, 14 a pair of metadata. */
const MODEL_FIELDS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]);
const GRAPH = 7;
const METADATA = 14;
const LONGEST_METADATA = 4 * 1024 * 1024;

interface Varint {
  readonly value: number;
  readonly next: number;
}

/** Undefined: the bytes end within it, or it is longer than a number here can be. */
function readVarint(bytes: Uint8Array, from: number): Varint | undefined {
  let value = 0;
  for (let at = from; at < bytes.length && at - from < 8; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}

/** StringStringEntryProto: key 1, value 2. */
function readPair(bytes: Uint8Array): readonly [string, string] {
  let [key, value] = ['', ''];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    const length = tag && readVarint(bytes, tag.next);
    if (tag === undefined || length === undefined) break;
    const text = Buffer.from(bytes.subarray(length.next, length.next + length.value)).toString('utf8');
    if (tag.value >> 3 === 1) key = text;
    else value = text;
    at = length.next + length.value;
  }
  return [key, value];
}

/**
 * Walks the outermost fields of a file, whatever its size: each says how long it is, so that a copy that broke off ends
 * within one. Weights are not read.
 */
export async function readOnnx(path: string): Promise<OnnxReading> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const read = async (at: number, length: number): Promise<Uint8Array> => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      return bytes.subarray(0, bytesRead);
    };
    const metadata: Record<string, string> = {};
    let hasGraph = false;
    for (let at = 0; at < size;) {
      const head = await read(at, 20);
      const tag = readVarint(head, 0);
      if (tag === undefined || !MODEL_FIELDS.has(tag.value >> 3)) return { status: at === 0 ? 'not-onnx' : 'cut-off' };
      const number = tag.value >> 3;
      const wire = tag.value & 7;
      if (at === 0 && (wire !== 0 || number !== 1)) return { status: 'not-onnx' };
      const value = readVarint(head, tag.next);
      if (value === undefined || (wire !== 0 && wire !== 2)) return { status: 'cut-off' };
      const start = at + value.next;
      at = wire === 0 ? start : start + value.value;
      if (at > size) return { status: 'cut-off' };
      if (number === GRAPH) hasGraph = true;
      if (number === METADATA && value.value < LONGEST_METADATA) {
        const [key, text] = readPair(await read(start, value.value));
        metadata[key] = text;
      }
    }
    return hasGraph ? { status: 'whole', metadata } : { status: size === 0 ? 'cut-off' : 'not-onnx' };
  } finally {
    await file.close();
  }
}
