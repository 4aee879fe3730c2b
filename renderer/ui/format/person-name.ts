/**
 * A PS3.5 6.2.1 person name as a list shows it: family name in capitals, then given and middle names. The ideographic
 * group follows in brackets where it says something else: it is how the patient's own documents spell the name.
 */
export function showPersonName(name: string): string {
  const [alphabetic = '', ideographic = ''] = name.split('=');
  const latin = showGroup(alphabetic, true);
  const other = showGroup(ideographic, false);
  if (latin === '') return other === '' ? 'Name not given' : other;
  return other === '' || other === latin ? latin : `${latin} (${other})`;
}

function showGroup(group: string, asList: boolean): string {
  const [family = '', given = '', middle = ''] = group.split('^').map((part) => part.trim());
  const rest = [given, middle].filter((part) => part !== '').join(' ');
  if (!asList) return [family, rest].filter((part) => part !== '').join(' ');
  return [family.toLocaleUpperCase('en'), rest].filter((part) => part !== '').join(', ');
}

/** The same name as a person is addressed: `Dana Lee`. */
export function showReaderName(name: string): string {
  const [family = '', given = ''] = (name.split('=')[0] ?? '').split('^').map((part) => part.trim());
  return [given, family].filter((part) => part !== '').join(' ');
}
