import { STANDARD_DELIMITERS } from '#shared/hl7/delimiters.ts';
import { encodeHl7, headerSegment, segment, type FieldInput, type Segment } from '#shared/hl7/message.ts';
import { formatTimestamp } from '#shared/hl7/timestamp.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { DemoStudy } from './studies/index.ts';

/** TQ1-9 (table 0485); activations are this hospital's own codes. */
const PRIORITY: Readonly<Record<DemoStudy['priority'], readonly string[]>> = {
  stroke: ['STROKE', 'Stroke code activation', 'L'],
  trauma: ['TRAUMA', 'Trauma team activation', 'L'],
  stat: ['S', 'STAT', 'HL70485'],
  asap: ['A', 'ASAP', 'HL70485'],
  urgent: ['T', 'Timing critical', 'HL70485'],
  routine: ['R', 'Routine', 'HL70485'],
};
const CLASS: Readonly<Record<DemoStudy['patientClass'], string>> = {
  emergency: 'E',
  icu: 'I',
  inpatient: 'I',
  outpatient: 'O',
};

const header = (type: readonly string[], controlId: string, at: EpochMs): Segment =>
  headerSegment([
    'RIS',
    'MERCY',
    'OVERREAD',
    'GROUP',
    formatTimestamp(at),
    undefined,
    type,
    controlId,
    'P',
    '2.5.1',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    'UNICODE UTF-8',
  ]);

/** PS3.5 PN to XPN or the name part of XCN: the suffix stands before the prefix there. */
const nameParts = (pn: string): string[] => {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (pn.split('=')[0] ?? '').split('^');
  return [family, given, middle, suffix, prefix];
};

const pid = ({ patient }: DemoStudy): Segment =>
  segment(
    'PID',
    '1',
    undefined,
    [patient.mrn, undefined, undefined, 'MERCY', 'MR'],
    undefined,
    nameParts(patient.name),
    undefined,
    patient.birthDate.replace(/-/g, ''),
    patient.sex === 'unknown' ? 'U' : patient.sex,
  );

const pv1 = ({ patientClass, location }: DemoStudy): Segment => segment('PV1', '1', CLASS[patientClass], location);

const NUMBER = /^([<>]?\d+(?:\.\d+)?) (\S+)$/;

/** A fact as OBX: numbers with units as NM, words as TX; the local code says what kind of fact it is. */
function obx(fact: NoteFact, position: number): Segment {
  const number = NUMBER.exec(fact.text);
  const what =
    fact.code === undefined ? [fact.kind, fact.label, 'L'] : [fact.code, fact.label, 'LN', fact.kind, fact.label, 'L'];
  return segment(
    'OBX',
    `${position}`,
    number === null ? 'TX' : 'NM',
    what,
    undefined,
    number?.[1] ?? fact.text,
    number?.[2],
    undefined,
    fact.abnormal === true ? 'A' : undefined,
    undefined,
    undefined,
    'F',
    undefined,
    undefined,
    fact.at === undefined ? undefined : formatTimestamp(fact.at),
  );
}

/** AL1-4: severe where the fact is marked. */
const al1 = (fact: NoteFact, position: number): Segment =>
  segment(
    'AL1',
    `${position}`,
    'DA',
    [fact.code, fact.label],
    fact.abnormal === true ? 'SV' : undefined,
    fact.text === '' ? undefined : fact.text,
    fact.at === undefined ? undefined : formatTimestamp(fact.at),
  );

/** OBR and ORC fields by their number in the standard. */
function numbered(name: string, fields: Readonly<Record<number, FieldInput>>): Segment {
  const last = Math.max(...Object.keys(fields).map(Number));
  return segment(name, ...Array.from({ length: last }, (_, at) => fields[at + 1]));
}

/** The order of one exam with everything the hospital knows, as ORM^O01. Prior reports travel on their own. */
export function orderMessage(study: DemoStudy, at: EpochMs): string {
  const { exam, accessionNumber, orderedBy } = study;
  const ofKind = (...kinds: readonly NoteFact['kind'][]) => study.notes.filter((fact) => kinds.includes(fact.kind));
  const provider = [orderedBy.id, ...nameParts(orderedBy.name)];
  const placer = `P${accessionNumber}`;
  const [history, ...moreHistory] = ofKind('history');
  const technologist = ofKind('technologist-note');
  const elsewhere = new Set(['allergy', 'contrast-reaction', 'technologist-note', 'prior-report', 'history']);
  const others = [...moreHistory, ...study.notes.filter((fact) => !elsewhere.has(fact.kind))];
  const orderedAt = formatTimestamp(study.studyDateTime);
  return encodeHl7({
    delimiters: STANDARD_DELIMITERS,
    segments: [
      header(['ORM', 'O01', 'ORM_O01'], `ORM${accessionNumber}`, at),
      pid(study),
      pv1(study),
      ...ofKind('allergy', 'contrast-reaction').map((fact, index) => al1(fact, index + 1)),
      numbered('ORC', { 1: 'NW', 2: placer, 3: accessionNumber, 9: orderedAt, 12: provider }),
      segment('TQ1', '1', ...Array.from({ length: 7 }, () => undefined), PRIORITY[study.priority]),
      numbered('OBR', {
        1: '1',
        2: placer,
        3: accessionNumber,
        4: [exam.code, exam.text, exam.codeSystem],
        6: orderedAt,
        13: history === undefined ? undefined : `${history.label}: ${history.text}`,
        16: provider,
        18: accessionNumber,
        24: exam.modality,
        31: [undefined, study.reason],
      }),
      ...technologist.map((fact, index) => segment('NTE', `${index + 1}`, 'L', fact.text)),
      ...others.map((fact, index) => obx(fact, index + 1)),
      segment('ZDS', [study.studyInstanceUid, undefined, 'Application', 'DICOM']),
    ],
  });
}

/** The report of an earlier exam as ORU^R01, paragraph by paragraph. Undefined for a study without one. */
export function priorReportMessage(study: DemoStudy, at: EpochMs): string | undefined {
  if (study.report === undefined) return undefined;
  const { exam, accessionNumber } = study;
  return encodeHl7({
    delimiters: STANDARD_DELIMITERS,
    segments: [
      header(['ORU', 'R01', 'ORU_R01'], `ORU${accessionNumber}`, at),
      pid(study),
      pv1(study),
      numbered('OBR', {
        1: '1',
        2: `P${accessionNumber}`,
        3: accessionNumber,
        4: [exam.code, exam.text, exam.codeSystem],
        7: formatTimestamp(study.studyDateTime),
        18: accessionNumber,
        24: exam.modality,
        25: 'F',
      }),
      segment(
        'OBX',
        '1',
        'ST',
        ['113014', 'DICOM Study', 'DCM'],
        undefined,
        study.studyInstanceUid,
        ...Array.from({ length: 5 }, () => undefined),
        'F',
      ),
      segment(
        'OBX',
        '2',
        'TX',
        ['18748-4', 'Diagnostic imaging report', 'LN'],
        undefined,
        study.report,
        ...Array.from({ length: 5 }, () => undefined),
        'F',
      ),
    ],
  });
}
