import type { HuffmanSpecification } from './jpeg-segments.ts';

const FAST_BITS = 9;

/** A Huffman table ready for decoding (T.81 F.2.2.3), with a direct look-up for codes of up to nine bits. */
export interface HuffmanTable {
  /** `length << 8 | symbol` by the next nine bits; 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** Largest code of each length, -1 where there is none. */
  readonly maxCode: Int32Array;
  readonly offset: Int32Array;
  readonly symbols: Uint8Array;
}

export function huffmanTable({ counts, symbols }: HuffmanSpecification): HuffmanTable {
  const fast = new Uint16Array(1 << FAST_BITS);
  const maxCode = new Int32Array(18).fill(-1);
  const offset = new Int32Array(18);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    offset[length] = index - code;
    for (let nth = 0; nth < count; nth++, code++, index++) {
      if (length > FAST_BITS) continue;
      const first = code << (FAST_BITS - length);
      fast.fill((length << 8) | (symbols[index] ?? 0), first, first + (1 << (FAST_BITS - length)));
    }
    if (count > 0) maxCode[length] = code - 1;
    code <<= 1;
  }
  return { fast, maxCode, offset, symbols };
}

/** Entropy-coded bits of one scan: stuffing removed, stopping at markers. A class because its state is the hot path. */
export class BitReader {
  position: number;
  private held = 0;
  private count = 0;
  /** Zero bits invented after the end: more than a few means the data is cut off. */
  private invented = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, position: number) {
    this.bytes = bytes;
    this.position = position;
  }

  private fill(): void {
    while (this.count <= 16) {
      let byte = 0;
      const next = this.bytes[this.position];
      if (next === undefined) this.invented++;
      else if (next !== 0xff) {
        byte = next;
        this.position++;
      } else if (this.bytes[this.position + 1] === 0) {
        byte = 0xff;
        this.position += 2;
      } else this.invented++;
      if (this.invented > 64) throw new Error('JPEG: the image data is cut off');
      this.held = ((this.held << 8) | byte) & 0xffffff;
      this.count += 8;
    }
  }

  /** The next `length` bits (at most 16) as a number. */
  bits(length: number): number {
    if (length === 0) return 0;
    if (this.count < length) this.fill();
    this.count -= length;
    return (this.held >>> this.count) & ((1 << length) - 1);
  }

  bit(): number {
    return this.bits(1);
  }

  /** A difference of `category` bits with its sign restored (T.81 F.2.2.1). */
  signed(category: number): number {
    if (category === 0) return 0;
    const value = this.bits(category);
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
  }

  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const entry = table.fast[(this.held >>> (this.count - FAST_BITS)) & ((1 << FAST_BITS) - 1)] ?? 0;
    if (entry !== 0) {
      this.count -= entry >> 8;
      return entry & 255;
    }
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      const code = (this.held >>> (this.count - length)) & ((1 << length) - 1);
      if (code <= (table.maxCode[length] ?? -1)) {
        this.count -= length;
        return table.symbols[code + (table.offset[length] ?? 0)] ?? 0;
      }
    }
    throw new Error('JPEG: a code that is in no Huffman table');
  }

  /** Drops bits up to the next marker and steps over it if it is RSTn. Returns whether it was. */
  restart(): boolean {
    this.held = 0;
    this.count = 0;
    this.invented = 0;
    for (let at = this.position; at + 1 < this.bytes.length; at++) {
      if (this.bytes[at] !== 0xff) continue;
      const marker = this.bytes[at + 1] ?? 0;
      if (marker === 0 || marker === 0xff) continue;
      this.position = at;
      if (marker < 0xd0 || marker > 0xd7) return false;
      this.position = at + 2;
      return true;
    }
    return false;
  }
}
