import type { AccessionNumber, StudyInstanceUid } from '../domain/identifiers.ts';
import type { NoteFact } from '../domain/notes.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  componentAt,
  firstSegment,
  messageType,
  repetitionsAt,
  segmentsOf,
  valueAt,
  type Hl7Message,
  type Segment,
} from './message.ts';
import { attachedText, factFromObservation, observationText, wordsOf } from './notes-from-hl7.ts';
import { personFromPid, type PersonFacts } from './person-from-hl7.ts';
import { parseTimestamp } from './timestamp.ts';

/** A result a site sent of its own accord: an earlier imaging report, or laboratory values, of a patient we may be asked to read. */
export interface SiteResult {
  readonly kind: 'prior-report' | 'labs' | 'document';
  readonly patient: PersonFacts;
  readonly accessionNumber?: AccessionNumber;
  readonly studyInstanceUid?: StudyInstanceUid;
  /** What the panel shows: one fact for a report, one a value for labs. */
  readonly facts: readonly NoteFact[];
  /** Base64 of an attached PDF, as sent. */
  readonly pdf?: string;
}

export interface ResultRefusal {
  readonly code: 'not-a-result' | 'no-patient' | 'empty-result';
  readonly reason: string;
}

/** Codes that name identifiers, not findings (DCM 113014 and what dcm4che sends beside it). */
const isIdentifier = (obx: Segment): boolean => {
  const what = repetitionsAt(obx, 3)[0];
  return (
    ['113014', '113015'].includes(componentAt(what, 1) ?? '') || /instance uid|dicom study/i.test(wordsOf(what) ?? '')
  );
};

const RESULT_TYPES = new Set(['ORU^R01', 'ORU^R30', 'ORU^W01', 'ORU', 'MDM^T02', 'MDM^T04', 'MDM^T06', 'MDM^T08']);
/** MDM brings a document with its content (2.5.1, 9.6), a letter rather than an exam's report. */
const isDocument = (message: Hl7Message): boolean => messageType(message).startsWith('MDM');
export const isResultMessage = (message: Hl7Message): boolean => RESULT_TYPES.has(messageType(message));

/** ORU^R01. Numbers without prose are labs; anything with prose is a report, its texts under their own headings. */
export function resultFromHl7(message: Hl7Message): Result<SiteResult, ResultRefusal> {
  if (!isResultMessage(message))
    return err({ code: 'not-a-result', reason: `${messageType(message)} is no result message` });
  const patient = personFromPid(firstSegment(message, 'PID'));
  if (patient.mrn === '') return err({ code: 'no-patient', reason: 'PID-3 names no record number' });
  const obr = firstSegment(message, 'OBR');
  const observations = segmentsOf(message, 'OBX').filter((obx) => !isIdentifier(obx));
  const narrative = observations.filter(isNarrative);
  const measured = observations.filter((obx) => ['NM', 'SN'].includes(valueAt(obx, 2) ?? ''));
  const pdf = pdfOf(observations);
  const accessionNumber = valueAt(obr, 18) ?? valueAt(obr, 3);
  const studyInstanceUid = studyOf(message);
  const shared = {
    patient,
    ...(accessionNumber === undefined ? {} : { accessionNumber: accessionNumber as AccessionNumber }),
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid: studyInstanceUid as StudyInstanceUid }),
  };
  if (measured.length > narrative.length) {
    const facts = observations.map(factFromObservation).filter((fact) => fact !== undefined);
    if (facts.length > 0)
      return ok({ kind: 'labs', ...shared, facts: facts.map((fact) => ({ ...fact, source: 'HL7 result' })) });
  }
  const text = reportText(narrative);
  if (text === '' && pdf === undefined)
    return err({ code: 'empty-result', reason: 'no OBX holds text, numbers or a PDF' });
  const at = reportedAt(obr);
  const txa = firstSegment(message, 'TXA');
  const written = isDocument(message) ? (parseTimestamp(valueAt(txa, 4)) ?? at) : at;
  const fact: NoteFact = {
    kind: isDocument(message) ? 'document' : 'prior-report',
    label: wordsOf(repetitionsAt(obr, 4)[0]) ?? (isDocument(message) ? 'Document' : 'Report'),
    text: text === '' ? 'Report attached as PDF' : text,
    ...(written === undefined ? {} : { at: written }),
    source: isDocument(message) ? 'HL7 document' : 'HL7 result',
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
  };
  const kind = isDocument(message) ? 'document' : 'prior-report';
  return ok({ kind, ...shared, facts: [fact], ...(pdf === undefined ? {} : { pdf }) });
}

/** Prose, or a letter in a format that has text (RTF, HTML, CDA): a PDF is kept as it is. */
const isNarrative = (obx: Segment): boolean =>
  ['TX', 'FT', 'ST', 'CE', 'CWE'].includes(valueAt(obx, 2) ?? '') || attachedText(obx) !== undefined;

function studyOf(message: Hl7Message): string | undefined {
  const named = segmentsOf(message, 'OBX').find((obx) => valueAt(obx, 3) === '113014');
  const uid = valueAt(named, 5) ?? valueAt(firstSegment(message, 'ZDS'), 1) ?? valueAt(firstSegment(message, 'IPC'), 3);
  return uid !== undefined && /^[0-9]+(\.[0-9]+)+$/.test(uid) ? uid : undefined;
}

/** The exam's own time, so that the prior stands at the day of the images; else when the report was made. */
function reportedAt(obr: Segment | undefined): EpochMs | undefined {
  return parseTimestamp(valueAt(obr, 7)) ?? parseTimestamp(valueAt(obr, 22));
}

function pdfOf(observations: readonly Segment[]): string | undefined {
  const attached = observations.find(
    (obx) => valueAt(obx, 2) === 'ED' && /pdf/i.test(valueAt(obx, 5, { component: 3 }) ?? ''),
  );
  return valueAt(attached, 5, { component: 5 })?.replace(/\s+/g, '');
}

/** Consecutive values under one heading stay together; the exam's own name is no heading. */
function reportText(narrative: readonly Segment[]): string {
  const blocks: { readonly heading: string; readonly lines: string[] }[] = [];
  for (const obx of narrative) {
    const heading = wordsOf(repetitionsAt(obx, 3)[0]) ?? '';
    const line = observationText(obx);
    const last = blocks[blocks.length - 1];
    if (line === '') continue;
    if (last !== undefined && last.heading === heading) last.lines.push(line);
    else blocks.push({ heading, lines: [line] });
  }
  if (blocks.length === 1) return blocks[0]?.lines.join('\n') ?? '';
  return blocks.map(({ heading, lines }) => `${heading}: ${lines.join('\n')}`).join('\n\n');
}
