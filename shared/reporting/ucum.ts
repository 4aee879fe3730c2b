/** Units of UCUM, where the printed one is another. */
const UCUM: Readonly<Record<string, readonly [code: string, meaning: string]>> = {
  HU: ["[hnsf'U]", 'Hounsfield unit'],
  ml: ['mL', 'mL'],
  cc: ['cm3', 'cm3'],
  'mm²': ['mm2', 'mm2'],
  'cm²': ['cm2', 'cm2'],
  'cm³': ['cm3', 'cm3'],
  '°': ['deg', 'degree'],
  bpm: ['/min', 'per minute'],
  "[hnsf'U]": ["[hnsf'U]", 'Hounsfield unit'],
  '{SUVbw}g/ml': ['{SUVbw}g/ml', 'Standardized Uptake Value body weight'],
  '{pixels}': ['{pixels}', 'pixels'],
  '1': ['1', 'no units'],
};

export const ucumOf = (unit: string): readonly [code: string, meaning: string] =>
  UCUM[unit.trim()] ?? [unit.trim(), unit.trim()];
