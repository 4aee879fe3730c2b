/** The three writings of one PN value (PS3.5 6.2.1.2); DICOM JSON keeps them apart under the same names. */
export interface PersonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

/** Splits `Yamada^Tarou=山田^太郎=やまだ^たろう`. */
export function parsePersonName(text: string): PersonName {
  const [alphabetic, ideographic, phonetic] = text.split('=').map((group) => group.trim());
  return {
    ...(alphabetic ? { Alphabetic: alphabetic } : {}),
    ...(ideographic ? { Ideographic: ideographic } : {}),
    ...(phonetic ? { Phonetic: phonetic } : {}),
  };
}

/** The inverse: all groups in one text, trailing empty groups dropped. */
export const personNameText = (name: PersonName): string =>
  [name.Alphabetic ?? '', name.Ideographic ?? '', name.Phonetic ?? ''].join('=').replace(/=+$/, '');

/** As people write it: `Family, Given Middle`, prefix before and suffix after, from the first group that has anything. */
export function displayPersonName(text: string): string {
  const group = text.split('=').find((candidate) => candidate.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  const fore = [prefix, given, middle].filter((part) => part !== '').join(' ');
  const name = family === '' ? fore : fore === '' ? family : `${family}, ${fore}`;
  return suffix === '' ? name : `${name}, ${suffix}`;
}
