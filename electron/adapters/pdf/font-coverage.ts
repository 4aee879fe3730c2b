/** Which characters a TrueType font has glyphs for, read from its `cmap` table (OpenType 1.9, formats 4 and 12). */
export function readCoverage(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableOffset(view, 'cmap');
  const covered = new Set<number>();
  const count = view.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const subtable = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    const format = view.getUint16(subtable);
    if (format === 4) readFormat4(view, subtable, covered);
    else if (format === 12) readFormat12(view, subtable, covered);
  }
  return (codePoint) => covered.has(codePoint);
}

function tableOffset(view: DataView, tag: string): number {
  const tables = view.getUint16(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(record + byte)));
    if (name === tag) return view.getUint32(record + 8);
  }
  throw new Error(`font without ${tag} table`);
}

function readFormat4(view: DataView, subtable: number, covered: Set<number>): void {
  const bytes = view.getUint16(subtable + 6);
  const [ends, starts] = [subtable + 14, subtable + 16 + bytes];
  const [deltas, ranges] = [starts + bytes, starts + 2 * bytes];
  for (let at = 0; at < bytes; at += 2) {
    const [start, end] = [view.getUint16(starts + at), view.getUint16(ends + at)];
    const [delta, range] = [view.getUint16(deltas + at), view.getUint16(ranges + at)];
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const glyph = range === 0 ? code + delta : view.getUint16(ranges + at + range + 2 * (code - start));
      if ((glyph & 0xffff) !== 0) covered.add(code);
    }
  }
}

function readFormat12(view: DataView, subtable: number, covered: Set<number>): void {
  const groups = view.getUint32(subtable + 12);
  for (let index = 0; index < groups; index += 1) {
    const group = subtable + 16 + index * 12;
    const [start, end, glyph] = [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)];
    for (let code = start; code <= end; code += 1) if (glyph + code - start !== 0) covered.add(code);
  }
}
