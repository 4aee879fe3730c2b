import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { isUid, textOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** An instance the folder holds. */
export interface IndexedInstance {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** The attributes that searches match and answer with (PS3.18 10.6.3.3). */
  readonly attributes: DicomJson;
}

const searchable = [
  Tag.SpecificCharacterSet,
  Tag.SOPClassUID,
  Tag.SOPInstanceUID,
  Tag.StudyDate,
  Tag.StudyTime,
  Tag.AccessionNumber,
  Tag.Modality,
  Tag.ReferringPhysicianName,
  Tag.StudyDescription,
  Tag.SeriesDescription,
  Tag.PatientName,
  Tag.PatientID,
  Tag.PatientBirthDate,
  Tag.PatientSex,
  Tag.BodyPartExamined,
  Tag.StudyInstanceUID,
  Tag.SeriesInstanceUID,
  Tag.StudyID,
  Tag.SeriesNumber,
  Tag.InstanceNumber,
  Tag.NumberOfFrames,
  Tag.Rows,
  Tag.Columns,
  Tag.BitsAllocated,
];

/** The entry for a file's header, or why it cannot be one. */
export function indexEntry(
  file: { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number },
  json: DicomJson,
  transferSyntaxUid: string,
): Result<IndexedInstance, string> {
  const uidOf = (tag: string) => {
    const uid = textOf(json[tag]);
    return uid !== undefined && isUid(uid) ? uid : undefined;
  };
  const studyInstanceUid = uidOf(Tag.StudyInstanceUID);
  const seriesInstanceUid = uidOf(Tag.SeriesInstanceUID);
  const sopInstanceUid = uidOf(Tag.SOPInstanceUID);
  if (studyInstanceUid === undefined) return err('no Study Instance UID');
  if (seriesInstanceUid === undefined) return err('no Series Instance UID');
  if (sopInstanceUid === undefined) return err('no SOP Instance UID');
  const attributes: Record<string, DicomJsonElement> = {};
  for (const tag of searchable) {
    const element = json[tag];
    if (element !== undefined) attributes[tag] = element;
  }
  return ok({ ...file, studyInstanceUid, seriesInstanceUid, sopInstanceUid, transferSyntaxUid, attributes });
}

const numberOf = (instance: IndexedInstance, tag: string): number => {
  const number = Number(textOf(instance.attributes[tag]) ?? Number.NaN);
  return Number.isFinite(number) ? number : Number.MAX_SAFE_INTEGER;
};

/** Order of instances in answers: by series number, series, instance number, then UID. */
function inReadingOrder(instances: Iterable<IndexedInstance>): IndexedInstance[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...instances].toSorted(
    (a, b) =>
      numberOf(a, Tag.SeriesNumber) - numberOf(b, Tag.SeriesNumber) ||
      compare(a.seriesInstanceUid, b.seriesInstanceUid) ||
      numberOf(a, Tag.InstanceNumber) - numberOf(b, Tag.InstanceNumber) ||
      compare(a.sopInstanceUid, b.sopInstanceUid),
  );
}

export interface InstanceKey {
  readonly studyInstanceUid?: string | undefined;
  readonly seriesInstanceUid?: string | undefined;
  readonly sopInstanceUid?: string | undefined;
}

/** Studies, series and instances in memory, by study and by file. */
export function createInstanceIndex() {
  const studies = new Map<string, Map<string, IndexedInstance>>();
  const byPath = new Map<string, IndexedInstance>();

  function remove(path: string): void {
    const instance = byPath.get(path);
    if (instance === undefined) return;
    byPath.delete(path);
    const study = studies.get(instance.studyInstanceUid);
    study?.delete(instance.sopInstanceUid);
    if (study?.size === 0) studies.delete(instance.studyInstanceUid);
  }

  return {
    /** False when another file already is this instance. */
    add(instance: IndexedInstance): boolean {
      remove(instance.path);
      const study = studies.get(instance.studyInstanceUid) ?? new Map<string, IndexedInstance>();
      if (study.has(instance.sopInstanceUid)) return false;
      study.set(instance.sopInstanceUid, instance);
      studies.set(instance.studyInstanceUid, study);
      byPath.set(instance.path, instance);
      return true;
    },
    remove,
    at: (path: string) => byPath.get(path),
    paths: () => [...byPath.keys()],
    studyUids: () => [...studies.keys()],
    size: () => byPath.size,
    find({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceKey): IndexedInstance[] {
      const study = studyInstanceUid === undefined ? undefined : (studies.get(studyInstanceUid) ?? new Map());
      const candidates: Iterable<IndexedInstance> = study === undefined ? byPath.values() : study.values();
      const found: IndexedInstance[] = [];
      for (const instance of candidates) {
        if (seriesInstanceUid !== undefined && instance.seriesInstanceUid !== seriesInstanceUid) continue;
        if (sopInstanceUid !== undefined && instance.sopInstanceUid !== sopInstanceUid) continue;
        found.push(instance);
      }
      return inReadingOrder(found);
    },
  };
}
