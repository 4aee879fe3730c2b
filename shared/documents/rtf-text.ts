import { LONGEST_DOCUMENT, tidyText } from './markup.ts';

/** Destinations whose content is no text of the document (RTF 1.9.1, "Destinations"). */
const UNREAD = new Set(
  'fonttbl colortbl stylesheet info pict object objdata header headerl headerr headerf footer footerl footerr footerf fldinst generator themedata colorschememapping datastore latentstyles listtable listoverridetable rsidtbl xmlnstbl filetbl revtbl private'.split(
    ' ',
  ),
);

const WORDS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: '  ',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
};

/** Windows-1252 from 0x80 on; what has no character there is a space. */
const UPPER = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const fromByte = (byte: number): string =>
  byte >= 0x80 && byte <= 0x9f ? (UPPER[byte - 0x80] ?? ' ') : String.fromCharCode(byte);

interface Group {
  readonly isUnread: boolean;
  /** Characters behind `\u` that stand for readers without Unicode (`\uc`). */
  readonly skips: number;
}
const OUTERMOST: Group = { isUnread: false, skips: 1 };
const DEEPEST = 500;

/** `source`: one character a byte. Text only: objects, pictures, fields' instructions and what is not known are passed over. */
export function textOfRtf(source: string): string {
  const rtf = source.slice(0, LONGEST_DOCUMENT);
  const token = /\\(?:([a-z]{1,32})(-?\d{1,10})? ?|'([0-9a-f]{2})|([^a-z]))|([{}])|([^\\{}]+)/giy;
  const outer: Group[] = [];
  let group = OUTERMOST;
  let text = '';
  let toSkip = 0;
  const write = (characters: string) => {
    if (group.isUnread) return;
    const skipped = Math.min(toSkip, characters.length);
    toSkip -= skipped;
    text += characters.slice(skipped);
  };
  for (;;) {
    const found = token.exec(rtf);
    if (found === null) break;
    const [, word, parameter, byte, symbol, brace, plain] = found;
    if (brace === '{') {
      if (outer.length < DEEPEST) outer.push(group);
      toSkip = 0;
    } else if (brace === '}') {
      group = outer.pop() ?? OUTERMOST;
      toSkip = 0;
    } else if (plain !== undefined) write(plain.replaceAll(/[\r\n]+/g, ''));
    else if (byte !== undefined) write(fromByte(Number.parseInt(byte, 16)));
    else if (symbol !== undefined) {
      if (symbol === '*') group = { ...group, isUnread: true };
      else if (symbol === '~') write(' ');
      else if (symbol === '_') write('-');
      else if (symbol === '\n' || symbol === '\r') write('\n');
      else if ('\\{}'.includes(symbol)) write(symbol);
    } else if (word !== undefined) {
      const number = Number(parameter ?? 0);
      if (UNREAD.has(word)) group = { ...group, isUnread: true };
      else if (word === 'uc') group = { ...group, skips: Math.min(Math.max(number, 0), 8) };
      else if (word === 'bin') token.lastIndex += Math.max(0, number);
      else if (word === 'u' && parameter !== undefined) {
        toSkip = 0;
        write(String.fromCharCode(number < 0 ? number + 0x1_00_00 : number));
        toSkip = group.isUnread ? 0 : group.skips;
      } else if (WORDS[word] !== undefined) write(WORDS[word]);
    }
  }
  return tidyText(text);
}
