import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { StudySummary } from '#shared/domain/study.ts';

/** Record numbers as systems pad and write them. */
const plain = (mrn: string): string => mrn.trim().toUpperCase().replace(/^0+/, '');

/** Both say whose it is, and say it differently: images of one patient must never stand under the order of another. */
export const isOfAnotherPatient = (reading: ReadingTask, study: StudySummary): boolean =>
  reading.patient.mrn !== '' && study.patientId !== '' && plain(reading.patient.mrn) !== plain(study.patientId);

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
