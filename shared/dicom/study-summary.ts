import type { AccessionNumber, StudyInstanceUid } from '../domain/identifiers.ts';
import type { Sex } from '../domain/patient.ts';
import type { StudySummary } from '../domain/study.ts';
import type { DicomJson, DicomJsonElement } from './dicom-json.ts';
import { personNameText, type PersonName } from './person-name.ts';
import { Tag } from './tags.ts';

const isPersonName = (value: unknown): value is PersonName => typeof value === 'object' && value !== null;

/** All values of an element as text; person names in their full form; nulls as empty text. */
export const textsOf = (element: DicomJsonElement | undefined): string[] =>
  (Array.isArray(element?.Value) ? element.Value : []).map((value: unknown) => {
    if (value === null || value === undefined) return '';
    if (isPersonName(value)) return personNameText(value);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });

/** First value as text without padding; undefined when there is none. */
export function textOf(element: DicomJsonElement | undefined): string | undefined {
  const text = textsOf(element)[0]?.trim();
  return text === undefined || text === '' ? undefined : text;
}

const UID = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/;

/**
 * Whether a text can be taken for a UID, and may stand in a URL or a file name. PS3.5 9.1 allows digits and dots only;
 * files from de-identification tools hold letters too.
 */
export const isUid = (text: string): boolean => UID.test(text);

function countOf(element: DicomJsonElement | undefined): number | undefined {
  const count = Number.parseInt(textOf(element) ?? '', 10);
  return Number.isInteger(count) && count >= 0 ? count : undefined;
}

export const sexOf = (text: string | undefined): Sex =>
  text === 'M' || text === 'F' || text === 'O' ? text : 'unknown';

/** `YYYYMMDD` as ISO date; ACR-NEMA wrote `YYYY.MM.DD`. Undefined when it is no date. */
function isoDate(text: string | undefined): string | undefined {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? '');
  return parts === null ? undefined : `${parts[1]}-${parts[2]}-${parts[3]}`;
}

/** Patient's Birth Date as ISO date. */
export const birthDateOf = (header: DicomJson): string | undefined => isoDate(textOf(header[Tag.PatientBirthDate]));

/** A study from one object of a QIDO-RS answer (PS3.18 10.6.3.3), or undefined when it names no study. */
export function studySummary(json: DicomJson): StudySummary | undefined {
  const uid = textOf(json[Tag.StudyInstanceUID]);
  if (uid === undefined || !isUid(uid)) return undefined;
  const accessionNumber = textOf(json[Tag.AccessionNumber]);
  const birthDate = birthDateOf(json);
  const studyDate = textOf(json[Tag.StudyDate]);
  const studyTime = textOf(json[Tag.StudyTime]);
  const seriesCount = countOf(json[Tag.NumberOfStudyRelatedSeries]);
  const instanceCount = countOf(json[Tag.NumberOfStudyRelatedInstances]);
  const modalities = textsOf(json[Tag.ModalitiesInStudy]).flatMap((text) => text.split('\\'));
  return {
    studyInstanceUid: uid as StudyInstanceUid,
    ...(accessionNumber === undefined ? {} : { accessionNumber: accessionNumber as AccessionNumber }),
    patientId: textOf(json[Tag.PatientID]) ?? '',
    patientName: textOf(json[Tag.PatientName]) ?? '',
    sex: sexOf(textOf(json[Tag.PatientSex])),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(studyDate === undefined ? {} : { studyDate }),
    ...(studyTime === undefined ? {} : { studyTime }),
    description: textOf(json[Tag.StudyDescription]) ?? '',
    modalities: [...new Set(modalities.map((modality) => modality.trim()).filter((modality) => modality !== ''))],
    ...(seriesCount === undefined ? {} : { seriesCount }),
    ...(instanceCount === undefined ? {} : { instanceCount }),
  };
}
