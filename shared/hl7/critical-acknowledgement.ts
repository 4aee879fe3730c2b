import type { AccessionNumber } from '../domain/identifiers.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { componentAt, firstSegment, messageType, repetitionsAt, valueAt, type Hl7Message } from './message.ts';

/** ORA^R41, observation report alert acknowledgement (HL7 v2.8 chapter 7.3.12): the message agreed with sites to confirm a critical result. */
export const isCriticalAcknowledgement = (message: Hl7Message): boolean => messageType(message) === 'ORA^R41';

export interface CriticalAcknowledgement {
  readonly accessionNumber: AccessionNumber;
  /** Who has heard it: PRT-5 as a person writes it; else the sending facility. */
  readonly by: string;
}

/** OBR-18, else OBR-3, names the order; MSA-1 must not be a refusal. */
export function criticalAcknowledgementFrom(
  message: Hl7Message,
): Result<CriticalAcknowledgement, { readonly code: 'no-order' | 'refused-by-site'; readonly reason: string }> {
  const obr = firstSegment(message, 'OBR');
  const accession = valueAt(obr, 18) ?? valueAt(obr, 3);
  if (accession === undefined) return err({ code: 'no-order', reason: 'neither OBR-18 nor OBR-3 names the order' });
  const answer = valueAt(firstSegment(message, 'MSA'), 1) ?? 'AA';
  if (!['AA', 'CA'].includes(answer)) {
    return err({ code: 'refused-by-site', reason: `MSA-1 is ${answer}: nobody says to have heard it` });
  }
  const person = repetitionsAt(firstSegment(message, 'PRT'), 5)[0];
  const name = [componentAt(person, 6), componentAt(person, 3), componentAt(person, 2)].filter(
    (part) => part !== undefined && part !== '',
  );
  const facility = valueAt(firstSegment(message, 'MSH'), 4) ?? 'the site';
  return ok({ accessionNumber: accession as AccessionNumber, by: name.length === 0 ? facility : name.join(' ') });
}
