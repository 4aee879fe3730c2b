/** Longest document that is read at all, in characters: far over any letter, far under what would hurt. */
export const LONGEST_DOCUMENT = 4_000_000;
/** Longest text that a reader is given of one document. */
const LONGEST_TEXT = 100_000;

/** One piece of HTML or XML: text with its entities resolved, or a tag with its local name in small letters. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly name: string; readonly attributes: string; readonly isEmpty: boolean };

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  deg: '°',
  micro: 'µ',
  plusmn: '±',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  le: '≤',
  ge: '≥',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
};

/** Numbered and well-known entities only: one that a document declares itself is left as it is written, never looked up. */
function unescapeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = code > 31 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : ' ';
  });
}

/** Content of these is no text, also where its end tag is missing. */
const RAW = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'xmp', 'noembed']);

/** Walks once over markup, well formed or not, and builds nothing of it: no element, no address, no script ever comes to be. */
export function* piecesOf(markup: string): Generator<MarkupPiece> {
  const source = markup.slice(0, LONGEST_DOCUMENT);
  const lower = source.toLowerCase();
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    if (start === -1) break;
    if (start > at) yield { kind: 'text', text: unescapeEntities(source.slice(at, start)) };
    if (source.startsWith('<!--', start)) {
      at = endOf(source, '-->', start + 4);
      continue;
    }
    if (source.startsWith('<![CDATA[', start)) {
      const end = source.indexOf(']]>', start);
      yield { kind: 'text', text: source.slice(start + 9, end === -1 ? source.length : end) };
      at = end === -1 ? source.length : end + 3;
      continue;
    }
    const named = /^<(\/?)([a-z][\w.-]*(?::[a-z][\w.-]*)?)/i.exec(source.slice(start, start + 80));
    if (named === null) {
      const isDeclaration = source[start + 1] === '!' || source[start + 1] === '?';
      if (!isDeclaration) yield { kind: 'text', text: '<' };
      at = isDeclaration ? endOfDeclaration(source, start) : start + 1;
      continue;
    }
    const end = endOfTag(source, start + named[0].length);
    const name = (named[2] ?? '').split(':').at(-1)?.toLowerCase() ?? '';
    const attributes = source.slice(start + named[0].length, end);
    const isEmpty = attributes.endsWith('/');
    const kind = named[1] === '/' ? 'close' : 'open';
    yield { kind, name, attributes, isEmpty };
    at = end + 1;
    // Past the last character of the raw content; its end tag is walked over like any other.
    if (kind === 'open' && !isEmpty && RAW.has(name)) {
      const close = lower.indexOf(`</${name}`, at);
      at = close === -1 ? source.length : close;
    }
  }
  if (at < source.length) yield { kind: 'text', text: unescapeEntities(source.slice(at)) };
}

const endOf = (source: string, mark: string, from: number): number => {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
};

/** `>` within quotes belongs to a value. */
function endOfTag(source: string, from: number): number {
  let quote = '';
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return source.length;
}

/** A DOCTYPE may hold declarations of its own in brackets: all of it is passed over. */
function endOfDeclaration(source: string, start: number): number {
  const end = source.indexOf('>', start);
  if (end === -1) return source.length;
  const bracket = source.slice(start, end).indexOf('[');
  if (bracket === -1) return end + 1;
  return endOf(source, '>', endOf(source, ']', start + bracket));
}

/** One space, one line end, one empty line at most, and no more than a reader is given. */
export function tidyText(text: string): string {
  const tidy = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return tidy.length > LONGEST_TEXT ? `${tidy.slice(0, LONGEST_TEXT)}\n(cut; ${tidy.length} characters)` : tidy;
}
