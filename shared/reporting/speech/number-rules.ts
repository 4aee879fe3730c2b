import type { Rules } from './jsgf.ts';
import { NUMBER_WORDS, wordsOfOrdinal } from './number-words.ts';
import { MONTHS } from './read-dates-en.ts';

const { small, tens } = NUMBER_WORDS;
const days = Array.from({ length: 31 }, (_, index) => wordsOfOrdinal(index + 1).join(' '));
const upTo = (last: number): string => small.slice(1, last + 1).join(' | ');

/** Numbers, sizes, levels, dates and times as they are said. Repeats go through the tail, so that each rule stands once in the network. */
export const NUMBER_RULES: Rules = {
  digit: small.slice(0, 10).join(' | '),
  'nonzero-digit': upTo(9),
  'small-number': small.slice(0, 11).join(' | '),
  'below-hundred': `${small.join(' | ')} | /8/ (${tens.join(' | ')}) [<nonzero-digit>]`,
  number: '/10/ <below-hundred> | <nonzero-digit> hundred [[and] <below-hundred>]',
  fraction: 'point <digit> [<digit>]',
  decimal: '/20/ (/20/ <NULL> | minus) <number> [<fraction>] | /0.2/ <fraction>',
  measure: '<decimal> (<unit> [(by | to) <measure>] | (by | to) <measure>)',
  'image-number': `(${small.join(' | ')} | ${tens.join(' | ')} | hundred | and)+`,
  month: MONTHS.join(' | '),
  day: days.join(' | '),
  year: 'twenty (<below-hundred> | oh <nonzero-digit>) | two thousand [[and] <below-hundred>] | nineteen <below-hundred>',
  date: '<month> ([the] <day> [<year>] | <year>) | [the] <day> [of] <month> [<year>] | <year>',
  hour: upTo(12),
  minute: `oh <nonzero-digit> | ${small.slice(10).join(' | ')} | (${tens.slice(0, 4).join(' | ')}) [<nonzero-digit>]`,
  time: "<hour> [<minute>] (a. m | p m) | <below-hundred> <minute> [hours] | <below-hundred> hundred hours | <hour> o'clock",
  vertebra: `c (${upTo(7)}) | t (${upTo(12)}) | l (${upTo(5)}) | s (${upTo(5)})`,
  'next-level': `/4/ <vertebra> | ${upTo(12)}`,
  level: '<vertebra> [/30/ <next-level> | (to | through | slash) <next-level>] [level]',
};
