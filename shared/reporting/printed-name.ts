import { displayPersonName } from '../dicom/person-name.ts';

/** A PS3.5 6.2.1 person name with every group that was given: `Yamada, Tarou (山田, 太郎)`. */
export function allWritings(personName: string): string {
  const [first = '', ...others] = personName
    .split('=')
    .map(displayPersonName)
    .filter((group) => group !== '');
  return others.length === 0 ? first : `${first} (${others.join('; ')})`;
}

/** `Dr. Jane Doe, PhD`: as a signature line has it. */
export function signatureName(personName: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (personName.split('=')[0] ?? '')
    .split('^')
    .map((part) => part.trim());
  const name = [prefix, given, middle, family].filter((part) => part !== '').join(' ');
  return suffix === '' ? name : `${name}, ${suffix}`;
}
