import { NUMBER_WORDS } from './number-words.ts';

const { small, tens } = NUMBER_WORDS;

/** Words that give values, in groups: one taken for another of its group is a wrong report. */
export const VALUE_WORDS: readonly (readonly string[])[] = [
  [...small, ...tens],
  'right left bilateral both unilateral'.split(' '),
  'minimal trace tiny small mild slight moderate marked large severe'.split(' '),
  'upper middle lower mid'.split(' '),
  'acute subacute chronic'.split(' '),
];
