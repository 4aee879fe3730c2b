/** What a text must not give away of the people in it. */
export interface Identifiers {
  /** DICOM person names or plain ones: patient, ordering physician, reader. */
  readonly names: readonly string[];
  /** Record, accession and other numbers, as they are known. */
  readonly numbers: readonly string[];
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** Days however written; a year alone stays, for "fusion 2015" names nobody. */
const DATES = new RegExp(
  [
    String.raw`\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b`,
    String.raw`\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th)?\s+${MONTH}\.?,?\s+\d{2,4}\b`,
    String.raw`\b${MONTH}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{2,4}\b`,
    String.raw`\b${MONTH}\.?\s+\d{4}\b`,
  ].join('|'),
  'gi',
);
/** Titles bring a name behind them, also one nobody told us. */
const TITLED = /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?/gu;
const MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Five digits in a row, or groups of digits as in a telephone number or a UID; a measurement has fewer. */
const LONG_NUMBERS = /\+?\d(?:[ ().-]{0,2}\d){6,}|\b[A-Z]{0,5}-?\d{5,}\b/g;
const UIDS = /\d+(?:\.\d+){3,}/g;
const AGES = /\b\d{1,3}[\s-]*(?:years?|yrs?|y\.?\/?o\.?|months?|weeks?|days?)[\s-]*old\b|\baged \d{1,3}\b/gi;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const namePartsOf = (names: readonly string[]): string[] =>
  names.flatMap((name) => name.split(/[\s^=,.]+/)).filter((part) => part.length >= 2);

/** The text with names, days, ages and numbers of people taken out; rather too much goes than too little. */
export function withoutIdentifiers(text: string, { names, numbers }: Identifiers): string {
  const known = numbers.map((number) => number.trim()).filter((number) => number.length >= 2);
  const parts = namePartsOf(names);
  const take = (from: string, words: readonly string[], instead: string): string =>
    words.length === 0
      ? from
      : from.replace(
          new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${words.map(escaped).join('|')})(?![\p{L}\p{N}])`, 'giu'),
          instead,
        );
  const bare = take(text.normalize('NFC'), known, '[number]')
    .replace(UIDS, '[number]')
    .replace(DATES, '[date]')
    .replace(MAIL, '[address]')
    .replace(LONG_NUMBERS, '[number]')
    .replace(AGES, '[age]')
    .replace(TITLED, '[name]');
  return take(bare, parts, '[name]');
}
