import { isNoName } from '#shared/dicom/person-from-header.ts';
import { isPerhapsSamePerson, type Person } from '#shared/domain/identity.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { StudySummary } from '#shared/domain/study.ts';

/** Whose study it is, as the site's archive says. Where it names nobody its headers may be stripped: they are asked when the case is opened. */
export function personOfStudy({ patientId, patientName, sex, birthDate }: StudySummary): Person {
  if (isNoName(patientName, patientId)) return { mrn: patientId, name: '', sex: 'unknown' };
  return { mrn: patientId, name: patientName, sex, ...(birthDate === undefined ? {} : { birthDate }) };
}

/** Images of one patient must never stand under the order of another; where that is in doubt they wait for a person's decision there. */
export const isOfAnotherPatient = (reading: ReadingTask, study: StudySummary): boolean =>
  !isPerhapsSamePerson(reading.patient, personOfStudy(study));

/**
 * The reading a study belongs to, of those of its site: by accession number, else by Study Instance UID. Where no order
 * vouches for it, a number shared with another patient's study means nothing: discs bring such numbers.
 */
export function readingOf<Held extends { readonly reading: ReadingTask }>(
  study: StudySummary,
  readings: readonly Held[],
): Held | undefined {
  const byAccession =
    study.accessionNumber === undefined || study.accessionNumber === ''
      ? undefined
      : readings.find(
          ({ reading }) =>
            reading.accessionNumber === study.accessionNumber &&
            (reading.serviceRequestId !== undefined || !isOfAnotherPatient(reading, study)),
        );
  return byAccession ?? readings.find(({ reading }) => reading.studyInstanceUids.includes(study.studyInstanceUid));
}
