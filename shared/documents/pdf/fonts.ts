import { isKind, type PdfFile } from './open-pdf.ts';
import { readPdf, type PdfValue } from './syntax.ts';

/** How codes of one font become words on a page. */
export interface PdfFont {
  readonly family: 'serif' | 'sans-serif' | 'monospace';
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** The characters of a shown string with their advance in thousandths of the size. */
  readonly glyphs: (shown: string) => readonly PdfGlyph[];
}
export interface PdfGlyph {
  readonly text: string;
  readonly width: number;
  /** Word spacing (Tw) holds for the one-byte code 32 (9.3.3). */
  readonly isSpace: boolean;
}

/** Windows-1252 from 0x80 to 0x9f, which is what WinAnsiEncoding has there (annex D.2). */
const WIN = '€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ';
const NAMES: Readonly<Record<string, string>> = {
  space: ' ',
  period: '.',
  comma: ',',
  hyphen: '-',
  colon: ':',
  semicolon: ';',
  slash: '/',
  parenleft: '(',
  parenright: ')',
  percent: '%',
  plus: '+',
  minus: '−',
  equal: '=',
  less: '<',
  greater: '>',
  question: '?',
  exclam: '!',
  quotesingle: "'",
  quotedbl: '"',
  quoteright: '’',
  quoteleft: '‘',
  quotedblleft: '“',
  quotedblright: '”',
  endash: '–',
  emdash: '—',
  bullet: '•',
  degree: '°',
  mu: 'µ',
  plusminus: '±',
  multiply: '×',
  ampersand: '&',
  at: '@',
  asterisk: '*',
  underscore: '_',
  bar: '|',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  adieresis: 'ä',
  odieresis: 'ö',
  udieresis: 'ü',
  Adieresis: 'Ä',
  Odieresis: 'Ö',
  Udieresis: 'Ü',
  germandbls: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedilla: 'ç',
  ntilde: 'ñ',
  fi: 'fi',
  fl: 'fl',
};

const wordOf = (glyph: string): string | undefined => {
  if (/^[A-Za-z]$/.test(glyph)) return glyph;
  const unicode = /^uni([0-9A-F]{4})/.exec(glyph)?.[1];
  return unicode === undefined ? NAMES[glyph] : String.fromCharCode(Number.parseInt(unicode, 16));
};

const fromWinAnsi = (code: number): string =>
  code >= 0x80 && code <= 0x9f ? (WIN[code - 0x80] ?? '•') : String.fromCharCode(code);

const utf16 = (text: string): string => {
  let words = '';
  for (let at = 0; at + 1 < text.length; at += 2)
    words += String.fromCharCode((text.charCodeAt(at) << 8) | text.charCodeAt(at + 1));
  return words;
};
function codeOf(text: string): number {
  let code = 0;
  for (let at = 0; at < text.length; at += 1) code = code * 256 + text.charCodeAt(at);
  return code;
}

/** A range in a map made to hurt is cut off. */
const LONGEST_RANGE = 65_536;

/** ToUnicode maps, 9.10.3. */
function unicodeMap(source: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  const reader = readPdf(source);
  let held: PdfValue[] = [];
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (!isKind(value, 'operator')) {
      held.push(value);
      continue;
    }
    if (value.word === 'endbfchar')
      for (let at = 0; at + 1 < held.length; at += 2) {
        const [from, to] = [held[at], held[at + 1]];
        if (isKind(from, 'string') && isKind(to, 'string')) map.set(codeOf(from.text), utf16(to.text));
      }
    if (value.word === 'endbfrange')
      for (let at = 0; at + 2 < held.length; at += 3) {
        const [from, to, target] = held.slice(at, at + 3);
        if (!isKind(from, 'string') || !isKind(to, 'string')) continue;
        const [first, last] = [codeOf(from.text), Math.min(codeOf(to.text), codeOf(from.text) + LONGEST_RANGE)];
        for (let code = first; code <= last; code += 1) {
          const each = isKind(target, 'list') ? target.items[code - first] : target;
          if (!isKind(each, 'string')) continue;
          const words = utf16(each.text);
          const moved = isKind(target, 'list')
            ? words
            : words.slice(0, -1) + String.fromCharCode(words.charCodeAt(words.length - 1) + code - first);
          map.set(code, moved);
        }
      }
    held = [];
  }
  return map;
}

export async function readFont(font: PdfValue, file: PdfFile): Promise<PdfFont> {
  const { entry } = file;
  const base = entry(font, 'BaseFont');
  const name = isKind(base, 'name') ? base.name : '';
  const toUnicode = await file.content(entry(font, 'ToUnicode'));
  const map = toUnicode === undefined ? undefined : unicodeMap(toUnicode);
  const subtype = entry(font, 'Subtype');
  const isWide = isKind(subtype, 'name') && subtype.name === 'Type0';
  const widthOf = isWide ? wideWidths(font, file) : simpleWidths(font, file, name);
  const differences = isWide ? new Map<number, string>() : encodingOf(entry(font, 'Encoding'), file);
  const wordFor = (code: number): string =>
    map?.get(code) ?? differences.get(code) ?? (isWide ? '' : fromWinAnsi(code));
  return {
    family: /courier|mono|consol/i.test(name)
      ? 'monospace'
      : /times|serif|roman|georgia|garamond|cambria|palatino/i.test(name) && !/sans/i.test(name)
        ? 'serif'
        : 'sans-serif',
    isBold: /bold|black|heavy/i.test(name),
    isItalic: /italic|oblique/i.test(name),
    glyphs: (shown) => {
      const size = isWide ? 2 : 1;
      const glyphs: PdfGlyph[] = [];
      for (let at = 0; at + size <= shown.length; at += size) {
        const code = codeOf(shown.slice(at, at + size));
        glyphs.push({ text: wordFor(code), width: widthOf(code), isSpace: !isWide && code === 32 });
      }
      return glyphs;
    },
  };
}

function simpleWidths(font: PdfValue, { entry, resolve }: PdfFile, name: string): (code: number) => number {
  const first = entry(font, 'FirstChar');
  const widths = entry(font, 'Widths');
  // The standard fonts bring none: a width that fits most letters of Helvetica, and Courier's own.
  const otherwise = /courier/i.test(name) ? 600 : 520;
  if (typeof first !== 'number' || !isKind(widths, 'list')) return (code) => (code === 32 ? 278 : otherwise);
  return (code) => {
    const width = resolve(widths.items[code - first]);
    return typeof width === 'number' ? width : otherwise;
  };
}

/** W of a CIDFont, 9.7.4.3: `c [w1 w2 …]` or `first last w`. */
function wideWidths(font: PdfValue, { entry, resolve }: PdfFile): (code: number) => number {
  const [descendant] = [entry(font, 'DescendantFonts')].flatMap((list) => (isKind(list, 'list') ? list.items : []));
  const told = entry(descendant, 'W');
  const usual = entry(descendant, 'DW');
  const widths = new Map<number, number>();
  const items = isKind(told, 'list') ? told.items.map(resolve) : [];
  for (let at = 0; at < items.length;) {
    const [first, second, third] = items.slice(at, at + 3);
    if (typeof first === 'number' && isKind(second, 'list')) {
      second.items.forEach((width, place) => {
        const number = resolve(width);
        if (typeof number === 'number') widths.set(first + place, number);
      });
      at += 2;
    } else {
      if (typeof first === 'number' && typeof second === 'number' && typeof third === 'number')
        for (let code = first; code <= Math.min(second, first + LONGEST_RANGE); code += 1) widths.set(code, third);
      at += 3;
    }
  }
  return (code) => widths.get(code) ?? (typeof usual === 'number' ? usual : 1000);
}

/** Differences, 9.6.6.1. */
function encodingOf(encoding: PdfValue, { entry, resolve }: PdfFile): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  const differences = entry(encoding, 'Differences');
  let code = 0;
  for (const item of isKind(differences, 'list') ? differences.items.map(resolve) : []) {
    if (typeof item === 'number') code = item;
    else if (isKind(item, 'name')) {
      const word = wordOf(item.name);
      if (word !== undefined) map.set(code, word);
      code += 1;
    }
  }
  return map;
}
