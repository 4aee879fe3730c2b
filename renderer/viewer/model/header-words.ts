import type { WordPattern } from '#shared/domain/hanging-protocol.ts';

/**
 * Words of a header as they are compared: `T2_tse SAG`, `Schädel nativ` and `AxT2` become `t2 tse sag`, `schadel nativ` and
 * `ax t2`. A plus stays: `C+` means contrast.
 */
export const foldWords = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();

/** Scripts that put no space between words. */
const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
/** Folded words hold nothing but letters, digits, plus signs and single spaces: these classes are enough, and quick. */
const SIGN = '[^ +]';
const LETTER = '[^ +0-9]';

/** Where a letter ends the pattern no letter may follow; after a digit neither letter nor digit may. */
function edge(sign: string | undefined): string {
  if (sign === undefined || SPACELESS.test(sign)) return '';
  return /[0-9]/.test(sign) ? SIGN : LETTER;
}

interface Compiled {
  /** What must occur in any case: looked for first, since most patterns are answered by nothing. */
  readonly literals: readonly string[];
  /** Made when it is first needed. */
  expression?: RegExp;
}

const compiled = new Map<WordPattern, Compiled>();

/** A space beside a star belongs to the pattern: `t2 *`. */
function foldPart(part: string): string {
  const folded = foldWords(part);
  return folded === '' ? '' : `${part.startsWith(' ') ? ' ' : ''}${folded}${part.endsWith(' ') ? ' ' : ''}`;
}

function compile(pattern: WordPattern): Compiled {
  const known = compiled.get(pattern);
  if (known) return known;
  const made: Compiled = { literals: pattern.split('*').map(foldPart) };
  compiled.set(pattern, made);
  return made;
}

function expressionOf(literals: readonly string[]): RegExp {
  const source = literals.map((part) => part.replaceAll('+', String.raw`\+`)).join(`${SIGN}*`);
  const [before, after] = [edge(literals[0]?.[0]), edge(literals.at(-1)?.at(-1))];
  return new RegExp(`${before && `(?<!${before})`}${source}${after && `(?!${after})`}`, 'u');
}

/** `folded`: words as `foldWords` leaves them. */
export function answersPattern(folded: string, pattern: WordPattern): boolean {
  const found = compile(pattern);
  if (!found.literals.every((part) => folded.includes(part))) return false;
  found.expression ??= expressionOf(found.literals);
  return found.expression.test(folded);
}

/** The first of these patterns that the words answer. */
export const firstAnswered = (folded: string, patterns: readonly WordPattern[]): WordPattern | undefined =>
  folded === '' ? undefined : patterns.find((pattern) => answersPattern(folded, pattern));
