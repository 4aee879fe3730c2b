import type { OpenCase } from '../bridge/index.ts';
import { showAgeAndSex, showPersonName } from '../ui/index.ts';
import { priorityWord } from '../ui/index.ts';

/** The patient line: the context key made visible, the same words wherever it stands. */
export function patientWords({ row }: OpenCase, now: number) {
  return {
    name: showPersonName(row.patient.name),
    ageAndSex: showAgeAndSex(row.patient.birthDate, row.patient.sex, now),
    mrn: row.patient.mrn === '' ? 'MRN not given' : `MRN ${row.patient.mrn}`,
    exam: row.exam.text,
    site: row.location === undefined ? row.siteName : `${row.siteName}, ${row.location}`,
    priority: priorityWord(row.priority),
    accession: row.accessionNumber === undefined ? 'no accession number' : `accession ${row.accessionNumber}`,
  };
}

export function patientSentence(opened: OpenCase, now: number): string {
  const words = patientWords(opened, now);
  return [words.name, words.ageAndSex, words.mrn, words.exam, words.site, words.accession].join(' · ');
}
