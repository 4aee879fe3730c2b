import { createHash } from 'node:crypto';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { reportHeading } from '#shared/reporting/report-heading.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import type { KeyImage, ReportField, SectionRole } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { dicomUidOf, type DicomPart } from '#shared/reporting/stable-ids.ts';
import {
  codedItem,
  containerItem,
  imageItem,
  nameItem,
  numberItem,
  templateElement,
  textItem,
  uidItem,
  type Code,
  type Content,
} from './content-items.ts';
import { clipped, localTime, objectElements, referenceTo, studyElements, textOf } from './study-elements.ts';
import { writePart10, type WrittenElement } from './write-part10.ts';

/** PS3.4 B.5. */
const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';
const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33';
const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

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

const REPORT: Code = ['18748-4', 'LN', 'Diagnostic Imaging Report'];
const ENGLISH: readonly ['HAS CONCEPT MOD', Content] = [
  'HAS CONCEPT MOD',
  codedItem(['121049', 'DCM', 'Language of Content Item and Descendants'], ['en', 'RFC5646', 'English']),
];

/** TID 1002: who observed. */
const observer = (signed: SignedReport): readonly (readonly ['HAS OBS CONTEXT', Content])[] => [
  ['HAS OBS CONTEXT', codedItem(['121005', 'DCM', 'Observer Type'], ['121006', 'DCM', 'Person'])],
  ['HAS OBS CONTEXT', nameItem(['121008', 'DCM', 'Person Observer Name'], signed.signedBy.name)],
];

/** Section headings (CID 7001) and their text (CID 7002). */
const SECTION: Readonly<Record<SectionRole, readonly [heading: Code, element: Code]>> = {
  indication: [
    ['121060', 'DCM', 'History'],
    ['121060', 'DCM', 'History'],
  ],
  technique: [
    ['121064', 'DCM', 'Current Procedure Descriptions'],
    ['121065', 'DCM', 'Procedure Description'],
  ],
  comparison: [
    ['121068', 'DCM', 'Previous Findings'],
    ['121069', 'DCM', 'Previous Finding'],
  ],
  findings: [
    ['121070', 'DCM', 'Findings'],
    ['121071', 'DCM', 'Finding'],
  ],
  impression: [
    ['121072', 'DCM', 'Impressions'],
    ['121073', 'DCM', 'Impression'],
  ],
  other: [
    ['121070', 'DCM', 'Findings'],
    ['121071', 'DCM', 'Finding'],
  ],
};
const ADDENDUM: Code = ['121078', 'DCM', 'Addendum'];

/** The report as Basic Text SR (PS3.3 A.35.1), content after TID 2000. */
export function textReport(input: StructuredReportInput): DicomObject {
  const { signed, studyInstanceUid } = input;
  const images = keyImagesOf(signed, studyInstanceUid);
  const sections = reportSections(signed).map(({ id, title, role, lines }) => {
    const isAddendum = id.startsWith('addendum-');
    const [heading, element] = SECTION[role];
    const text = role === 'other' ? [title, ...lines].join('\n') : lines.join('\n');
    return [
      'CONTAINS',
      containerItem(isAddendum ? ADDENDUM : heading, [['CONTAINS', textItem(element, text)]]),
    ] as const;
  });
  const notices = reportHeading(signed).notices.map(
    (notice) =>
      [
        'CONTAINS',
        containerItem(['121111', 'DCM', 'Summary'], [['CONTAINS', textItem(['121071', 'DCM', 'Finding'], notice)]]),
      ] as const,
  );
  const root = containerItem(REPORT, [
    ENGLISH,
    ...observer(signed),
    ...notices,
    ...sections,
    ...(images.length === 0
      ? []
      : [
          [
            'CONTAINS',
            containerItem(
              ['121180', 'DCM', 'Key Images'],
              images.map((image) => ['CONTAINS', imageItem(image)] as const),
            ),
          ] as const,
        ]),
  ]);
  return write(input, {
    part: 'text-report',
    series: 'structured-series',
    sopClassUid: BASIC_TEXT_SR,
    modality: 'SR',
    instanceNumber: 1,
    templateId: '2000',
    root,
    elements: [...documentElements(input), ...evidence(images, studyInstanceUid), ...predecessorText(input)],
  });
}

/** Numbers with a unit among the report's fields as Comprehensive SR, content after TID 1500; undefined where there are none. */
export function measurementReport(input: StructuredReportInput): DicomObject | undefined {
  const { signed } = input;
  const measured = signed.body.sections.flatMap(({ id, fields }) =>
    fields.filter(isMeasurement).map((field) => ({ sectionId: id, field })),
  );
  if (measured.length === 0) return undefined;
  const { exam } = signed.task;
  const procedure: Code =
    exam.code === undefined
      ? ['18748-4', 'LN', 'Diagnostic imaging study']
      : [clipped(exam.code, 16), schemeOf(exam.codeSystem), clipped(exam.text, 64) || exam.code];
  const groups = measured.map(
    ({ sectionId, field }) =>
      [
        'CONTAINS',
        containerItem(
          ['125007', 'DCM', 'Measurement Group'],
          [
            ['HAS OBS CONTEXT', textItem(['112039', 'DCM', 'Tracking Identifier'], field.label)],
            [
              'HAS OBS CONTEXT',
              uidItem(['112040', 'DCM', 'Tracking Unique Identifier'], trackingUid(signed, sectionId, field)),
            ],
            ['CONTAINS', numberItem(conceptOf(field), decimal(field.value), unitOf(field.unit ?? '1'))],
          ],
        ),
      ] as const,
  );
  const root = containerItem(
    ['126000', 'DCM', 'Imaging Measurement Report'],
    [
      ENGLISH,
      ...observer(signed),
      ['HAS CONCEPT MOD', codedItem(['121058', 'DCM', 'Procedure reported'], procedure)],
      ['CONTAINS', containerItem(['126010', 'DCM', 'Imaging Measurements'], groups)],
    ],
  );
  return write(input, {
    part: 'measurements',
    series: 'structured-series',
    sopClassUid: COMPREHENSIVE_SR,
    modality: 'SR',
    instanceNumber: 2,
    templateId: '1500',
    root,
    elements: documentElements(input),
  });
}

/** The images that show it, as Key Object Selection (PS3.3 A.35.4, TID 2010); undefined where none is marked in this study. */
export function keyObjectSelection(input: StructuredReportInput): DicomObject | undefined {
  const { signed, studyInstanceUid } = input;
  const images = keyImagesOf(signed, studyInstanceUid);
  if (images.length === 0) return undefined;
  const root = containerItem(
    ['113000', 'DCM', 'Of Interest'],
    [
      ENGLISH,
      ...observer(signed),
      [
        'CONTAINS',
        textItem(['113012', 'DCM', 'Key Object Description'], `Key images of the report ${signed.reportUuid}`),
      ],
      ...images.map((image) => ['CONTAINS', imageItem(image)] as const),
    ],
  );
  return write(input, {
    part: 'key-images',
    series: 'key-image-series',
    sopClassUid: KEY_OBJECT_SELECTION,
    modality: 'KO',
    instanceNumber: 1,
    templateId: '2010',
    root,
    elements: [requestElement(input), ...evidence(images, studyInstanceUid)],
  });
}

function write(
  { signed, canonical, signature, studyInstanceUid, studyIndex, study }: StructuredReportInput,
  object: {
    readonly part: DicomPart;
    readonly series: DicomPart;
    readonly sopClassUid: string;
    readonly modality: 'SR' | 'KO';
    readonly instanceNumber: number;
    readonly templateId: string;
    readonly root: Content;
    readonly elements: readonly WrittenElement[];
  },
): DicomObject {
  const { sopClassUid, modality } = object;
  const sopInstanceUid = dicomUidOf(signed.reportUuid, object.part, studyIndex);
  const elements: WrittenElement[] = [
    ...studyElements(signed, study),
    ...objectElements({ sopClassUid, sopInstanceUid }, localTime(signed.signedAt, study)),
    { tag: '00080060', vr: 'CS', value: modality },
    { tag: '0008103E', vr: 'LO', value: modality === 'KO' ? 'Key images' : 'Report' },
    { tag: '00081111', vr: 'SQ', value: [] },
    { tag: '0020000D', vr: 'UI', value: studyInstanceUid },
    { tag: '0020000E', vr: 'UI', value: dicomUidOf(signed.reportUuid, object.series, studyIndex) },
    { tag: '00200011', vr: 'IS', value: modality === 'KO' ? '997' : '998' },
    { tag: '00200013', vr: 'IS', value: String(object.instanceNumber) },
    ...object.elements,
    templateElement(object.templateId),
    ...object.root,
    ...proofElements(canonical, signature),
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
function documentElements(input: StructuredReportInput): WrittenElement[] {
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

function requestElement({ signed, studyInstanceUid, study }: StructuredReportInput): WrittenElement {
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
function evidence(images: readonly KeyImage[], studyInstanceUid: string): WrittenElement[] {
  if (images.length === 0) return [];
  const series = new Map<string, Map<string, KeyImage>>();
  for (const image of images) {
    const instances = series.get(image.seriesInstanceUid) ?? new Map<string, KeyImage>();
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

function predecessorText({ signed, studyInstanceUid, studyIndex }: StructuredReportInput): WrittenElement[] {
  const { predecessor } = signed;
  if (predecessor === undefined) return [];
  const reference = referenceTo({
    studyInstanceUid,
    series: [
      {
        seriesInstanceUid: dicomUidOf(predecessor.reportUuid, 'structured-series', studyIndex),
        instances: [
          {
            sopClassUid: BASIC_TEXT_SR,
            sopInstanceUid: dicomUidOf(predecessor.reportUuid, 'text-report', studyIndex),
          },
        ],
      },
    ],
  });
  return [{ tag: '0040A360', vr: 'SQ', value: [reference] }];
}

const keyImagesOf = ({ body }: SignedReport, studyInstanceUid: string): readonly KeyImage[] =>
  (body.keyImages ?? []).filter((image) => image.studyInstanceUid === studyInstanceUid);

/** DS has at most 16 characters (PS3.5 6.2). */
const decimal = (value: string): string => {
  const text = value.trim().replace(',', '.');
  return text.length <= 16 ? text : String(Number(Number(text).toPrecision(10)));
};

const isMeasurement = ({ value, unit }: ReportField): boolean =>
  unit !== undefined && unit.trim() !== '' && /^[+-]?\d+([.,]\d+)?$/.test(value.trim());

/** A field of a template has no code of a standard: one of our own, which follows from its label. */
const conceptOf = ({ label }: ReportField): Code => [
  createHash('sha256').update(label.trim().toLowerCase()).digest('hex').slice(0, 16),
  '99OVERREAD',
  clipped(label.trim() === '' ? 'Measurement' : label.trim(), 64),
];

/** Units of UCUM, where the printed one is another. */
const UCUM: Readonly<Record<string, readonly [code: string, meaning: string]>> = {
  HU: ["[hnsf'U]", 'Hounsfield unit'],
  ml: ['mL', 'mL'],
  cc: ['cm3', 'cm3'],
  'mm²': ['mm2', 'mm2'],
  'cm²': ['cm2', 'cm2'],
  'cm³': ['cm3', 'cm3'],
  '°': ['deg', 'degree'],
  bpm: ['/min', 'per minute'],
};
function unitOf(unit: string): Code {
  const [code, meaning] = UCUM[unit.trim()] ?? [unit.trim(), unit.trim()];
  return [clipped(code, 16), 'UCUM', clipped(meaning, 64)];
}

const schemeOf = (codeSystem: string | undefined): string =>
  codeSystem === undefined || codeSystem.includes(':') ? '99OVERREAD' : clipped(codeSystem, 16);

/** 128 bits of a hash as UUID-derived UID (PS3.5 B.2). */
function trackingUid({ reportUuid }: SignedReport, sectionId: string, { id }: ReportField): string {
  const digest = createHash('sha256').update(`${reportUuid}/${sectionId}/${id}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${digest}`)}`;
}
