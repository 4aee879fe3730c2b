import { assertNever } from '../kernel/assert-never.ts';
import type { OruCharset } from './oru-format.ts';

/** Where ISO 8859-15 differs from 8859-1. */
const LATIN_9: ReadonlyMap<string, number> = new Map([
  ['€', 0xa4],
  ['Š', 0xa6],
  ['š', 0xa8],
  ['Ž', 0xb4],
  ['ž', 0xb8],
  ['Œ', 0xbc],
  ['œ', 0xbd],
  ['Ÿ', 0xbe],
]);
const REPLACED_IN_LATIN_9: ReadonlySet<number> = new Set(LATIN_9.values());

/** The byte of a character, or undefined where the set has none. */
function byteOf(character: string, charset: Exclude<OruCharset, 'UNICODE UTF-8'>): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  switch (charset) {
    case 'ASCII':
      return code < 0x80 ? code : undefined;
    case '8859/1':
      return code < 0x100 ? code : undefined;
    case '8859/15':
      return LATIN_9.get(character) ?? (code < 0x100 && !REPLACED_IN_LATIN_9.has(code) ? code : undefined);
    default:
      return assertNever(charset);
  }
}

/** `ź` without its mark where the set has only that; else the character's number in words: nothing disappears. */
function substitute(character: string, charset: Exclude<OruCharset, 'UNICODE UTF-8'>): string {
  const base = character.normalize('NFD').replace(/\p{M}+/gu, '');
  const fits =
    base !== '' && base !== character && Array.from(base).every((each) => byteOf(each, charset) !== undefined);
  return fits ? base : `(U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
}

/** A message in the bytes of its character set. */
export function encodeCharset(text: string, charset: OruCharset, utf8: (text: string) => Uint8Array): Uint8Array {
  if (charset === 'UNICODE UTF-8') return utf8(text);
  const bytes: number[] = [];
  for (const character of text.normalize('NFC')) {
    const byte = byteOf(character, charset);
    if (byte !== undefined) bytes.push(byte);
    else for (const each of substitute(character, charset)) bytes.push(byteOf(each, charset) ?? 0x3f);
  }
  return Uint8Array.from(bytes);
}
