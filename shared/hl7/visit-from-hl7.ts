import type { PatientClass } from '../domain/order.ts';
import { valueAt, type Segment } from './message.ts';

const ICU = /\b\w*(ICU|CCU|PICU|NICU)\b|intensive/i;

/** PV1-2 (table 0004) with PV1-3: an inpatient on an intensive care unit is told apart by the unit's name. */
export function patientClassFrom(pv1: Segment | undefined): PatientClass | undefined {
  const unit = [1, 2, 3].map((component) => valueAt(pv1, 3, { component }) ?? '').join(' ');
  switch (valueAt(pv1, 2)?.toUpperCase()) {
    case 'E':
      return 'emergency';
    case 'I':
    case 'B':
      return ICU.test(unit) ? 'icu' : 'inpatient';
    case 'O':
    case 'R':
    case 'P':
    case 'C':
      return 'outpatient';
    default:
      return ICU.test(unit) ? 'icu' : undefined;
  }
}

/** PV1-3: point of care, room and bed in one line. */
export function locationFrom(pv1: Segment | undefined): string | undefined {
  const parts = [1, 2, 3].map((component) => valueAt(pv1, 3, { component })).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
