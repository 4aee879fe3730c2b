import { english } from './english.ts';
import { ownWordTable } from './own-words.ts';
import { longestAt, type Piece, type PieceReader } from './piece.ts';
import type { OwnWord, SpeechLocale } from './speech.ts';
import type { SpokenLanguage } from './spoken-language.ts';

export interface WritingPlace {
  readonly locale: SpeechLocale;
  /** Text left of the caret: decides on capital and space. */
  readonly before: string;
  /** Text right of the caret; a sentence that goes on there gets no full stop. */
  readonly after?: string;
  /** False for the value of a field: neither capital nor full stop. */
  readonly isSentence?: boolean;
  /** Words within a sentence that stands already: no full stop. */
  readonly isPart?: boolean;
  /** Words that the reader taught are written their way. */
  readonly ownWords?: readonly OwnWord[];
}

const LANGUAGES: Readonly<Record<SpeechLocale, SpokenLanguage>> = {
  'en-US': english('en-US'),
  'en-GB': english('en-GB'),
};

const startsWith = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, step) => words[at + step] === word);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Takes back to the end of the sentence before. */
function scratch(pieces: Piece[]): void {
  const ends = ({ kind }: Piece) => kind === 'stop' || kind === 'line';
  while (pieces.length > 0 && pieces.slice(-1).some(ends)) pieces.pop();
  while (pieces.length > 0 && !pieces.slice(-1).some(ends)) pieces.pop();
}

function readOwnWord(ownWords: readonly OwnWord[]): PieceReader {
  const table = ownWordTable(ownWords);
  return (words, at) => {
    const found = longestAt(table, words, at);
    return found && { text: found.value, taken: found.taken, kind: 'word' };
  };
}

function readPieces(
  words: readonly string[],
  language: SpokenLanguage,
  ownWords: readonly OwnWord[],
): readonly Piece[] {
  const readers = [readOwnWord(ownWords), ...language.readers];
  const pieces: Piece[] = [];
  for (let at = 0; at < words.length;) {
    if (startsWith(words, at, language.scratchThat)) {
      scratch(pieces);
      at += language.scratchThat.length;
      continue;
    }
    if (startsWith(words, at, language.capThat)) {
      const last = pieces.pop();
      if (last !== undefined) pieces.push({ ...last, text: capitalised(last.text) });
      at += language.capThat.length;
      continue;
    }
    const found = readers.map((read) => read(words, at)).find((piece) => piece !== undefined);
    const piece = found ?? { text: language.spell(words[at] ?? ''), taken: 1, kind: 'word' };
    pieces.push(piece);
    at += Math.max(1, piece.taken);
  }
  return pieces;
}

/** A sentence begins at the start, after a full stop, and on a new line; not after `e.g.` or within a number. */
const beginsSentence = (before: string): boolean =>
  /(?:^|\n)\s*(?:[-•]\s*)?$/.test(before) ||
  (/[.!?]["')\]]?\s*$/.test(before) && !/\b(?:e\.g|i\.e|approx|vs|cf|ca)\.\s*$/i.test(before));

const endsWithSpace = (text: string): boolean => text === '' || /[\s([/]$/.test(text);

/** `PICC` and `mm` keep their letters; a word of small letters may begin a sentence. */
const canBeCapitalised = ({ kind, text }: Piece): boolean => kind === 'word' && /^[a-z]/.test(text);

function join(pieces: readonly Piece[], { before, isSentence = true }: WritingPlace): string {
  let written = '';
  let isGlued = false;
  for (const piece of pieces) {
    const so = before + written;
    const hugsLeft = piece.glue === 'left' || piece.glue === 'both' || isGlued;
    const space = hugsLeft || endsWithSpace(so) ? '' : ' ';
    const text = isSentence && canBeCapitalised(piece) && beginsSentence(so) ? capitalised(piece.text) : piece.text;
    const isLine = piece.kind === 'line';
    written = (isLine ? written.replace(/ +$/, '') : written) + space + text;
    isGlued = piece.glue === 'right' || piece.glue === 'both';
  }
  return written;
}

function needsFullStop(pieces: readonly Piece[], place: WritingPlace, language: SpokenLanguage): boolean {
  const last = pieces.at(-1);
  if (place.isSentence === false || place.isPart === true || last === undefined) return false;
  if (language.unfinished.has(last.text) && pieces.at(-2)?.glue !== 'both') return false;
  if (last.kind === 'stop' || last.kind === 'line') return false;
  if (last.kind === 'mark' && !/[)\]"%°]/.test(last.text)) return false;
  return place.after === undefined || /^\s*(?:$|\n|[A-Z0-9])/.test(place.after);
}

/** A line or paragraph ends the sentence before it. */
function closeLines(pieces: readonly Piece[], place: WritingPlace, language: SpokenLanguage): readonly Piece[] {
  if (place.isSentence === false) return pieces;
  return pieces.flatMap((piece, index) => {
    const previous = pieces[index - 1];
    const isOpen = piece.kind === 'line' && previous !== undefined && ['word', 'number'].includes(previous.kind);
    return isOpen && !language.headings.has(previous.text)
      ? [{ text: '.', taken: 0, kind: 'stop', glue: 'left' } as const, piece]
      : [piece];
  });
}

/**
 * Spoken words as a radiologist would have typed them at the caret, with the space and the capital that the text
 * before asks for and a full stop where the sentence lacks one. Numbers, units, levels, dates: see `english.ts`.
 */
export function writeSpoken(words: readonly string[], place: WritingPlace): string {
  const language = LANGUAGES[place.locale];
  const spoken = language.normalise(words);
  const pieces = closeLines(readPieces(spoken, language, place.ownWords ?? []), place, language);
  const text = join(pieces, place);
  return needsFullStop(pieces, place, language) ? `${text}.` : text;
}
