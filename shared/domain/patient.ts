import type { PatientId, SiteId } from './identifiers.ts';

/** DICOM PS3.3 C.2.2.2: M, F, O(ther); `unknown` where a site says nothing or something else. */
export type Sex = 'M' | 'F' | 'O' | 'unknown';

/** A patient as one site knows them. */
export interface Patient {
  readonly id: PatientId;
  readonly siteId: SiteId;
  /** Medical record number inside the site. Empty when the site gave none. */
  readonly mrn: string;
  /** PS3.5 6.2.1 PN, e.g. `Doe^Jane^^Dr.`; may hold ideographic and phonetic groups after `=`. */
  readonly name: string;
  readonly sex: Sex;
  /** ISO date `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly birthDate?: string;
}
