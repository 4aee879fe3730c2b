import { reportHeading } from '#shared/reporting/report-heading.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import type { SectionRole } from '#shared/reporting/report.ts';
import { dicomUidOf } from '#shared/reporting/stable-ids.ts';
import { containerItem, imageItem, textItem, type Code } from './content-items.ts';
import { structuredItems } from './field-items.ts';
import {
  documentElements,
  ENGLISH,
  evidence,
  keyImagesOf,
  observer,
  writeDocument,
  type DicomObject,
  type StructuredReportInput,
} from './report-documents.ts';
import { referenceTo } from './study-elements.ts';
import type { WrittenElement } from './write-part10.ts';

/** PS3.4 B.5. */
const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';
const REPORT: Code = ['18748-4', 'LN', 'Diagnostic Imaging Report'];

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
    const section = signed.body.sections.find((each) => each.id === id);
    const text = role === 'other' ? [title, ...lines].join('\n') : lines.join('\n');
    return [
      'CONTAINS',
      containerItem(isAddendum ? ADDENDUM : heading, [
        ['CONTAINS', textItem(element, text)],
        ...(section === undefined ? [] : structuredItems(section)),
      ]),
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
  return writeDocument(input, {
    part: 'text-report',
    series: 'structured-series',
    sopClassUid: BASIC_TEXT_SR,
    modality: 'SR',
    instanceNumber: 1,
    content: { templateId: '2000', root },
    elements: [...documentElements(input), ...evidence(images, studyInstanceUid), ...predecessorText(input)],
  });
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
