import { HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, PatientId, ReportId, SiteId, TaskId } from './identifiers.ts';
import { isOnCall, type OnCallContact } from './on-call.ts';

export const CRITICAL_LEVELS = ['red', 'orange', 'yellow'] as const;
export type CriticalLevel = (typeof CRITICAL_LEVELS)[number];

/** Windows of DOMAIN 4: red 60 min, orange 6 h, yellow 3 days; a site may set its own. */
export const CRITICAL_WINDOW_MINUTES: Readonly<Record<CriticalLevel, number>> = { red: 60, orange: 360, yellow: 4320 };

/** How a site wants to be told: its windows, whom to call in which order, and the clock on its wall. */
export interface CriticalRules {
  readonly windowMinutes: Readonly<Partial<Record<CriticalLevel, number>>>;
  /** First to last; after the last it begins again. */
  readonly escalation: readonly OnCallContact[];
  /** IANA name, e.g. `America/New_York`. */
  readonly timeZone: string;
}

export const NO_CRITICAL_RULES: CriticalRules = { windowMinutes: {}, escalation: [], timeZone: 'UTC' };

export const TELLING_WAYS = ['phone', 'message', 'in-person'] as const;
export type TellingWay = (typeof TELLING_WAYS)[number];

interface Actor {
  readonly id: string;
  readonly name: string;
}

/** One conversation: who told whom, how, when, and whether it was read back. */
export interface Telling {
  readonly by: Actor;
  readonly to: { readonly name: string; readonly role: string };
  readonly how: TellingWay;
  readonly at: EpochMs;
  readonly readBack: boolean;
}

/** The window ran out: who is to be called next. Without `to` nobody of the site's tree was on call. */
export interface Escalation {
  readonly at: EpochMs;
  readonly to?: Pick<OnCallContact, 'name' | 'role' | 'phone'>;
}

export const CONFIRMATION_WAYS = ['read-back', 'hl7', 'fhir', 'page'] as const;

/** Someone at the site said that they have heard it. */
export interface Confirmation {
  readonly at: EpochMs;
  readonly by: string;
  readonly via: (typeof CONFIRMATION_WAYS)[number];
}

/** A finding that someone must confirm having heard within its window; it stays open until then, signed or not. */
export interface CriticalResult {
  /** The hub's id of the Communication; empty before it is written. */
  readonly id: string;
  readonly version: string;
  readonly uuid: string;
  readonly taskId: TaskId;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly accessionNumber?: AccessionNumber;
  readonly patientId?: PatientId;
  readonly patientName: string;
  readonly examText: string;
  readonly reportId?: ReportId;
  readonly level: CriticalLevel;
  readonly finding: string;
  readonly foundAt: EpochMs;
  readonly foundBy: Actor;
  /** By then someone must have confirmed. */
  readonly windowEndsAt: EpochMs;
  /** When it escalates next, unless it is confirmed before: first at the window's end. */
  readonly escalatesAt: EpochMs;
  /** Whose turn it is to call the site. */
  readonly caller: 'reader' | 'support-desk';
  readonly tellings: readonly Telling[];
  readonly escalations: readonly Escalation[];
  readonly confirmation?: Confirmation;
}

export const windowMs = (level: CriticalLevel, { windowMinutes }: CriticalRules): number =>
  (windowMinutes[level] ?? CRITICAL_WINDOW_MINUTES[level]) * MINUTE_MS;

const SHORTEST_STEP_MS = 10 * MINUTE_MS;
const LONGEST_STEP_MS = 6 * HOUR_MS;

/** After its window a result goes to the next in the tree every quarter of it, at least every ten minutes' distance. */
const escalationStepMs = (level: CriticalLevel, rules: CriticalRules): number =>
  Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, windowMs(level, rules) / 4));

export const isConfirmed = (result: CriticalResult): boolean => result.confirmation !== undefined;

/** A read-back is a confirmation: someone heard it and said it again. Anything else leaves it open. */
export function tell(result: CriticalResult, telling: Telling): CriticalResult {
  const told = { ...result, tellings: [...result.tellings, telling] };
  if (!telling.readBack || isConfirmed(result)) return told;
  return confirm(told, { at: telling.at, by: `${telling.to.name}, ${telling.to.role}`, via: 'read-back' });
}

/** The first confirmation stands. */
export const confirm = (result: CriticalResult, confirmation: Confirmation): CriticalResult =>
  isConfirmed(result) ? result : { ...result, confirmation };

export const handOver = (result: CriticalResult): CriticalResult => ({ ...result, caller: 'support-desk' });

/** The next of the tree who is on call now, after those it went to before; the tree begins again after its last. */
export function nextContact(
  { escalations }: Pick<CriticalResult, 'escalations'>,
  rules: CriticalRules,
  now: EpochMs,
): OnCallContact | undefined {
  const { escalation: tree } = rules;
  const last = escalations.findLast(({ to }) => to !== undefined)?.to;
  const begin = tree.findIndex(({ name, phone }) => name === last?.name && phone === last.phone) + 1;
  return [...tree.slice(begin), ...tree.slice(0, begin)].find((contact) => isOnCall(contact, now, rules.timeZone));
}

/** The window ran out unconfirmed: the call goes to the support desk, for the next in the tree. Undefined: nothing is due. */
export function escalate(result: CriticalResult, rules: CriticalRules, now: EpochMs): CriticalResult | undefined {
  if (isConfirmed(result) || now < result.escalatesAt) return undefined;
  const contact = nextContact(result, rules, now);
  const to = contact === undefined ? {} : { to: { name: contact.name, role: contact.role, phone: contact.phone } };
  return {
    ...handOver(result),
    escalations: [...result.escalations, { at: now, ...to }],
    escalatesAt: (now + escalationStepMs(result.level, rules)) as EpochMs,
  };
}

/** What has least time left stands first; what ran out longest ago before all. */
export const byTimeLeft = (one: CriticalResult, other: CriticalResult): number =>
  one.windowEndsAt - other.windowEndsAt || (one.uuid < other.uuid ? -1 : 1);
