import { NOT_SEEN, PATTERN_SIGNS, type AmbientLight } from '#shared/domain/display-check.ts';

/** How far a display check has come; answered by keys alone. */
export interface CheckSteps {
  readonly typed: string;
  readonly isEven: boolean | undefined;
  readonly ambient: AmbientLight | undefined;
}

export const NO_ANSWERS: CheckSteps = { typed: '', isEven: undefined, ambient: undefined };

export type Question = 'digits' | 'ramp' | 'room' | 'done';

export function questionOf({ typed, isEven, ambient }: CheckSteps): Question {
  if (typed.length < PATTERN_SIGNS.length) return 'digits';
  if (isEven === undefined) return 'ramp';
  return ambient === undefined ? 'room' : 'done';
}

/** Keys 1 to 3. */
export const ROOMS: readonly AmbientLight[] = ['dark', 'dim', 'bright'];

/** What a key makes of the answers; the same ones where it means nothing here. Backspace takes the last answer back. */
export function answerByKey(steps: CheckSteps, key: string): CheckSteps {
  const question = questionOf(steps);
  if (key === 'Backspace') {
    if (question === 'room') return { ...steps, isEven: undefined };
    return question === 'digits' || question === 'ramp' ? { ...steps, typed: steps.typed.slice(0, -1) } : steps;
  }
  switch (question) {
    case 'digits':
      return /^[1-9]$/.test(key) || key === NOT_SEEN ? { ...steps, typed: steps.typed + key } : steps;
    case 'ramp':
      return /^[yn]$/i.test(key) ? { ...steps, isEven: key.toLowerCase() === 'y' } : steps;
    case 'room': {
      const ambient = /^[1-3]$/.test(key) ? ROOMS[Number(key) - 1] : undefined;
      return ambient === undefined ? steps : { ...steps, ambient };
    }
    case 'done':
      return steps;
  }
}
