import { toIso } from '../kernel/clock.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { REPORT_STATE_FACTS } from '../reporting/report-state.ts';
import { messageControlIdOf } from '../reporting/stable-ids.ts';
import { STANDARD_DELIMITERS } from './delimiters.ts';
import { mapFields, type FieldFacts } from './map-fields.ts';
import { encodeHl7, headerSegment, segment, type FieldInput, type Segment } from './message.ts';
import { observationsOf, type OruContent } from './oru-observations.ts';
import { USUAL_ORU_FORMAT, type OruFormat } from './oru-format.ts';
import { formatTimestamp } from './timestamp.ts';

export interface OruInput extends OruContent {
  readonly channelIndex: number;
  readonly format?: OruFormat;
}

/**
 * A signed report as ORU^R01 of HL7 v2.5.1 (IHE RAD Results Distribution): one OBX for each study, one for each section, the PDF as ED; or as its site's
 * format says. Nothing in it depends on when it is sent: a repeat is the same message under the same MSH-10.
 */
export function oruFromReport({ channelIndex, format = USUAL_ORU_FORMAT, ...content }: OruInput): string {
  const { signed } = content;
  const { resultStatus, observationStatus } = REPORT_STATE_FACTS[signed.state];
  const at = formatTimestamp(signed.signedAt);
  const obx = observationsOf(content, format).map(({ type, id, subId, value, units, abnormal }, index) =>
    segment(
      'OBX',
      String(index + 1),
      type,
      id,
      subId,
      value,
      units,
      '',
      abnormal,
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
  const message = {
    delimiters: STANDARD_DELIMITERS,
    segments: [
      header(signed, channelIndex, at, format),
      patientSegment(signed),
      orderSegment(signed),
      requestSegment(signed, resultStatus, at),
      ...obx,
    ],
  };
  return encodeHl7(mapFields(message, format.fields, factsOf(signed)));
}

const header = (signed: SignedReport, channelIndex: number, at: string, { version, charset }: OruFormat): Segment =>
  headerSegment([
    'OVERREAD',
    'OVERREAD',
    undefined,
    signed.task.siteId,
    at,
    undefined,
    // MSH-9.3 came with 2.4.
    version === '2.3.1' ? ['ORU', 'R01'] : ['ORU', 'R01', 'ORU_R01'],
    messageControlIdOf(signed.reportUuid, channelIndex),
    'P',
    version,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    charset,
  ]);

function factsOf({ task, reportUuid, version, signedBy, signedAt, studyInstanceUids }: SignedReport): FieldFacts {
  const [readerFamily = '', readerGiven = ''] = extendedPersonName(signedBy.name);
  return {
    accession: task.accessionNumber ?? '',
    mrn: task.patient.mrn,
    site: task.siteId,
    siteName: task.siteName,
    report: reportUuid,
    version: String(version),
    reader: signedBy.id,
    readerFamily,
    readerGiven,
    examCode: task.exam.code ?? '',
    examText: task.exam.text,
    modality: task.exam.modality ?? '',
    study: studyInstanceUids[0] ?? '',
    signedAt: toIso(signedAt).slice(0, 19).replace(/[-:T]/g, ''),
  };
}

/** PN (family, given, middle, prefix, suffix) to XPN (family, given, middle, suffix, prefix). Only the first group travels. */
export function extendedPersonName(personName: string): readonly string[] {
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
