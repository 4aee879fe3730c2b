/** Writes elements by hand, right or wrong as a test needs: no library would write the wrong ones. */
export const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
/** Text padded to even length. */
export const ascii = (text: string): Buffer => Buffer.from(text.length % 2 === 0 ? text : `${text}\0`, 'latin1');

const tagBytes = (tag: string): Buffer =>
  Buffer.concat([u16(Number.parseInt(tag.slice(0, 4), 16)), u16(Number.parseInt(tag.slice(4), 16))]);
const isLong = (vr: string): boolean => ['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr);

export function element(
  tag: string,
  vr: string,
  value: Uint8Array,
  coding: 'explicit' | 'implicit' = 'explicit',
): Buffer {
  if (coding === 'implicit') return Buffer.concat([tagBytes(tag), u32(value.length), value]);
  const length = isLong(vr) ? Buffer.concat([u16(0), u32(value.length)]) : u16(value.length);
  return Buffer.concat([tagBytes(tag), Buffer.from(vr), length, value]);
}

export function item(parts: readonly Uint8Array[], length: 'defined' | 'undefined' = 'defined'): Buffer {
  const body = Buffer.concat(parts);
  if (length === 'defined') return Buffer.concat([tagBytes('FFFEE000'), u32(body.length), body]);
  return Buffer.concat([tagBytes('FFFEE000'), u32(0xffffffff), body, tagBytes('FFFEE00D'), u32(0)]);
}

export const sequence = (tag: string, items: readonly Uint8Array[]): Buffer => element(tag, 'SQ', Buffer.concat(items));

/** A sequence, or encapsulated pixel data, closed by a delimiter. */
export const undefinedSequence = (tag: string, vr: string, items: readonly Uint8Array[]): Buffer =>
  Buffer.concat([tagBytes(tag), Buffer.from(vr), u16(0), u32(0xffffffff), ...items, tagBytes('FFFEE0DD'), u32(0)]);

export const meta = (transferSyntaxUid: string): Buffer[] => [
  element('00020002', 'UI', ascii('1.2.840.10008.5.1.4.1.1.7')),
  element('00020003', 'UI', ascii('1.2.3')),
  element('00020010', 'UI', ascii(transferSyntaxUid)),
];

export function part10(transferSyntaxUid: string, body: readonly Uint8Array[]): Buffer {
  const header = Buffer.concat(meta(transferSyntaxUid));
  return Buffer.concat([
    Buffer.alloc(128),
    ascii('DICM'),
    element('00020000', 'UL', u32(header.length)),
    header,
    ...body,
  ]);
}
