import type { DicomJson, DicomJsonElement } from './dicom-json.ts';
import { Tag } from './tags.ts';

/** A modality, VOI or palette LUT (PS3.3 C.11.1.1, C.11.2.1.1, C.7.6.3.1.5). */
export interface LookupTable {
  /** Input mapped to the first entry; inputs below take it too, inputs past the end take the last entry. */
  readonly firstMapped: number;
  readonly bitsPerEntry: number;
  readonly entries: Uint16Array;
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Bytes(text: string): Uint8Array {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held << 6) | base64Digits.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}

const numbers = (element: DicomJsonElement | undefined): number[] =>
  (element?.Value ?? []).filter((value): value is number => typeof value === 'number');

/** Entries as 16-bit words: from numbers, or from base64 of little-endian words or, when too short for words, of bytes. */
function tableEntries(data: DicomJsonElement | undefined, count: number): Uint16Array {
  if (data?.InlineBinary === undefined) return Uint16Array.from(numbers(data)).slice(0, count);
  const bytes = base64Bytes(data.InlineBinary);
  if (bytes.length < count * 2) return Uint16Array.from(bytes.subarray(0, count));
  return Uint16Array.from({ length: count }, (_, at) => (bytes[at * 2] ?? 0) | ((bytes[at * 2 + 1] ?? 0) << 8));
}

/** `descriptor` holds number of entries (0 means 65536), first mapped value, bits per entry. Undefined when unusable. */
function lookupTable(
  descriptor: DicomJsonElement | undefined,
  data: DicomJsonElement | undefined,
): LookupTable | undefined {
  const [count = 0, firstMapped = 0, bitsPerEntry = 16] = numbers(descriptor);
  if (descriptor === undefined || data === undefined) return undefined;
  // An entry count of 65536 is written 0; a signed VR may turn larger counts negative.
  const entries = tableEntries(data, count === 0 ? 65536 : count & 0xffff);
  return entries.length === 0 ? undefined : { firstMapped, bitsPerEntry, entries };
}

/** The LUT in one item of a Modality LUT or VOI LUT Sequence. */
export const readLookupTable = (item: DicomJson): LookupTable | undefined =>
  lookupTable(item[Tag.LUTDescriptor], item[Tag.LUTData]);

/** Expands a Segmented Palette Color LUT (PS3.3 C.7.9.2): discrete, linear and indirect segments. */
function expandSegments(words: Uint16Array, limit: number): Uint16Array {
  const out: number[] = [];
  const run = (from: number, segments: number, depth: number) => {
    let at = from;
    for (let done = 0; done < segments && at + 1 < words.length && out.length < limit; done++) {
      const opcode = words[at] ?? 0;
      const length = words[at + 1] ?? 0;
      at += 2;
      if (opcode === 0) {
        for (let entry = 0; entry < length; entry++) out.push(words[at + entry] ?? 0);
        at += length;
      } else if (opcode === 1) {
        const start = out.at(-1) ?? 0;
        const end = words[at++] ?? 0;
        for (let step = 1; step <= length; step++) out.push(Math.round(start + ((end - start) * step) / length));
      } else if (opcode === 2 && depth === 0) {
        run(((words[at + 1] ?? 0) << 15) * 2 + (words[at] ?? 0), length, 1);
        at += 2;
      } else return;
    }
  };
  run(0, Number.POSITIVE_INFINITY, 0);
  return Uint16Array.from(out.slice(0, limit));
}

export interface Palette {
  readonly red: LookupTable;
  readonly green: LookupTable;
  readonly blue: LookupTable;
}

const channels = [
  ['00281101', '00281201', '00281221'],
  ['00281102', '00281202', '00281222'],
  ['00281103', '00281203', '00281223'],
] as const;

/** Palette Color LUTs, plain or segmented, of an image with PALETTE COLOR. */
export function readPalette(image: DicomJson): Palette | undefined {
  const [red, green, blue] = channels.map(([descriptor, data, segmented]) => {
    const plain = lookupTable(image[descriptor], image[data]);
    if (plain !== undefined || image[segmented] === undefined) return plain;
    const [count = 0, firstMapped = 0, bitsPerEntry = 16] = numbers(image[descriptor]);
    const words = tableEntries(
      image[segmented],
      Math.floor(base64Bytes(image[segmented].InlineBinary ?? '').length / 2),
    );
    return { firstMapped, bitsPerEntry, entries: expandSegments(words, count === 0 ? 65536 : count & 0xffff) };
  });
  return red && green && blue ? { red, green, blue } : undefined;
}
