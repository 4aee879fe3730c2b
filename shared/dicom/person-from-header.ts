import type { Person } from '../domain/identity.ts';
import type { DicomJson } from './dicom-json.ts';
import { birthDateOf, sexOf, textOf, textsOf } from './study-summary.ts';
import { Tag } from './tags.ts';

const isHeader = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

/** Other Patient IDs Sequence (PS3.3 C.2.2); retired Other Patient IDs (0010,1000) named no issuer and are not read. */
const otherNumbersOf = (header: DicomJson): NonNullable<Person['otherNumbers']> =>
  (header[Tag.OtherPatientIDsSequence]?.Value ?? []).filter(isHeader).flatMap((item) => {
    const mrn = textOf(item[Tag.PatientID]);
    const issuer = textOf(item[Tag.IssuerOfPatientID]);
    return mrn === undefined ? [] : [{ mrn, ...(issuer === undefined ? {} : { issuer }) }];
  });

const SAYS_REMOVED = /^(?:anonymous|anonymi[sz]ed|anon|de-?identified)$/i;

/** A name that names nobody: left out, put there by a tool that strips headers, or the number once more. */
export const isNoName = (name: string, mrn: string): boolean =>
  name.trim() === '' || SAYS_REMOVED.test(name.trim()) || name.trim() === mrn.trim();

/** The header was stripped (PS3.3 C.7.1.1, Patient Identity Removed): what it still says of the person may be anybody's. */
function isDeIdentified(header: DicomJson): boolean {
  const name = textOf(header[Tag.PatientName]) ?? '';
  return (
    textOf(header[Tag.PatientIdentityRemoved]) === 'YES' ||
    (name !== '' && isNoName(name, textOf(header[Tag.PatientID]) ?? ''))
  );
}

/** Whose image this is, by its own header: the Patient Identification Module (PS3.3 C.2.2). Of a stripped one only the number is left to compare. */
export function personFromHeader(header: DicomJson): Person {
  if (isDeIdentified(header)) return { name: '', sex: 'unknown', mrn: textOf(header[Tag.PatientID]) ?? '' };
  const birthDate = birthDateOf(header);
  const issuer = textOf(header[Tag.IssuerOfPatientID]);
  const otherNames = [...textsOf(header[Tag.OtherPatientNames]), ...textsOf(header[Tag.PatientBirthName])].filter(
    (name) => name.trim() !== '',
  );
  const otherNumbers = otherNumbersOf(header);
  return {
    name: textOf(header[Tag.PatientName]) ?? '',
    sex: sexOf(textOf(header[Tag.PatientSex])),
    mrn: textOf(header[Tag.PatientID]) ?? '',
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(otherNames.length === 0 ? {} : { otherNames }),
    ...(otherNumbers.length === 0 ? {} : { otherNumbers }),
  };
}

/** Everyone the headers of a study name: one person, unless images of somebody else lie in it. */
export const personsInHeaders = (headers: readonly DicomJson[]): readonly Person[] => [
  ...new Map(
    headers.map((header) => {
      const person = personFromHeader(header);
      return [JSON.stringify(person), person] as const;
    }),
  ).values(),
];
