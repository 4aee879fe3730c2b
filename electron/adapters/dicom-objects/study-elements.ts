import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { WrittenElement, WrittenVr } from './write-part10.ts';

/** Attributes of Patient and General Study (PS3.3 C.7.1.1, C.7.2.1) that must agree within a study. */
const STUDY_ATTRIBUTES: readonly (readonly [tag: string, vr: WrittenVr])[] = [
  ['00080020', 'DA'], // Study Date
  ['00080030', 'TM'], // Study Time
  ['00080050', 'SH'], // Accession Number
  ['00080090', 'PN'], // Referring Physician's Name
  ['00081030', 'LO'], // Study Description
  ['00100010', 'PN'], // Patient's Name
  ['00100020', 'LO'], // Patient ID
  ['00100021', 'LO'], // Issuer of Patient ID
  ['00100030', 'DA'], // Patient's Birth Date
  ['00100040', 'CS'], // Patient's Sex
  ['00200010', 'SH'], // Study ID
];
/** Type 3 among them: left out when the archive has no value. */
const OPTIONAL: ReadonlySet<string> = new Set(['00081030', '00100021']);

export const clipped = (value: string, characters: number): string => Array.from(value).slice(0, characters).join('');

/** Patient and study as the archive writes them; from the report itself where its metadata is not to be had (a folder of files). */
export function studyElements(signed: SignedReport, study: DicomJson | undefined): WrittenElement[] {
  const own = fromReport(signed);
  return STUDY_ATTRIBUTES.flatMap(([tag, vr]): WrittenElement[] => {
    const value = study === undefined ? (own[tag] ?? '') : textOf(study[tag]);
    return value === '' && OPTIONAL.has(tag) ? [] : [{ tag, vr, value }];
  });
}

function fromReport({ task }: SignedReport): Readonly<Record<string, string>> {
  const { patient, exam, accessionNumber, orderedBy } = task;
  const birthDate = patient.birthDate?.replaceAll('-', '') ?? '';
  return {
    '00080050': clipped(accessionNumber ?? '', 16),
    '00080090': orderedBy ?? '',
    '00081030': clipped(exam.text, 64),
    '00100010': patient.name,
    '00100020': clipped(patient.mrn, 64),
    '00100030': /^\d{8}$/.test(birthDate) ? birthDate : '',
    '00100040': patient.sex === 'unknown' ? '' : patient.sex,
  };
}

/** Values of a DICOM JSON element as they stand in a file; PN groups are joined again by `=`. */
export function textOf(element: DicomJson[string] | undefined): string {
  return (element?.Value ?? [])
    .map((value) => {
      if (typeof value === 'object' && value !== null) return nameText(value);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    })
    .join('\\');
}

function nameText(value: object): string {
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((group) => {
    const part: unknown = group in value ? (value as Record<string, unknown>)[group] : '';
    return typeof part === 'string' ? part : '';
  });
  return groups.join('=').replace(/=+$/, '');
}

export interface LocalTime {
  readonly date: string;
  readonly time: string;
  /** Timezone Offset From UTC (0008,0201) as the study states it; empty where it states none. */
  readonly zone: string;
}

/** Times of a study are local to the zone it states (PS3.3 C.12.1.1.1); UTC where it states none. */
export function localTime(at: number, study: DicomJson | undefined): LocalTime {
  const zone = textOf(study?.['00080201']);
  const match = /^([+-])(\d\d)(\d\d)$/.exec(zone.trim());
  const minutes = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  const [date = '', time = ''] = new Date(at + minutes * 60_000).toISOString().split('T');
  return { date: date.replaceAll('-', ''), time: time.slice(0, 8).replaceAll(':', ''), zone };
}

/** What every object of ours says of itself (SOP Common, General Equipment). */
export const objectElements = (
  { sopClassUid, sopInstanceUid }: { readonly sopClassUid: string; readonly sopInstanceUid: string },
  at: LocalTime,
): WrittenElement[] => [
  { tag: '00080005', vr: 'CS', value: 'ISO_IR 192' },
  { tag: '00080012', vr: 'DA', value: at.date },
  { tag: '00080013', vr: 'TM', value: at.time },
  { tag: '00080016', vr: 'UI', value: sopClassUid },
  { tag: '00080018', vr: 'UI', value: sopInstanceUid },
  { tag: '00080023', vr: 'DA', value: at.date },
  { tag: '00080033', vr: 'TM', value: at.time },
  { tag: '00080070', vr: 'LO', value: 'Overread' },
  ...(at.zone === '' ? [] : [{ tag: '00080201', vr: 'SH', value: at.zone } as const]),
];

/** One reference to a document in its study and series: Hierarchical SOP Instance Reference (PS3.3 C.17.2.1). */
export const referenceTo = (reference: {
  readonly studyInstanceUid: string;
  readonly series: readonly {
    readonly seriesInstanceUid: string;
    readonly instances: readonly { readonly sopClassUid: string; readonly sopInstanceUid: string }[];
  }[];
}): readonly WrittenElement[] => [
  { tag: '0020000D', vr: 'UI', value: reference.studyInstanceUid },
  {
    tag: '00081115',
    vr: 'SQ',
    value: reference.series.map((series) => [
      { tag: '0020000E', vr: 'UI', value: series.seriesInstanceUid },
      {
        tag: '00081199',
        vr: 'SQ',
        value: series.instances.map((instance) => [
          { tag: '00081150', vr: 'UI', value: instance.sopClassUid },
          { tag: '00081155', vr: 'UI', value: instance.sopInstanceUid },
        ]),
      },
    ]),
  },
];
