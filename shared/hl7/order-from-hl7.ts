import { examFactsFromText } from '../domain/exam-facts.ts';
import type { AccessionNumber, SiteId, StudyInstanceUid } from '../domain/identifiers.ts';
import type { Exam, IncomingOrder, Laterality } from '../domain/order.ts';
import { priorityOf, urgencyFactsOf } from '../domain/order-priority.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  componentAt,
  firstSegment,
  messageType,
  repetitionsAt,
  valueAt,
  type Hl7Message,
  type Segment,
} from './message.ts';
import { notesFromSegments, wordsOf } from './notes-from-hl7.ts';
import { personFromPid, providerFromXcn } from './person-from-hl7.ts';
import { parseTimestamp } from './timestamp.ts';
import { locationFrom, patientClassFrom } from './visit-from-hl7.ts';

export interface OrderRefusal {
  readonly code: 'not-an-order' | 'no-patient' | 'no-exam' | 'no-order-number' | 'unknown-order-control';
  readonly reason: string;
}

/** Message types that ask for imaging. OMG is the general clinical order, used for it by eye care. */
const ORDER_TYPES = new Set(['ORM^O01', 'OMI^O23', 'OMG^O19']);

export const isOrderMessage = (message: Hl7Message): boolean => ORDER_TYPES.has(messageType(message));

/** ORC-1 (table 0119), with ORC-5 for a mere status change. Undefined: a word that asks for nothing we could do. */
function controlOf(orc: Segment | undefined): IncomingOrder['control'] | undefined {
  switch (valueAt(orc, 1)?.toUpperCase()) {
    case undefined:
    case 'NW':
    case 'SN':
      return 'new';
    case 'XO':
    case 'XX':
    case 'XR':
    case 'RP':
    case 'RO':
      return 'change';
    case 'SC':
    case 'OK':
      return ['CA', 'DC'].includes(valueAt(orc, 5)?.toUpperCase() ?? '') ? 'cancel' : 'change';
    case 'CA':
    case 'OC':
    case 'CR':
    case 'DC':
    case 'OD':
    case 'DR':
      return 'cancel';
    default:
      return undefined;
  }
}

/** One order group: what stands before the first ORC/OBR is common to all of them. */
function orderGroups(message: Hl7Message): { readonly common: Segment[]; readonly groups: Segment[][] } {
  const common: Segment[] = [];
  const groups: Segment[][] = [];
  for (const each of message.segments) {
    const current = groups[groups.length - 1];
    const begins =
      each.name === 'ORC' ||
      (each.name === 'OBR' && (current === undefined || current.some(({ name }) => name === 'OBR')));
    if (begins) groups.push([each]);
    else if (current === undefined) common.push(each);
    else current.push(each);
  }
  return { common, groups };
}

const studyUid = (text: string | undefined): StudyInstanceUid | undefined =>
  text !== undefined && /^[0-9]+(\.[0-9]+)+$/.test(text) && text.length <= 64 ? (text as StudyInstanceUid) : undefined;

/** Diagnostic service sections (table 0074) as DICOM modalities; DICOM's own words pass unchanged. */
const SECTIONS: Readonly<Record<string, string>> = {
  CT: 'CT',
  CTH: 'CT',
  MR: 'MR',
  NMR: 'MR',
  MRI: 'MR',
  US: 'US',
  RUS: 'US',
  OUS: 'US',
  VUS: 'US',
  NM: 'NM',
  NMS: 'NM',
  PT: 'PT',
  MG: 'MG',
  CR: 'CR',
  DX: 'DX',
  RX: 'DX',
  XR: 'DX',
  RF: 'RF',
  XA: 'XA',
  OP: 'OP',
  OPT: 'OPT',
};

const MODIFIERS: Readonly<Record<string, Laterality>> = {
  LT: 'left',
  RT: 'right',
  '50': 'bilateral',
  L: 'left',
  R: 'right',
};

function examOf(obr: Segment, ipc: Segment | undefined): Exam | undefined {
  const service = repetitionsAt(obr, 4)[0] ?? repetitionsAt(ipc, 6)[0];
  const text = wordsOf(service);
  if (text === undefined) return undefined;
  const code = componentAt(service, 1);
  const codeSystem = componentAt(service, 3);
  const modality = SECTIONS[valueAt(ipc, 5) ?? ''] ?? SECTIONS[valueAt(obr, 24) ?? ''];
  const laterality = MODIFIERS[valueAt(obr, 45) ?? ''] ?? MODIFIERS[valueAt(obr, 15, { component: 5 }) ?? ''];
  return {
    text,
    ...(code === undefined ? {} : { code }),
    ...(codeSystem === undefined ? {} : { codeSystem }),
    ...examFactsFromText(text),
    ...(modality === undefined ? {} : { modality }),
    ...(laterality === undefined ? {} : { laterality }),
  };
}

/**
 * All orders of one ORM^O01, OMI^O23 or OMG^O19 message. `receivedAt` stands in where the sender gave no time, and no order is older than its
 * arrival says: a clock or zone that is ahead at the site must not make it wait longer.
 */
export function ordersFromHl7(
  message: Hl7Message,
  siteId: SiteId,
  receivedAt: EpochMs,
): Result<readonly IncomingOrder[], OrderRefusal> {
  if (!isOrderMessage(message))
    return err({
      code: 'not-an-order',
      reason: `${messageType(message) || 'a message without type'} is not an imaging order`,
    });
  const { common, groups } = orderGroups(message);
  if (groups.length === 0) return err({ code: 'no-exam', reason: 'no ORC or OBR segment' });
  const orders: IncomingOrder[] = [];
  for (const group of groups) {
    const order = orderFromGroup(message, common, group, siteId, receivedAt);
    if (!order.ok) return order;
    orders.push(order.value);
  }
  return ok(orders);
}

function orderFromGroup(
  message: Hl7Message,
  common: readonly Segment[],
  group: readonly Segment[],
  siteId: SiteId,
  receivedAt: EpochMs,
): Result<IncomingOrder, OrderRefusal> {
  const inGroup = (name: string) => group.find((each) => each.name === name);
  const inCommon = (name: string) => common.find((each) => each.name === name);
  const [orc, obr, ipc, tq1] = [inGroup('ORC'), inGroup('OBR'), inGroup('IPC'), inGroup('TQ1')];
  const pv1 = inCommon('PV1');
  const patient = personFromPid(inCommon('PID'));
  if (patient.mrn === '' && patient.name === '')
    return err({ code: 'no-patient', reason: 'PID names neither a record number (PID-3) nor a name (PID-5)' });
  const control = controlOf(orc);
  if (control === undefined)
    return err({
      code: 'unknown-order-control',
      reason: `order control ${valueAt(orc, 1) ?? ''} asks for nothing we do`,
    });
  const accessionNumber = valueAt(ipc, 1) ?? valueAt(obr, 18) ?? valueAt(obr, 3) ?? valueAt(orc, 3);
  const placerOrderNumber = valueAt(orc, 2) ?? valueAt(obr, 2);
  const studyInstanceUid =
    studyUid(valueAt(ipc, 3)) ?? studyUid(valueAt(inGroup('ZDS') ?? firstSegment(message, 'ZDS'), 1));
  if (accessionNumber === undefined && placerOrderNumber === undefined && studyInstanceUid === undefined)
    return err({
      code: 'no-order-number',
      reason: 'no accession, filler or placer order number and no Study Instance UID',
    });
  const exam = obr === undefined ? undefined : examOf(obr, ipc);
  if (exam === undefined && control !== 'cancel') return err({ code: 'no-exam', reason: 'OBR-4 names no exam' });
  const notes = notesFromSegments([...common, ...group]);
  const reason = notes.find((fact) => fact.kind === 'reason')?.text ?? wordsOf(repetitionsAt(orc, 16)[0]);
  const patientClass = patientClassFrom(pv1);
  const location = locationFrom(pv1);
  const stated = [
    valueAt(tq1, 9),
    valueAt(tq1, 9, { component: 2 }),
    valueAt(obr, 27, { component: 6 }),
    valueAt(orc, 7, { component: 6 }),
    valueAt(obr, 5),
  ];
  const wording = [
    exam?.text,
    ...notes.filter((fact) => fact.kind === 'reason' || fact.kind === 'history').map((fact) => fact.text),
  ];
  const orderedBy =
    providerFromXcn(repetitionsAt(obr, 16)[0]) ??
    providerFromXcn(repetitionsAt(orc, 12)[0]) ??
    providerFromXcn(repetitionsAt(pv1, 8)[0]) ??
    providerFromXcn(repetitionsAt(pv1, 7)[0]);
  const header = firstSegment(message, 'MSH');
  const sentAt =
    parseTimestamp(valueAt(orc, 9)) ?? parseTimestamp(valueAt(obr, 6)) ?? parseTimestamp(valueAt(header, 7));
  return ok({
    siteId,
    channel: 'hl7',
    control,
    ...(accessionNumber === undefined ? {} : { accessionNumber: accessionNumber as AccessionNumber }),
    ...(placerOrderNumber === undefined ? {} : { placerOrderNumber }),
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
    patient,
    exam: exam ?? { text: '' },
    priority: priorityOf(stated, wording, patientClass),
    ...urgencyFactsOf(stated, [...wording, ...techNotes(notes)]),
    ...(patientClass === undefined ? {} : { patientClass }),
    ...(location === undefined ? {} : { location }),
    ...(orderedBy === undefined ? {} : { orderedBy }),
    orderedAt: sentAt === undefined || sentAt > receivedAt ? receivedAt : sentAt,
    ...(reason === undefined ? {} : { reason }),
    notes,
  });
}

/** The technologist says whether the patient still lies on the table. */
const techNotes = (notes: IncomingOrder['notes']): readonly string[] =>
  notes.filter((fact) => fact.kind === 'technologist-note').map((fact) => fact.text);

/** The order of a message that carries one; of several, the first. */
export function orderFromHl7(
  message: Hl7Message,
  siteId: SiteId,
  receivedAt: EpochMs,
): Result<IncomingOrder, OrderRefusal> {
  const orders = ordersFromHl7(message, siteId, receivedAt);
  if (!orders.ok) return orders;
  const first = orders.value[0];
  return first === undefined ? err({ code: 'no-exam', reason: 'no order in the message' }) : ok(first);
}
