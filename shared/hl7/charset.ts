import { readDelimiters } from './delimiters.ts';

/** Decodes by an encoding label of the Encoding Standard. Undefined when the bytes are not valid in it, or it is not known. */
export type DecodeText = (bytes: Uint8Array, label: string) => string | undefined;

/** MSH-18 (table 0211) to labels of the Encoding Standard. */
const LABELS: Readonly<Record<string, string>> = {
  '': 'utf-8',
  ASCII: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UNICODE: 'utf-8',
  'UNICODE UTF-16': 'utf-16be',
  '8859/1': 'iso-8859-1',
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/9': 'iso-8859-9',
  '8859/15': 'iso-8859-15',
  'GB 18030-2000': 'gb18030',
  GB18030: 'gb18030',
  GB2312: 'gb18030',
  GBK: 'gb18030',
  'BIG-5': 'big5',
  BIG5: 'big5',
  'KS X 1001': 'euc-kr',
  'ISO IR87': 'iso-2022-jp',
  'ISO IR159': 'iso-2022-jp',
  'ISO IR14': 'shift_jis',
  'ISO IR6': 'utf-8',
  CNS: 'big5',
};

const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
};

/** MSH-18 from bytes whose header is ASCII, as every encoding here but UTF-16 has it. */
function declaredCharset(bytes: Uint8Array): string {
  const head = latin1(bytes.subarray(0, 2048));
  const start = head.indexOf('MSH');
  const line = start === -1 ? '' : (head.slice(start).split(/[\r\n]/)[0] ?? '');
  const by = readDelimiters(line);
  if (by === undefined) return '';
  const field = line.split(by.field)[17] ?? '';
  const first = by.repetition === '' ? field : (field.split(by.repetition)[0] ?? '');
  return first.trim().toUpperCase();
}

/**
 * Bytes of one message to text. A declared character set is followed, with one exception seen in the field: senders that declare
 * ISO 8859 and write UTF-8. Bytes that are valid UTF-8 beyond ASCII are practically never meant as a one-byte set. What fits nothing
 * is read as ISO 8859-1, where every byte is a character: nothing is dropped.
 */
export function decodeHl7(bytes: Uint8Array, decode: DecodeText): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes.subarray(2), 'utf-16le') ?? latin1(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes.subarray(2), 'utf-16be') ?? latin1(bytes);
  const label = LABELS[declaredCharset(bytes)] ?? 'utf-8';
  if (label === 'utf-8' || label.startsWith('iso-8859')) {
    const unicode = decode(bytes, 'utf-8');
    if (unicode !== undefined) return unicode;
  }
  return (label === 'utf-8' ? undefined : decode(bytes, label)) ?? decode(bytes, 'windows-1252') ?? latin1(bytes);
}
