import type { SectionRole } from '#shared/reporting/report.ts';

/** LOINC document sections and RadLex report components, as report templates use them. */
const ROLE_OF_CODE: Readonly<Record<string, SectionRole>> = {
  '55752-0': 'indication', // Clinical information
  '18785-6': 'indication', // Radiology Reason for study
  '11329-0': 'indication', // History general
  RID13166: 'indication',
  '55111-9': 'technique', // Current imaging procedure descriptions
  RID1559: 'technique', // procedure
  '18834-2': 'comparison', // Radiology Comparison study
  '55114-2': 'comparison', // Prior imaging procedure descriptions
  RID28483: 'comparison',
  '59776-5': 'findings', // Procedure findings
  '18782-3': 'findings', // Radiology Study observation
  RID28486: 'findings',
  '19005-8': 'impression', // Radiology Imaging study [Impression]
  RID13170: 'impression',
  RID28487: 'impression',
};

/** English and German names; the first that matches wins, so the narrower stand first. */
const ROLE_OF_NAME: readonly (readonly [RegExp, SectionRole])[] = [
  [/impression|conclusion|beurteilung|zusammenfassung|\bsummary\b/i, 'impression'],
  [/comparison|vergleich|voruntersuchung|voraufnahme|prior (exam|stud)/i, 'comparison'],
  [/clinical|indication|history|reason|klinisch|fragestellung|anamnese|indikation/i, 'indication'],
  [/technique|procedure|method|technik|untersuchungsprotokoll/i, 'technique'],
  [/finding|observation|befund/i, 'findings'],
];

export const roleOfCode = (code: string): SectionRole | undefined => ROLE_OF_CODE[code];

export function roleOfNames(names: readonly (string | undefined)[]): SectionRole | undefined {
  for (const name of names) {
    if (name === undefined) continue;
    const known = ROLE_OF_NAME.find(([pattern]) => pattern.test(name));
    if (known !== undefined) return known[1];
  }
  return undefined;
}
