import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { REPORT_STATE_FACTS } from '#shared/reporting/report-state.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { dicomUidOf } from '#shared/reporting/stable-ids.ts';
import { clipped, localTime, objectElements, referenceTo, studyElements } from './study-elements.ts';
import { writePart10, type WrittenElement } from './write-part10.ts';

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

/** A signed report as Encapsulated PDF (PS3.3 A.45.1), to be stored beside the images it was read from. */
export function encapsulatedPdf({ signed, pdf, studyInstanceUid, studyIndex, study }: EncapsulatedPdfInput): {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly part10: Uint8Array;
} {
  const sopInstanceUid = dicomUidOf(signed.reportUuid, 'pdf', studyIndex);
  const sopClassUid = ENCAPSULATED_PDF_STORAGE;
  const elements: WrittenElement[] = [
    ...studyElements(signed, study),
    ...objectElements({ sopClassUid, sopInstanceUid }, localTime(signed.signedAt, study)),
    { tag: '0008002A', vr: 'DT', value: '' },
    { tag: '00080060', vr: 'CS', value: 'DOC' },
    { tag: '00080064', vr: 'CS', value: 'WSD' },
    { tag: '0008103E', vr: 'LO', value: 'Report' },
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
    ...predecessorElements(signed, studyInstanceUid, studyIndex),
    { tag: '0040A493', vr: 'CS', value: REPORT_STATE_FACTS[signed.state].verification },
    { tag: '00420010', vr: 'ST', value: clipped(signed.body.title, 1024) },
    { tag: '00420011', vr: 'OB', value: pdf },
    { tag: '00420012', vr: 'LO', value: 'application/pdf' },
    { tag: '00420015', vr: 'UL', value: pdf.length },
  ];
  return { sopClassUid, sopInstanceUid, part10: writePart10({ sopClassUid, sopInstanceUid, elements }) };
}

/** Predecessor Documents Sequence: the PDF of the version before, whose ids follow from its UUID. */
function predecessorElements(
  { predecessor }: SignedReport,
  studyInstanceUid: string,
  studyIndex: number,
): WrittenElement[] {
  if (predecessor === undefined) return [];
  const { reportUuid } = predecessor;
  const reference = referenceTo({
    studyInstanceUid,
    series: [
      {
        seriesInstanceUid: dicomUidOf(reportUuid, 'series', studyIndex),
        instances: [
          {
            sopClassUid: ENCAPSULATED_PDF_STORAGE,
            sopInstanceUid: dicomUidOf(reportUuid, 'pdf', studyIndex),
          },
        ],
      },
    ],
  });
  return [{ tag: '0040A360', vr: 'SQ', value: [reference] }];
}
