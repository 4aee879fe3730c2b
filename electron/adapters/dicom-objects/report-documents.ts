import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import type { ImageReference, KeyImage } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { dicomUidOf, type DicomPart } from '#shared/reporting/stable-ids.ts';
import { codedItem, nameItem, templateElement, type Content } from './content-items.ts';
import { clipped, localTime, objectElements, referenceTo, studyElements, textOf } from './study-elements.ts';
import { writePart10, type WrittenElement } from './write-part10.ts';

export interface StructuredReportInput {
  readonly signed: SignedReport;
  readonly canonical: string;
  readonly signature: string;
  readonly studyInstanceUid: StudyInstanceUid;
  readonly studyIndex: number;
  /** Metadata of one instance of the study; absent where the archive is not at hand. */
  readonly study: DicomJson | undefined;
}

export interface DicomObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly part10: Uint8Array;
}

export const ENGLISH: readonly ['HAS CONCEPT MOD', Content] = [
  'HAS CONCEPT MOD',
  codedItem(['121049', 'DCM', 'Language of Content Item and Descendants'], ['en', 'RFC5646', 'English']),
];

/** TID 1002: who observed. */
export const observer = (signed: SignedReport): readonly (readonly ['HAS OBS CONTEXT', Content])[] => [
  ['HAS OBS CONTEXT', codedItem(['121005', 'DCM', 'Observer Type'], ['121006', 'DCM', 'Person'])],
  ['HAS OBS CONTEXT', nameItem(['121008', 'DCM', 'Person Observer Name'], signed.signedBy.name)],
];

const SERIES = {
  SR: { description: 'Report', number: '998' },
  KO: { description: 'Key images', number: '997' },
  PR: { description: 'Key images as seen', number: '996' },
} as const;

/** One object of the report: patient, study, series of its own, content, the proof of what was signed. */
export function writeDocument(
  { signed, canonical, signature, studyInstanceUid, studyIndex, study }: StructuredReportInput,
  object: {
    readonly part: DicomPart;
    readonly series: DicomPart;
    readonly sopClassUid: string;
    readonly modality: 'SR' | 'KO' | 'PR';
    readonly instanceNumber: number;
    /** Of several of a kind, from 0. */
    readonly number?: number;
    /** Absent for what is no tree of content items. */
    readonly content?: { readonly templateId: string; readonly root: Content };
    readonly elements: readonly WrittenElement[];
  },
): DicomObject {
  const { sopClassUid, modality } = object;
  const sopInstanceUid = dicomUidOf(signed.reportUuid, object.part, studyIndex, object.number);
  const elements: WrittenElement[] = [
    ...studyElements(signed, study),
    ...objectElements({ sopClassUid, sopInstanceUid }, localTime(signed.signedAt, study)),
    { tag: '00080060', vr: 'CS', value: modality },
    { tag: '0008103E', vr: 'LO', value: SERIES[modality].description },
    ...(modality === 'PR' ? [] : [{ tag: '00081111', vr: 'SQ', value: [] } as const]),
    { tag: '0020000D', vr: 'UI', value: studyInstanceUid },
    { tag: '0020000E', vr: 'UI', value: dicomUidOf(signed.reportUuid, object.series, studyIndex) },
    { tag: '00200011', vr: 'IS', value: SERIES[modality].number },
    { tag: '00200013', vr: 'IS', value: String(object.instanceNumber) },
    ...object.elements,
    ...(object.content === undefined ? [] : [templateElement(object.content.templateId), ...object.content.root]),
    // A presentation state says nothing that was signed, and its checkers know no private text.
    ...(modality === 'PR' ? [] : proofElements(canonical, signature)),
  ];
  return {
    sopClassUid,
    sopInstanceUid,
    part10: writePart10({ sopClassUid, sopInstanceUid, elements: inLeastCharacterSet(elements) }),
  };
}

/** Specific Character Set (0008,0005) is there only where the default repertoire does not do (PS3.3 C.12.1.1.2): old readers stumble over it. */
const inLeastCharacterSet = (elements: readonly WrittenElement[]): readonly WrittenElement[] =>
  isAscii(elements) ? elements.filter(({ tag }) => tag !== '00080005') : elements;

const isAscii = (elements: readonly WrittenElement[]): boolean =>
  elements.every(({ value }) =>
    typeof value === 'string'
      ? /^[\x20-\x7e\t\r\n]*$/.test(value)
      : typeof value === 'number' || value instanceof Uint8Array || value.every(isAscii),
  );

/** Private block (PS3.5 7.8.1): what was signed, and the signature, so that the object can be checked by itself. */
export const PROOF_CREATOR = 'OVERREAD';
export const PROOF_TAGS = { creator: '00410010', canonical: '00411001', signature: '00411002' } as const;

const proofElements = (canonical: string, signature: string): WrittenElement[] =>
  signature === ''
    ? []
    : [
        { tag: PROOF_TAGS.creator, vr: 'LO', value: PROOF_CREATOR },
        { tag: PROOF_TAGS.canonical, vr: 'UT', value: canonical },
        { tag: PROOF_TAGS.signature, vr: 'UT', value: signature },
      ];

/** SR Document General (PS3.3 C.17.2). */
export function documentElements(input: StructuredReportInput): WrittenElement[] {
  const { signed, study } = input;
  const facts = REPORT_STATE_FACTS[signed.state];
  const at = localTime(signed.signedAt, study);
  const verifier: WrittenElement = {
    tag: '0040A073',
    vr: 'SQ',
    value: [
      [
        { tag: '0040A027', vr: 'LO', value: 'Overread' },
        { tag: '0040A030', vr: 'DT', value: `${at.date}${at.time}${at.zone === '' ? '+0000' : at.zone}` },
        { tag: '0040A075', vr: 'PN', value: signed.signedBy.name },
        { tag: '0040A088', vr: 'SQ', value: [] },
      ],
    ],
  };
  return [
    ...(facts.verification === 'VERIFIED' ? [verifier] : []),
    requestElement(input),
    { tag: '0040A372', vr: 'SQ', value: [] },
    { tag: '0040A491', vr: 'CS', value: facts.completion },
    { tag: '0040A493', vr: 'CS', value: facts.verification },
  ];
}

/** What was asked for. */
export function requestElement({ signed, studyInstanceUid, study }: StructuredReportInput): WrittenElement {
  const accession = study === undefined ? (signed.task.accessionNumber ?? '') : textOf(study['00080050']);
  return {
    tag: '0040A370',
    vr: 'SQ',
    value: [
      [
        { tag: '00080050', vr: 'SH', value: clipped(accession, 16) },
        { tag: '00081110', vr: 'SQ', value: [] },
        { tag: '0020000D', vr: 'UI', value: studyInstanceUid },
        { tag: '00321060', vr: 'LO', value: clipped(signed.task.exam.text, 64) },
        { tag: '00321064', vr: 'SQ', value: [] },
        { tag: '00401001', vr: 'SH', value: '' },
        { tag: '00402016', vr: 'LO', value: '' },
        { tag: '00402017', vr: 'LO', value: '' },
      ],
    ],
  };
}

/** Current Requested Procedure Evidence Sequence: every image the content points at. */
export function evidence(images: readonly ImageReference[], studyInstanceUid: string): WrittenElement[] {
  if (images.length === 0) return [];
  const series = new Map<string, Map<string, ImageReference>>();
  for (const image of images) {
    const instances = series.get(image.seriesInstanceUid) ?? new Map<string, ImageReference>();
    series.set(image.seriesInstanceUid, instances.set(image.sopInstanceUid, image));
  }
  const reference = referenceTo({
    studyInstanceUid,
    series: [...series].map(([seriesInstanceUid, instances]) => ({
      seriesInstanceUid,
      instances: [...instances.values()],
    })),
  });
  return [{ tag: '0040A375', vr: 'SQ', value: [reference] }];
}
export const keyImagesOf = ({ body }: SignedReport, studyInstanceUid: string): readonly KeyImage[] =>
  (body.keyImages ?? []).filter((image) => image.studyInstanceUid === studyInstanceUid);
