import type { ImageFacts, Vector3 } from './image-facts.ts';
import { reversed } from './vector.ts';

export interface EdgeLetters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

const OBLIQUE = 0.15;

/** Patient directions of PS3.3 C.7.6.1.1.1: +x left, +y posterior, +z head; the larger component first, lesser ones after. */
export function directionLetters([x, y, z]: Vector3): string {
  return [
    { size: Math.abs(x), letter: x > 0 ? 'L' : 'R' },
    { size: Math.abs(y), letter: y > 0 ? 'P' : 'A' },
    { size: Math.abs(z), letter: z > 0 ? 'H' : 'F' },
  ]
    .filter(({ size }) => size > OBLIQUE)
    .sort((a, b) => b.size - a.size)
    .slice(0, 2)
    .map(({ letter }) => letter)
    .join('');
}

const OPPOSITE: Readonly<Record<string, string>> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' };
const opposite = (letters: string): string => Array.from(letters, (letter) => OPPOSITE[letter] ?? letter).join('');

/** Where the view's right and upper edge point, in patient space (or along row and column where geometry is missing). */
export interface ViewAxes {
  readonly right: Vector3;
  readonly up: Vector3;
}

/** Without geometry rows lie along x and columns along y: see `provideMetadata`. */
function statedLetters([x, y]: Vector3, [row, column]: readonly [string, string]): string {
  if (Math.abs(x) > Math.abs(y)) return x > 0 ? row : opposite(row);
  return y > 0 ? column : opposite(column);
}

/** Of a plane, by where right and down on the screen point. */
export const asOnPlane = ({ right, down }: { readonly right: Vector3; readonly down: Vector3 }): EdgeLetters => ({
  top: directionLetters(reversed(down)),
  bottom: directionLetters(down),
  right: directionLetters(right),
  left: directionLetters(reversed(right)),
});

/** Undefined when the file tells nothing of the patient's orientation. */
export function edgeLetters(facts: ImageFacts, { right, up }: ViewAxes): EdgeLetters | undefined {
  const { orientation, patientOrientation } = facts;
  const lettersOf = orientation
    ? directionLetters
    : patientOrientation && ((direction: Vector3) => statedLetters(direction, patientOrientation));
  return (
    lettersOf && {
      top: lettersOf(up),
      bottom: lettersOf(reversed(up)),
      right: lettersOf(right),
      left: lettersOf(reversed(right)),
    }
  );
}
