import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';

const LONGEST_PATTERN = 80;
const MOST_PATTERNS = 120;
const MOST_STARS = 3;

/** The words by which a hanging knows its region, for an input; those of its first way to fit. */
export const fitsWords = ({ fits }: HangingProtocol): string => fits[0]?.about?.[0]?.join(', ') ?? '';

const readWords = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((word) => word.trim().slice(0, LONGEST_PATTERN))
      .filter((word) => word !== '' && word !== '*' && word.split('*').length - 1 <= MOST_STARS),
  ),
];

/** With what it matches changed: as `model` does, or by these words; without words it fits any region. */
export function withFits(edited: HangingProtocol, model: HangingProtocol | undefined, typed: string): HangingProtocol {
  const from = model ?? edited;
  if (typed === fitsWords(from)) return { ...edited, fits: from.fits };
  const words = readWords(typed).slice(0, MOST_PATTERNS);
  const [first, ...rest] = from.fits;
  if (!first) return edited;
  const { about: _, ...others } = first;
  const further = first.about?.slice(1) ?? [];
  if (words.length === 0) return { ...edited, fits: [others] };
  return { ...edited, fits: [{ ...others, about: [words, ...further] }, ...rest] };
}
