/** A number with its unit, or a side: what is worst to mishear. */
const TOLD =
  /[−-]?\d+(?:[.,:/–-]\d+)*(?:\s?[×x]\s?\d+(?:[.,]\d+)*)*(?:\s?(?:mm|cm|HU|mL|ml|mSv|Gy|%|kg|g))?(?![a-z])|\b[CTLS]\d{1,2}(?:[-–/][CTLS]?\d{1,2})?\b|\b(?:left|right|bilateral|both|no)\b/gi;

/** What of a text is shown large at the moment it was heard: numbers, levels, sides and denials. */
export const echoOf = (text: string): readonly string[] => text.match(TOLD) ?? [];
