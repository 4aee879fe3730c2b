import type { StudyQuery } from '#electron/ports/site-archive.ts';
import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { textsOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';

import type { IndexedInstance } from './instance-index.ts';

/** Attribute tags and the texts they must match. */
export type MatchKeys = ReadonlyMap<string, string>;

/** Keys of a study query in the form searches take. */
export function matchKeysOf(query: StudyQuery): MatchKeys {
  const keys: (readonly [string, string | undefined])[] = [
    [Tag.StudyInstanceUID, query.studyInstanceUid],
    [Tag.AccessionNumber, query.accessionNumber],
    [Tag.PatientID, query.patientId],
    [Tag.StudyDate, query.studyDate],
  ];
  return new Map(keys.filter((key): key is readonly [string, string] => key[1] !== undefined && key[1] !== ''));
}

const dateTags = new Set<string>([Tag.StudyDate, Tag.StudyTime, Tag.PatientBirthDate]);
const listTags = new Set<string>([Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID, Tag.SOPClassUID]);

/** Range matching (PS3.4 C.2.2.2.5): `a-b`, `a-`, `-b`, or one value. */
function matchesRange(value: string, wanted: string): boolean {
  const dash = wanted.indexOf('-');
  if (dash < 0) return value === wanted;
  const [from, to] = [wanted.slice(0, dash), wanted.slice(dash + 1)];
  return value !== '' && (from === '' || value >= from) && (to === '' || value <= `${to}\uffff`);
}

/** Wildcard matching (PS3.4 C.2.2.2.4) without regard to case; linear in the lengths whatever the pattern. */
function matchesWildcard(value: string, wanted: string): boolean {
  const [text, pattern] = [value.toLowerCase(), wanted.toLowerCase()];
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[from] === '*') {
      star = from++;
      resume = at;
    } else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === text[at])) {
      at++;
      from++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[from] === '*') from++;
  return from === pattern.length;
}

function matchesKey(element: DicomJsonElement | undefined, tag: string, wanted: string): boolean {
  const values = textsOf(element);
  if (values.length === 0) return wanted === '' || wanted === '*';
  if (dateTags.has(tag)) return values.some((value) => matchesRange(value, wanted));
  if (listTags.has(tag)) return values.some((value) => wanted.split(/[,\\]/).includes(value));
  // A name matches in any of its writings.
  const texts = tag === Tag.PatientName ? values.flatMap((value) => [value, ...value.split('=')]) : values;
  return texts.some((text) => matchesWildcard(text.trim(), wanted.trim()));
}

export const matchesAll = (attributes: DicomJson, keys: MatchKeys): boolean =>
  [...keys].every(([tag, wanted]) => wanted === '' || matchesKey(attributes[tag], tag, wanted));

const instanceTags = new Set<string>([
  Tag.SOPClassUID,
  Tag.SOPInstanceUID,
  Tag.InstanceNumber,
  Tag.NumberOfFrames,
  Tag.Rows,
  Tag.Columns,
  Tag.BitsAllocated,
]);
const seriesTags = new Set<string>([
  Tag.Modality,
  Tag.SeriesDescription,
  Tag.SeriesInstanceUID,
  Tag.SeriesNumber,
  Tag.BodyPartExamined,
]);

const without = (attributes: DicomJson, ...tags: ReadonlySet<string>[]): Record<string, DicomJsonElement> =>
  Object.fromEntries(Object.entries(attributes).filter(([tag]) => !tags.some((set) => set.has(tag))));

const sorted = (json: DicomJson): DicomJson =>
  Object.fromEntries(Object.entries(json).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const count = (value: number): DicomJsonElement => ({ vr: 'IS', Value: [value] });

/** A study as searches answer it, from its instances (at least one). */
export function studyAttributes(instances: readonly IndexedInstance[]): DicomJson {
  const modalities = new Set(instances.flatMap(({ attributes }) => textsOf(attributes[Tag.Modality])));
  const series = new Set(instances.map(({ seriesInstanceUid }) => seriesInstanceUid));
  return sorted({
    ...without(instances[0]?.attributes ?? {}, instanceTags, seriesTags),
    [Tag.ModalitiesInStudy]: { vr: 'CS', Value: [...modalities] },
    [Tag.InstanceAvailability]: { vr: 'CS', Value: ['ONLINE'] },
    [Tag.NumberOfStudyRelatedSeries]: count(series.size),
    [Tag.NumberOfStudyRelatedInstances]: count(instances.length),
  });
}

/** A series as searches answer it, from its instances. */
export const seriesAttributes = (instances: readonly IndexedInstance[]): DicomJson =>
  sorted({
    ...without(instances[0]?.attributes ?? {}, instanceTags),
    [Tag.NumberOfSeriesRelatedInstances]: count(instances.length),
  });

export const instanceAttributes = ({ attributes }: IndexedInstance): DicomJson =>
  sorted({ ...attributes, [Tag.InstanceAvailability]: { vr: 'CS', Value: ['ONLINE'] } });
