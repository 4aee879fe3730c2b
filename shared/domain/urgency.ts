import type { EpochMs } from '../kernel/clock.ts';

/** What an algorithm said of the images, from a FHIR Observation, or a DICOM SR or secondary capture in the study. */
export interface AiResult {
  /** In the algorithm's words, e.g. `intracranial hemorrhage`. */
  readonly finding: string;
  /** 0..1; absent where the algorithm says yes or no only: then its presence is a yes. */
  readonly probability?: number;
  readonly algorithm?: string;
  readonly at?: EpochMs;
}

/** The referrer asks for it sooner than ordered. */
export interface Escalation {
  readonly at: EpochMs;
  /** Who asked, as shown. */
  readonly by: string;
  readonly reason: string;
}

/** While the site owes something the clock stands still (DOMAIN 2, the fair clock). Open without `until`. */
export interface ClockPause {
  readonly from: EpochMs;
  readonly until?: EpochMs;
  readonly reason: string;
}

export const READ_TYPES = ['final', 'preliminary', 'double-reading', 'second-opinion'] as const;
export type ReadType = (typeof READ_TYPES)[number];

/** Findings that cannot wait for the class they were ordered in. */
const CRITICAL_FINDING =
  /h(a)?emorrhag|bleed|large vessel occlusion|\bLVO\b|infarct|embol|\bPE\b|pneumothorax|dissection|aneurysm|free (air|gas|fluid)|pneumoperiton|cord compression|fractur|herniation|mass effect|(?:sub|epi|extra)dural h(a)?ematom|torsion|perforat|ruptur|tamponade/i;
/** `no hemorrhage`, `hemorrhage: negative`: a finding that is not there. */
const ABSENT = /\b(no|not|without|negative|absent|unlikely)\b/i;
const FINDING_LIMIT = 200;
/** Below it an algorithm's word changes nothing: it never pushes a reading back either. */
const PROBABLE = 0.5;

export const probabilityOf = ({ finding, probability }: AiResult): number =>
  ABSENT.test(finding.slice(0, FINDING_LIMIT)) ? 0 : Math.min(1, Math.max(0, probability ?? 1));

/** Whether words name a finding that cannot wait; whether they say that it is there is another question. */
export const namesCriticalFinding = (text: string): boolean => CRITICAL_FINDING.test(text.slice(0, FINDING_LIMIT));

export const isCriticalFinding = (result: AiResult): boolean =>
  probabilityOf(result) >= PROBABLE && namesCriticalFinding(result.finding);

/** The most weighty thing an algorithm said: critical findings first, then the most probable. */
export const weightiestResult = (results: readonly AiResult[] | undefined): AiResult | undefined =>
  results
    ?.filter((result) => probabilityOf(result) >= PROBABLE)
    .toSorted(
      (one, other) =>
        Number(isCriticalFinding(other)) - Number(isCriticalFinding(one)) || probabilityOf(other) - probabilityOf(one),
    )[0];

/** How long the clock has stood still between two moments. Overlapping pauses count once. */
export function pausedMs(pauses: readonly ClockPause[] | undefined, from: EpochMs, to: EpochMs): number {
  if (pauses === undefined) return 0;
  let paused = 0;
  let reached: number = from;
  for (const pause of pauses.toSorted((one, other) => one.from - other.from)) {
    const begin = Math.max(reached, pause.from);
    const end = Math.min(to, pause.until ?? to);
    if (end <= begin) continue;
    paused += end - begin;
    reached = end;
  }
  return paused;
}

/** The clock stands still from now on; one that stands still for this reason already goes on doing so. */
export function withPause<Reading extends { readonly pauses?: readonly ClockPause[] }>(
  reading: Reading,
  reason: string,
  now: EpochMs,
): Reading {
  const { pauses = [] } = reading;
  const isRunning = pauses.some((pause) => pause.until === undefined && pause.reason === reason);
  return isRunning ? reading : { ...reading, pauses: [...pauses, { from: now, reason }] };
}

/** What it stood still for has come: the clock goes on. */
export function withoutPause<Reading extends { readonly pauses?: readonly ClockPause[] }>(
  reading: Reading,
  reason: string,
  now: EpochMs,
): Reading {
  const { pauses = [] } = reading;
  const isRunning = (pause: ClockPause) => pause.until === undefined && pause.reason === reason;
  if (!pauses.some(isRunning)) return reading;
  return { ...reading, pauses: pauses.map((pause) => (isRunning(pause) ? { ...pause, until: now } : pause)) };
}

/** The pause that runs now. */
export const runningPause = (pauses: readonly ClockPause[] | undefined, now: EpochMs): ClockPause | undefined =>
  pauses?.find(({ from, until }) => from <= now && (until === undefined || until > now));
