import { longestAt, phraseTable, type Piece, type PieceReader } from './piece.ts';
import type { SpeechLocale } from './speech.ts';

type Mark = Omit<Piece, 'taken'>;
const stop = (text: string): Mark => ({ text, kind: 'stop', glue: 'left' });
const left = (text: string): Mark => ({ text, kind: 'mark', glue: 'left' });
const right = (text: string): Mark => ({ text, kind: 'mark', glue: 'right' });
const both = (text: string): Mark => ({ text, kind: 'mark', glue: 'both' });
const line = (text: string): Mark => ({ text, kind: 'line', glue: 'both' });
const apart = (text: string): Mark => ({ text, kind: 'mark' });

const MARKS: readonly (readonly [said: string, mark: Mark])[] = [
  ['full stop', stop('.')],
  ['period', stop('.')],
  ['question mark', stop('?')],
  ['exclamation mark', stop('!')],
  ['exclamation point', stop('!')],
  ['comma', left(',')],
  ['semicolon', left(';')],
  ['semi colon', left(';')],
  ['colon', left(':')],
  ['hyphen', both('-')],
  ['dash', apart('-')],
  ['slash', both('/')],
  ['forward slash', both('/')],
  ['open paren', right('(')],
  ['open parenthesis', right('(')],
  ['close paren', left(')')],
  ['close parenthesis', left(')')],
  ['open quote', right('"')],
  ['close quote', left('"')],
  ['end quote', left('"')],
  ['unquote', left('"')],
  ['ampersand', apart('&')],
  ['plus sign', apart('+')],
  ['equals sign', apart('=')],
  ['plus or minus', apart('±')],
  ['less than sign', right('<')],
  ['greater than sign', right('>')],
  ['percent sign', left('%')],
  ['degree sign', left('°')],
  ['new line', line('\n')],
  ['next line', line('\n')],
  ['new paragraph', line('\n\n')],
  ['next paragraph', line('\n\n')],
  ['new bullet', line('\n- ')],
  ['bullet point', line('\n- ')],
];
/** A bracket is round in British print and square in American. */
const BRACKETS: Readonly<Record<SpeechLocale, readonly (readonly [string, Mark])[]>> = {
  'en-US': [
    ['open bracket', right('[')],
    ['close bracket', left(']')],
  ],
  'en-GB': [
    ['open bracket', right('(')],
    ['close bracket', left(')')],
    ['open square bracket', right('[')],
    ['close square bracket', left(']')],
  ],
};

/** The bowel, not the mark, unless one of these stands before: what is followed by a list. */
export const HEADINGS: ReadonlySet<string> = new Set(
  (
    'findings impression technique comparison indication history conclusion recommendation recommendations summary ' +
    'following follows clinical note addendum examination study include includes including levels opinion'
  ).split(' '),
);
/** A span of time, not the mark, after one of these. */
const BEFORE_PERIOD = new Set(
  'a an the this that any each follow-up waiting time postoperative perinatal neonatal refractory interval menstrual'.split(
    ' ',
  ),
);

/** Punctuation said as words. */
export function markReader(locale: SpeechLocale): PieceReader {
  const table = phraseTable([...MARKS, ...BRACKETS[locale]]);
  return (words, at) => {
    const found = longestAt(table, words, at);
    if (found === undefined) return undefined;
    const before = words[at - 1] ?? '';
    if (words[at] === 'colon' && !HEADINGS.has(before)) return undefined;
    if (words[at] === 'period' && BEFORE_PERIOD.has(before)) return undefined;
    return { ...found.value, taken: found.taken };
  };
}
