/** Values of ISO 32000-1, 7.3; a stream keeps its bytes as written. */
export type PdfValue =
  | null
  | boolean
  | number
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PdfValue[] }
  | PdfDict
  | { readonly kind: 'ref'; readonly id: number }
  | { readonly kind: 'stream'; readonly dict: PdfDict; readonly raw: string }
  | { readonly kind: 'operator'; readonly word: string };

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

const DEEPEST = 40;
const WHITE = /[\0\t\n\f\r ]/;
const DELIMITER = /[()<>[\]{}/%]/;

/** Reads values one after the other from text with one character a byte. */
export interface PdfReader {
  /** Undefined at the end, and where a closing bracket stands. */
  next(): PdfValue | undefined;
  at(): number;
  moveTo(place: number): void;
}

export function readPdf(source: string, start = 0, end = source.length): PdfReader {
  let at = start;
  const skip = () => {
    while (at < end) {
      if (source[at] === '%') while (at < end && source[at] !== '\n' && source[at] !== '\r') at += 1;
      else if (WHITE.test(source[at] ?? '')) at += 1;
      else return;
    }
  };
  const word = (): string => {
    const from = at;
    while (at < end && !WHITE.test(source[at] ?? '') && !DELIMITER.test(source[at] ?? '')) at += 1;
    return source.slice(from, at);
  };
  function literal(): string {
    let text = '';
    let open = 1;
    at += 1;
    while (at < end) {
      const character = source[at] ?? '';
      at += 1;
      if (character === '\\') {
        const octal = /^[0-7]{1,3}/.exec(source.slice(at, at + 3))?.[0];
        const escaped = source[at] ?? '';
        at += octal?.length ?? 1;
        if (octal !== undefined) text += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
        else if (escaped === '\r' && source[at] === '\n') at += 1;
        else if (escaped !== '\n' && escaped !== '\r')
          text += ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[escaped] ?? escaped;
        continue;
      }
      if (character === '(') open += 1;
      if (character === ')') open -= 1;
      if (open === 0) break;
      text += character;
    }
    return text;
  }
  function hexadecimal(): string {
    const close = source.indexOf('>', at);
    const digits = source.slice(at + 1, close === -1 ? end : Math.min(close, end)).replace(/[^0-9a-f]/gi, '');
    at = close === -1 ? end : close + 1;
    let text = '';
    for (let place = 0; place < digits.length; place += 2)
      text += String.fromCharCode(Number.parseInt(digits.slice(place, place + 2).padEnd(2, '0'), 16));
    return text;
  }
  function listUntil(close: string, depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    for (;;) {
      skip();
      if (at >= end) return items;
      if (source.startsWith(close, at)) {
        at += close.length;
        return items;
      }
      const before = at;
      const value = read(depth + 1);
      if (value !== undefined) items.push(value);
      else if (at === before) at += 1;
    }
  }
  function reference(id: number): PdfValue {
    const found = /^[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![A-Za-z0-9])/.exec(source.slice(at, at + 24))?.[0];
    if (found === undefined) return id;
    at += found.length;
    return { kind: 'ref', id };
  }
  function read(depth: number): PdfValue | undefined {
    skip();
    if (at >= end || depth > DEEPEST) return undefined;
    const character = source[at] ?? '';
    if (character === '/') {
      at += 1;
      const name = word().replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
      return { kind: 'name', name };
    }
    if (character === '(') return { kind: 'string', text: literal() };
    if (source.startsWith('<<', at)) {
      at += 2;
      const flat = listUntil('>>', depth);
      const entries = new Map<string, PdfValue>();
      for (let place = 0; place + 1 < flat.length; place += 2) {
        const key = flat[place];
        if (typeof key === 'object' && key?.kind === 'name') entries.set(key.name, flat[place + 1] ?? null);
      }
      return { kind: 'dict', entries };
    }
    if (character === '<') return { kind: 'string', text: hexadecimal() };
    if (character === '[') {
      at += 1;
      return { kind: 'list', items: listUntil(']', depth) };
    }
    if (DELIMITER.test(character)) return undefined;
    const text = word();
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) {
      const number = Number(text);
      return Number.isInteger(number) && number > 0 && /^\d+$/.test(text) ? reference(number) : number;
    }
    if (text === 'true' || text === 'false') return text === 'true';
    return text === 'null' ? null : { kind: 'operator', word: text };
  }
  return {
    next: () => {
      for (;;) {
        const value = read(0);
        skip();
        if (value !== undefined || at >= end) return value;
        // A stray bracket between values.
        at += 1;
      }
    },
    at: () => at,
    moveTo: (place) => {
      at = place;
    },
  };
}
