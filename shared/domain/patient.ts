/** DICOM PS3.3 C.2.2.2: M, F, O(ther); `unknown` where a site says nothing or something else. */
export type Sex = 'M' | 'F' | 'O' | 'unknown';

const YEAR_MS = 365.2425 * 24 * 60 * 60 * 1000;

/** Whole years at a moment; undefined when the birth date is not known. */
export function ageInYears(birthDate: string | undefined, at: number): number | undefined {
  const born = birthDate === undefined ? Number.NaN : Date.parse(birthDate);
  return Number.isNaN(born) ? undefined : Math.floor((at - born) / YEAR_MS);
}

/** Younger than this is read with templates for children. */
export const CHILD_YEARS = 16;
