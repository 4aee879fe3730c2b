import type { RadiologistId } from '../domain/identifiers.ts';
import type { Shift, Span } from '../domain/shift.ts';
import { idInReference, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

interface Slot extends Span {
  readonly isBreak: boolean;
}

/**
 * The roster that a hub holds as FHIR R4 Schedule and Slot: one Schedule a reader (its actor, by our reader identifier), its Slots the hours.
 * A Slot that is `busy-unavailable` is a break, one `entered-in-error` is none; Slots that touch make one shift.
 */
export function rosterFromFhir(schedules: readonly unknown[], slots: readonly unknown[]): readonly Shift[] {
  const bySchedule = new Map<string, Slot[]>();
  for (const each of slots) {
    const slot = slotOf(recordOf(each));
    if (slot === undefined) continue;
    bySchedule.set(slot.scheduleId, [...(bySchedule.get(slot.scheduleId) ?? []), slot]);
  }
  return schedules.flatMap((each) => {
    const schedule = recordOf(each);
    const reader = readerOf(schedule);
    const own = bySchedule.get(textOf(schedule['id']) ?? '') ?? [];
    if (reader === undefined || schedule['active'] === false) return [];
    return shiftsOf(own).map((shift): Shift => ({ ...reader, ...shift }));
  });
}

function slotOf(slot: Readonly<Record<string, unknown>>): (Slot & { readonly scheduleId: string }) | undefined {
  const [from, until] = [instantOf(slot['start']), instantOf(slot['end'])];
  const scheduleId = idInReference(slot['schedule'], 'Schedule');
  if (from === undefined || until === undefined || until <= from || scheduleId === undefined) return undefined;
  if (slot['status'] === 'entered-in-error') return undefined;
  return { scheduleId, from, until, isBreak: slot['status'] === 'busy-unavailable' };
}

function readerOf(
  schedule: Readonly<Record<string, unknown>>,
): { readonly readerId: RadiologistId; readonly readerName: string } | undefined {
  for (const actor of listOf(schedule['actor']).map(recordOf)) {
    const { system, value } = recordOf(actor['identifier']);
    const id = system === SYSTEM.reader ? textOf(value) : undefined;
    if (id !== undefined) return { readerId: id as RadiologistId, readerName: textOf(actor['display']) ?? id };
  }
  return undefined;
}

function shiftsOf(slots: readonly Slot[]): readonly (Span & { readonly breaks: readonly Span[] })[] {
  const shifts: { from: Span['from']; until: Span['until']; breaks: Span[]; hasWork: boolean }[] = [];
  for (const { from, until, isBreak } of slots.toSorted((one, other) => one.from - other.from)) {
    const last = shifts.at(-1);
    const isNext = last !== undefined && from <= last.until;
    const shift = isNext ? last : { from, until, breaks: [], hasWork: false };
    if (!isNext) shifts.push(shift);
    if (until > shift.until) shift.until = until;
    if (isBreak) shift.breaks.push({ from, until });
    else shift.hasWork = true;
  }
  return shifts.flatMap(({ from, until, breaks, hasWork }) => (hasWork ? [{ from, until, breaks }] : []));
}
