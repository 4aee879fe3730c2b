import type { PlainSection } from '../reporting/plain-sections.ts';
import { reportSections } from '../reporting/report-sections.ts';
import { REPORT_STATE_FACTS } from '../reporting/report-state.ts';
import type { SectionRole } from '../reporting/report.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { messageControlIdOf } from '../reporting/stable-ids.ts';
import { STANDARD_DELIMITERS } from './delimiters.ts';
import { encodeHl7, headerSegment, segment, type FieldInput, type Segment } from './message.ts';
import { formatTimestamp } from './timestamp.ts';

export interface OruInput {
  readonly signed: SignedReport;
  readonly channelIndex: number;
  /** The rendered report, base64; absent when it could not be made. */
  readonly pdfBase64?: string;
}

/** LOINC of the sections, as IHE RAD Results Distribution and document templates use them. */
const SECTION_CODE: Readonly<Record<Exclude<SectionRole, 'other'>, readonly [string, string]>> = {
  indication: ['55752-0', 'Clinical information'],
  technique: ['55111-9', 'Current imaging procedure descriptions'],
  comparison: ['18834-2', 'Radiology Comparison study'],
  findings: ['59776-5', 'Procedure findings'],
  impression: ['19005-8', 'Radiology Imaging study [Impression]'],
};

/**
 * A signed report as ORU^R01 of HL7 v2.5.1 (IHE RAD Results Distribution): one OBX for each study, one for each section, the PDF as ED.
 * Nothing in it depends on when it is sent: a repeat is the same message under the same MSH-10.
 */
export function oruFromReport({ signed, channelIndex, pdfBase64 }: OruInput): string {
  const { resultStatus, observationStatus } = REPORT_STATE_FACTS[signed.state];
  const at = formatTimestamp(signed.signedAt);
  const observations: readonly (readonly [type: string, id: FieldInput, subId: string, value: FieldInput])[] = [
    ...signed.studyInstanceUids.map(
      (uid, index) => ['ST', ['113014', 'DICOM Study', 'DCM'], String(index + 1), uid] as const,
    ),
    ...reportSections(signed).map(
      (section, index) => ['FT', sectionCode(section), String(index + 1), section.lines.join('\n')] as const,
    ),
    ...(pdfBase64 === undefined
      ? []
      : [['ED', REPORT_CODE, '1', [undefined, 'Application', 'PDF', 'Base64', pdfBase64]] as const]),
  ];
  const obx = observations.map(([type, id, subId, value], index) =>
    segment(
      'OBX',
      String(index + 1),
      type,
      id,
      subId,
      value,
      '',
      '',
      '',
      '',
      '',
      observationStatus,
      '',
      '',
      at,
      '',
      reader(signed),
    ),
  );
  return encodeHl7({
    delimiters: STANDARD_DELIMITERS,
    segments: [
      header(signed, channelIndex, at),
      patientSegment(signed),
      orderSegment(signed),
      requestSegment(signed, resultStatus, at),
      ...obx,
    ],
  });
}

const REPORT_CODE: FieldInput = ['18748-4', 'Diagnostic imaging study', 'LN'];

const sectionCode = ({ id, title, role }: PlainSection): FieldInput =>
  role === 'other' ? [id, title, 'L'] : [...SECTION_CODE[role], 'LN'];

const header = (signed: SignedReport, channelIndex: number, at: string): Segment =>
  headerSegment([
    'OVERREAD',
    'OVERREAD',
    undefined,
    signed.task.siteId,
    at,
    undefined,
    ['ORU', 'R01', 'ORU_R01'],
    messageControlIdOf(signed.reportUuid, channelIndex),
    'P',
    '2.5.1',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    'UNICODE UTF-8',
  ]);

/** PN (family, given, middle, prefix, suffix) to XPN (family, given, middle, suffix, prefix). Only the first group travels. */
function extendedPersonName(personName: string): readonly string[] {
  const group = personName.split('=').find((candidate) => candidate.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  return [family, given, middle, suffix, prefix];
}

const SEX = { M: 'M', F: 'F', O: 'O', unknown: 'U' } as const;

function patientSegment({ task: { patient, siteId } }: SignedReport): Segment {
  const mrn: FieldInput = patient.mrn === '' ? undefined : [patient.mrn, '', '', siteId, 'MR'];
  const name: FieldInput = [...extendedPersonName(patient.name), '', 'L'];
  return segment('PID', '1', '', mrn, '', name, '', patient.birthDate?.replaceAll('-', ''), SEX[patient.sex]);
}

/** The filler's number is the accession number; without one the report stands for itself. */
const fillerNumber = ({ task, reportUuid }: SignedReport): string => task.accessionNumber ?? reportUuid;

const orderSegment = (signed: SignedReport): Segment =>
  segment('ORC', 'RE', '', fillerNumber(signed), '', signed.state === 'preliminary' ? 'IP' : 'CM');

const reader = ({ signedBy }: SignedReport): FieldInput => [signedBy.id, ...extendedPersonName(signedBy.name)];

function requestSegment(signed: SignedReport, status: string, at: string): Segment {
  const { exam, accessionNumber, orderedBy, reason } = signed.task;
  const service: FieldInput =
    exam.code === undefined ? ['18748-4', exam.text, 'LN'] : [exam.code, exam.text, exam.codeSystem ?? 'L'];
  const orderer: FieldInput = orderedBy === undefined ? undefined : ['', ...extendedPersonName(orderedBy)];
  const fields: FieldInput[] = Array.from({ length: 32 }, () => undefined);
  fields[0] = '1';
  fields[2] = fillerNumber(signed);
  fields[3] = service;
  fields[6] = at; // OBR-7
  fields[15] = orderer;
  fields[17] = accessionNumber; // OBR-18, placer field 1: the accession number (IHE RAD TF-2 4.28)
  fields[21] = at; // OBR-22
  fields[24] = status;
  fields[30] = reason === undefined ? undefined : ['', reason];
  // OBR-32 is NDL: the person's name goes into subcomponents.
  fields[31] = [[signed.signedBy.id, ...extendedPersonName(signed.signedBy.name)]];
  return segment('OBR', ...fields);
}
