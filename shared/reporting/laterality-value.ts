import type { FieldCode, FieldOption } from './report.ts';

export type LateralityValue = 'right' | 'left' | 'bilateral' | 'midline';

const sct = (value: string, meaning: string): FieldCode => ({ value, scheme: 'SNOMEDCT', meaning });

/** Sides of the body with their SNOMED CT codes (PS3.16 CID 244 and 245). */
export const LATERALITIES: readonly (FieldOption & { readonly value: LateralityValue; readonly code: FieldCode })[] = [
  { value: 'right', label: 'right', code: sct('24028007', 'Right') },
  { value: 'left', label: 'left', code: sct('7771000', 'Left') },
  { value: 'bilateral', label: 'bilateral', code: sct('51440002', 'Right and left') },
  { value: 'midline', label: 'midline', code: sct('260528009', 'Median') },
];

export const lateralityCode = (value: string): FieldCode | undefined =>
  LATERALITIES.find((each) => each.value === value)?.code;
