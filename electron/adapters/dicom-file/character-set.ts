/** Decodes one element's text under a data set's Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1.2.5). */
export type TextDecode = (bytes: Uint8Array, isPersonName: boolean) => string;

type Set1 = (bytes: Uint8Array) => string;

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();
function decodeAs(label: string, bytes: Uint8Array): string {
  let decoder = decoders.get(label);
  if (decoder === undefined) decoders.set(label, (decoder = new TextDecoder(label)));
  return decoder.decode(bytes);
}

/** ISO 8859-1 by hand: TextDecoder gives that label to windows-1252. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

const as =
  (label: string): Set1 =>
  (bytes) =>
    decodeAs(label, bytes);

/** JIS X 0208 and 0212 are invoked in seven bits; EUC-JP is the same codes with the eighth bit set. */
const jis0208: Set1 = (bytes) =>
  decodeAs(
    'euc-jp',
    bytes.map((byte) => byte | 0x80),
  );
const jis0212: Set1 = (bytes) => {
  const euc: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) euc.push(0x8f, (bytes[at] ?? 0) | 0x80, (bytes[at + 1] ?? 0) | 0x80);
  return decodeAs('euc-jp', Uint8Array.from(euc));
};

/** The right half (G1) of each single-byte set by ISO registration number. */
const rightHalf: Readonly<Record<string, Set1>> = {
  '100': latin1,
  '101': as('iso-8859-2'),
  '109': as('iso-8859-3'),
  '110': as('iso-8859-4'),
  '144': as('iso-8859-5'),
  '127': as('iso-8859-6'),
  '126': as('iso-8859-7'),
  '138': as('iso-8859-8'),
  '148': as('windows-1254'),
  '203': as('iso-8859-15'),
  '166': as('windows-874'),
  '13': as('shift_jis'),
  '149': as('euc-kr'),
  '58': as('gb18030'),
};

/** Escape sequences (PS3.3 tables C.12-3, C.12-4): what each invokes, and where. */
const escapes: readonly (readonly [sequence: string, half: 'g0' | 'g1', decode: Set1 | undefined])[] = [
  ['(B', 'g0', undefined],
  ['(J', 'g0', undefined],
  ['$B', 'g0', jis0208],
  ['$@', 'g0', jis0208],
  ['$(D', 'g0', jis0212],
  [')I', 'g1', rightHalf['13']],
  ['$)C', 'g1', rightHalf['149']],
  ['$)A', 'g1', rightHalf['58']],
  ['-A', 'g1', rightHalf['100']],
  ['-B', 'g1', rightHalf['101']],
  ['-C', 'g1', rightHalf['109']],
  ['-D', 'g1', rightHalf['110']],
  ['-L', 'g1', rightHalf['144']],
  ['-G', 'g1', rightHalf['127']],
  ['-F', 'g1', rightHalf['126']],
  ['-H', 'g1', rightHalf['138']],
  ['-M', 'g1', rightHalf['148']],
  ['-b', 'g1', rightHalf['203']],
  ['-T', 'g1', rightHalf['166']],
];

const ESC = 0x1b;
const isControlOrDelimiter = (byte: number, isPersonName: boolean): boolean =>
  byte === 0x5c ||
  byte === 0x0a ||
  byte === 0x0c ||
  byte === 0x0d ||
  byte === 0x09 ||
  (isPersonName && (byte === 0x5e || byte === 0x3d));

/** ISO 2022 code extensions: a state machine over bytes, back to the first set at every delimiter (PS3.5 6.1.2.5.3). */
function decodeIso2022(bytes: Uint8Array, isPersonName: boolean, first: Set1): string {
  let g0: Set1 | undefined;
  let g1 = first;
  let text = '';
  let runAt = 0;
  const flush = (end: number) => {
    if (end > runAt) text += (g0 ?? g1)(bytes.subarray(runAt, end));
    runAt = end;
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === ESC) {
      const following = latin1(bytes.subarray(at + 1, at + 4));
      const escape = escapes.find(([sequence]) => following.startsWith(sequence));
      if (escape === undefined) continue;
      flush(at);
      const [sequence, half, decode] = escape;
      if (half === 'g0') g0 = decode;
      else if (decode !== undefined) {
        g1 = decode;
        g0 = undefined;
      }
      at += sequence.length;
      runAt = at + 1;
    } else if (g0 === undefined && isControlOrDelimiter(byte, isPersonName)) {
      flush(at);
      g1 = first;
    }
  }
  flush(bytes.length);
  return text;
}

/** The default repertoire has no right half, yet files use it: UTF-8 where it is valid UTF-8, else Latin-1. */
const undeclared: Set1 = (bytes) => {
  if (bytes.every((byte) => byte < 0x80)) return latin1(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return latin1(bytes);
  }
};

/** The decoder for the values of Specific Character Set; unknown terms fall back to the default repertoire. */
export function textDecoder(terms: readonly string[]): TextDecode {
  const first = (terms[0] ?? '').trim().toUpperCase();
  if (/GB18030/.test(first)) return as('gb18030');
  if (/GBK|GB2312/.test(first)) return as('gbk');
  if (/UTF.?8|\b192\b/.test(first)) return as('utf-8');
  const number = /(\d+)\s*$/.exec(first)?.[1] ?? '6';
  const single = rightHalf[number] ?? undeclared;
  // Escape sequences are honoured even where only one set is declared: writers forget the second value.
  return (bytes, isPersonName) => (bytes.includes(ESC) ? decodeIso2022(bytes, isPersonName, single) : single(bytes));
}
