/** The five characters that give a message its structure: MSH-1 and MSH-2 (HL7 v2.5.1, 2.5.4). Absent ones are empty and never match. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export const STANDARD_DELIMITERS: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

/** MSH-2 as it is written on the wire. */
export const encodingCharacters = (by: Delimiters): string =>
  by.component + by.repetition + by.escape + by.subcomponent;

/**
 * Reads MSH-1 and MSH-2. Undefined when the characters cannot structure anything: letters, digits, blanks or the same character twice.
 * A fifth character of MSH-2 (2.7: truncation) is accepted and ignored.
 */
export function readDelimiters(header: string): Delimiters | undefined {
  const field = header[3] ?? '';
  const end = header.indexOf(field, 4);
  const encoding = header.slice(4, end === -1 ? header.length : end);
  const used = [field, ...Array.from(encoding.slice(0, 4))];
  if (encoding.length < 1 || encoding.length > 5 || new Set(used).size !== used.length) return undefined;
  if (used.some((character) => /[A-Za-z0-9\s]/.test(character))) return undefined;
  return {
    field,
    component: encoding[0] ?? '',
    repetition: encoding[1] ?? '',
    escape: encoding[2] ?? '',
    subcomponent: encoding[3] ?? '',
  };
}
