import { PATTERN_SIGNS, type DisplayKind } from '#shared/domain/display-check.ts';

/** The pattern on screen; CSS pixels, one of them one of the display's. */
export const PATTERN = { width: 880, height: 380 } as const;

const CELL = 80;
const RAMP_STEPS = 18;
const RAMP_TOP = 240;
const RAMP_HEIGHT = 70;
const COLOURS = ['#f00', '#0f0', '#00f', '#0ff', '#f0f', '#ff0', '#fff'] as const;

const grey = (level: number): string => `rgb(${level}, ${level}, ${level})`;

/** Another row of digits at every check: 1 to 9, so that none is taken for a letter. */
export const drawDigits = (): string =>
  [...crypto.getRandomValues(new Uint8Array(PATTERN_SIGNS.length))].map((value) => String((value % 9) + 1)).join('');

/**
 * After the idea of AAPM TG270's ULN and TG18-QC: signs of the least contrast on dark, middle and bright grey, the 18 steps
 * of a ramp from black to white, and the same without steps. `isEven` is asked of the ramps.
 */
export function drawPattern(canvas: HTMLCanvasElement, digits: string, kind: DisplayKind): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = grey(0);
  context.fillRect(0, 0, PATTERN.width, PATTERN.height);
  context.font = 'bold 44px sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  PATTERN_SIGNS.forEach(({ background, ink }, at) => {
    const left = at * CELL;
    context.fillStyle = grey(background);
    context.fillRect(left, 0, CELL, 200);
    context.fillStyle = grey(ink);
    context.fillText(digits[at] ?? '', left + CELL / 2, 100);
  });
  const step = PATTERN.width / RAMP_STEPS;
  for (let at = 0; at < RAMP_STEPS; at += 1) {
    context.fillStyle = grey(Math.round((255 * at) / (RAMP_STEPS - 1)));
    context.fillRect(Math.round(at * step), RAMP_TOP, Math.ceil(step), RAMP_HEIGHT);
  }
  for (let column = 0; column < PATTERN.width; column += 1) {
    context.fillStyle = grey(Math.round((255 * column) / (PATTERN.width - 1)));
    context.fillRect(column, RAMP_TOP + RAMP_HEIGHT, 1, 30);
  }
  if (kind === 'grey') return;
  const bar = PATTERN.width / COLOURS.length;
  COLOURS.forEach((colour, at) => {
    context.fillStyle = colour;
    context.fillRect(Math.round(at * bar), RAMP_TOP + RAMP_HEIGHT + 40, Math.ceil(bar), 20);
  });
}
