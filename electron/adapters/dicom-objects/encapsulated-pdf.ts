import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { dicomUidOf } from '#shared/reporting/stable-ids.ts';
import { writePart10, type WrittenElement, type WrittenVr } from './write-part10.ts';

/** PS3.4 B.5: Encapsulated PDF Storage. */
const ENCAPSULATED_PDF_STORAGE = '1.2.840.10008.5.1.4.1.1.104.1';

export interface EncapsulatedPdfInput {
  readonly signed: SignedReport;
  readonly pdf: Uint8Array;
  readonly studyInstanceUid: StudyInstanceUid;
  /** Position of the study in the report: each study gets an object of its own. */
  readonly studyIndex: number;
  /** Metadata of one instance of the study as the archive holds it: patient and study are written as they are there. */
  readonly study: DicomJson | undefined;
}

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

/** A signed report as Encapsulated PDF (PS3.3 A.45.1), to be stored beside the images it was read from. */
export function encapsulatedPdf({ signed, pdf, studyInstanceUid, studyIndex, study }: EncapsulatedPdfInput): {
  readonly sopInstanceUid: string;
  readonly part10: Uint8Array;
} {
  const sopInstanceUid = dicomUidOf(signed.reportUuid, 'pdf', studyIndex);
  const zone = text(study?.['00080201']);
  const at = localTime(signed.signedAt, zone);
  const own = fromReport(signed);
  const shared = STUDY_ATTRIBUTES.flatMap(([tag, vr]): WrittenElement[] => {
    const value = study === undefined ? (own[tag] ?? '') : text(study[tag]);
    return value === '' && OPTIONAL.has(tag) ? [] : [{ tag, vr, value }];
  });
  const elements: WrittenElement[] = [
    ...shared,
    { tag: '00080005', vr: 'CS', value: 'ISO_IR 192' },
    { tag: '00080012', vr: 'DA', value: at.date },
    { tag: '00080013', vr: 'TM', value: at.time },
    { tag: '00080016', vr: 'UI', value: ENCAPSULATED_PDF_STORAGE },
    { tag: '00080018', vr: 'UI', value: sopInstanceUid },
    { tag: '00080023', vr: 'DA', value: at.date },
    { tag: '0008002A', vr: 'DT', value: '' },
    { tag: '00080033', vr: 'TM', value: at.time },
    { tag: '00080060', vr: 'CS', value: 'DOC' },
    { tag: '00080064', vr: 'CS', value: 'WSD' },
    { tag: '00080070', vr: 'LO', value: 'Overread' },
    { tag: '0008103E', vr: 'LO', value: 'Report' },
    ...(zone === '' ? [] : [{ tag: '00080201', vr: 'SH', value: zone } as const]),
    { tag: '0020000D', vr: 'UI', value: studyInstanceUid },
    { tag: '0020000E', vr: 'UI', value: dicomUidOf(signed.reportUuid, 'series', studyIndex) },
    { tag: '00200011', vr: 'IS', value: '999' },
    { tag: '00200013', vr: 'IS', value: '1' },
    { tag: '00280301', vr: 'CS', value: 'YES' },
    {
      tag: '0040A043',
      vr: 'SQ',
      value: [
        [
          { tag: '00080100', vr: 'SH', value: '18748-4' },
          { tag: '00080102', vr: 'SH', value: 'LN' },
          { tag: '00080104', vr: 'LO', value: 'Diagnostic imaging study' },
        ],
      ],
    },
    { tag: '0040A493', vr: 'CS', value: signed.state === 'preliminary' ? 'UNVERIFIED' : 'VERIFIED' },
    { tag: '00420010', vr: 'ST', value: clipped(signed.body.title, 1024) },
    { tag: '00420011', vr: 'OB', value: pdf },
    { tag: '00420012', vr: 'LO', value: 'application/pdf' },
    { tag: '00420015', vr: 'UL', value: pdf.length },
  ];
  return { sopInstanceUid, part10: writePart10({ sopClassUid: ENCAPSULATED_PDF_STORAGE, sopInstanceUid, elements }) };
}

const clipped = (value: string, characters: number): string => Array.from(value).slice(0, characters).join('');

/** What the report itself knows, where the archive's own metadata is not to be had (a folder of files). */
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
function text(element: DicomJson[string] | undefined): string {
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

/** Times of a study are local to the zone it states (PS3.3 C.12.1.1.1); UTC where it states none. */
function localTime(at: number, zone: string): { readonly date: string; readonly time: string } {
  const match = /^([+-])(\d\d)(\d\d)$/.exec(zone.trim());
  const minutes = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  const [date = '', time = ''] = new Date(at + minutes * 60_000).toISOString().split('T');
  return { date: date.replaceAll('-', ''), time: time.slice(0, 8).replaceAll(':', '') };
}
