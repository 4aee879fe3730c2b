import { DEFAULT_TURNAROUND_MINUTES, type Priority, type TurnaroundMinutes } from './priority.ts';

/** What orders the list and holds readings back: plain data, so that a change can be rehearsed before it is switched on. */
export interface WorklistRules {
  readonly name: string;
  /**
   * `start-by`: class first, then the moment by which it must be begun. `class-then-time`: class first, then order of arrival.
   * `time`: order of arrival alone. The last two are what groups use today, kept for comparison.
   */
  readonly order: 'start-by' | 'class-then-time' | 'time';
  /** For readings whose order names no due time, or an absurd one. */
  readonly turnaroundMinutes: TurnaroundMinutes;
  /** By how much of its class's turnaround a fact brings a reading forward within the class, 0..1. */
  readonly credits: {
    readonly emergency: number;
    readonly icu: number;
    readonly inpatient: number;
    readonly patientWaiting: number;
    /** Times the probability that the algorithm gives. */
    readonly aiResult: number;
    readonly escalation: number;
  };
  /** A reading with a critical AI result, or with the patient on the table, stands at least here. */
  readonly raisedTo: { readonly aiResult: Priority; readonly patientWaiting: Priority };
  /** Minutes that a reading comes forward on the list of a reader who needs half the group's time for it (and back where they need double). */
  readonly strengthMinutes: number;
  /** Minutes that a reading comes forward for each halving of its expected time: of two alike, the short one makes the other wait less. */
  readonly brevityMinutes: number;
  /** Minutes that a reading comes forward when no colleague on shift may read it, less the more may. */
  readonly scarcityMinutes: number;
  /** From this hour of a shift on, readings expected to take at least so long are not pushed to the reader. */
  readonly lateShift: { readonly afterHours: number; readonly complexMinutes: number };
  /** Reading minutes a shift after which only emergencies are pushed. */
  readonly capMinutes: number;
  /** A reader so many minutes ahead of an equal share is passed over while an eligible colleague is free. */
  readonly aheadMinutes: number;
  /**
   * For whom a reader is asked to set a lesser case aside, how often within an hour, and from which rise of the chance to be late, 0..1: to
   * wait for a reader who is about to be free is often as good.
   */
  readonly interruption: { readonly for: readonly Priority[]; readonly perHour: number; readonly riskFrom: number };
}

export const DEFAULT_RULES: WorklistRules = {
  name: 'Overread',
  order: 'start-by',
  turnaroundMinutes: DEFAULT_TURNAROUND_MINUTES,
  credits: { emergency: 0.1, icu: 0.1, inpatient: 0.03, patientWaiting: 0.25, aiResult: 0.25, escalation: 0.25 },
  raisedTo: { aiResult: 'asap', patientWaiting: 'asap' },
  strengthMinutes: 80,
  brevityMinutes: 20,
  scarcityMinutes: 30,
  lateShift: { afterHours: 9, complexMinutes: 15 },
  capMinutes: 600,
  aheadMinutes: 20,
  interruption: { for: ['stroke', 'trauma', 'stat'], perHour: 4, riskFrom: 0.01 },
};
