/** Stands in print for a character the font cannot show. */
export const STAND_IN = '\u25A1';

/**
 * Scripts written from right to left: the font has their letters, but the writer sets them from left to right, and a reversed word misleads
 * more than a visible gap.
 */
const isRightToLeft = (code: number): boolean =>
  (code >= 0x0590 && code <= 0x08ff) || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc);

export interface PrintableText {
  readonly text: string;
  /** Characters that were replaced. */
  readonly replaced: readonly number[];
}

/** The text with every character that cannot be printed replaced, and which ones those were. */
export function printable(text: string, covers: (codePoint: number) => boolean): PrintableText {
  const replaced: number[] = [];
  let shown = '';
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0;
    const isShown = character === '\n' || (covers(code) && !isRightToLeft(code));
    if (!isShown) replaced.push(code);
    shown += isShown ? character : STAND_IN;
  }
  return { text: shown, replaced };
}
