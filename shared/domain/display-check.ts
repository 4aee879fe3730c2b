import { HOUR_MS, type EpochMs } from '../kernel/clock.ts';
import { shiftAt, type Shift } from './shift.ts';
import type { RadiologistId } from './identifiers.ts';

/** How the room is lit, in the reader's words; AAPM TG270 asks for it because light in the room eats the dark greys. */
export const AMBIENT_LIGHTS = ['dark', 'dim', 'bright'] as const;
export type AmbientLight = (typeof AMBIENT_LIGHTS)[number];

export const DISPLAY_KINDS = ['colour', 'grey'] as const;
export type DisplayKind = (typeof DISPLAY_KINDS)[number];

/**
 * One digit of the pattern, drawn on a background of almost its own grey; both 8-bit driving levels. A display that is set to
 * the greyscale function (PS3.14) shows steps of like height everywhere: one that is not loses those at an end.
 */
export interface PatternSign {
  readonly background: number;
  readonly ink: number;
  /** One that is not seen fails the display; the others only say how well it does. */
  readonly isNeeded: boolean;
}

const sign = (background: number, step: number, isNeeded = true): PatternSign => ({
  background,
  ink: background + step,
  isNeeded,
});

/** 5 % on black and 95 % on white, then fainter and fainter steps on dark, middle and bright grey. */
export const PATTERN_SIGNS: readonly PatternSign[] = [
  sign(0, 13),
  sign(255, -13),
  sign(15, 9),
  sign(15, 6),
  sign(15, 3, false),
  sign(128, 9),
  sign(128, 6),
  sign(128, 3, false),
  sign(240, -9),
  sign(240, -6),
  sign(240, -3, false),
];

/** Typed for a sign that is not seen. */
export const NOT_SEEN = '-';

export interface DisplayAnswers {
  /** The digits drawn, in the order of `PATTERN_SIGNS`. */
  readonly drawn: string;
  /** What the reader typed for each. */
  readonly typed: string;
  readonly ambient: AmbientLight;
  /** Steps of the ramp are alike in height, without stains or bands; and no colour on greys. */
  readonly isEven: boolean;
}

export type DisplayVerdict =
  | { readonly outcome: 'passed'; readonly seen: number }
  | { readonly outcome: 'failed'; readonly seen: number; readonly reasons: readonly string[] };

const WHERE = (background: number): string => (background < 64 ? 'dark' : background < 192 ? 'middle' : 'bright');

/** What the answers say of the display in this room. */
export function judgeDisplay({ drawn, typed, ambient, isEven }: DisplayAnswers): DisplayVerdict {
  const isSeen = PATTERN_SIGNS.map((_, at) => drawn[at] !== undefined && typed[at] === drawn[at]);
  const missed = new Set(
    PATTERN_SIGNS.filter(({ isNeeded }, at) => isNeeded && isSeen[at] !== true).map(({ background }) =>
      WHERE(background),
    ),
  );
  const reasons = [
    ...[...missed].map((where) => `steps in the ${where} greys are not told apart`),
    ...(isEven ? [] : ['the ramp is uneven or stained']),
    ...(ambient === 'bright' ? ['the room is too bright'] : []),
  ];
  const seen = isSeen.filter(Boolean).length;
  return reasons.length === 0 ? { outcome: 'passed', seen } : { outcome: 'failed', seen, reasons };
}

export interface DisplayCheck {
  /** Size and place of the display among the others; not who sits before it. */
  readonly displayKey: string;
  readonly kind: DisplayKind;
  readonly outcome: DisplayVerdict['outcome'];
  readonly reasons: readonly string[];
  readonly ambient: AmbientLight;
  readonly seen: number;
  readonly of: number;
  readonly at: EpochMs;
  /** The beginning of the shift it was made for; absent: no roster told of one. */
  readonly shiftFrom?: EpochMs;
}

/** A reader checks displays before the first case, often a little before the shift begins. */
const BEFORE_SHIFT_MS = HOUR_MS;
/** Where no roster tells of a shift, a check holds for as long as a long one. */
const WITHOUT_ROSTER_MS = 12 * HOUR_MS;

/** Checks made since then hold now. */
export function checksHoldFrom(roster: readonly Shift[], reader: RadiologistId, now: EpochMs): EpochMs {
  const shift = shiftAt(roster, reader, now);
  return (shift === undefined ? now - WITHOUT_ROSTER_MS : shift.from - BEFORE_SHIFT_MS) as EpochMs;
}

/** The last check of a display that still holds. */
export const checkThatHolds = <Check extends { readonly displayKey: string; readonly at: number }>(
  checks: readonly Check[],
  displayKey: string,
  holdsFrom: number,
): Check | undefined =>
  checks.filter((check) => check.displayKey === displayKey && check.at >= holdsFrom).toSorted((a, b) => b.at - a.at)[0];

/** What must stand on the images of a display; undefined: it passed. */
export function displayDoubt(check: Pick<DisplayCheck, 'outcome' | 'reasons'> | undefined): string | undefined {
  if (check === undefined) return 'this display was not checked in this shift';
  return check.outcome === 'passed' ? undefined : check.reasons.join(', ');
}
