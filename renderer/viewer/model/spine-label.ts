import type { ImageFacts } from './image-facts.ts';
import type { ImagePoint, Measurement } from './measurement.ts';

const count = (letter: string, many: number): string[] => Array.from({ length: many }, (_, at) => `${letter}${at + 1}`);

/** From head to foot. */
const VERTEBRAE = [...count('C', 7), ...count('T', 12), ...count('L', 5), ...count('S', 5)];

/** How far towards the head a point lies, in millimetres where the file has geometry; else by its row. */
function height({ position, orientation, spacing }: ImageFacts, [column, row]: ImagePoint): number {
  if (!position || !orientation) return -row;
  return position[2] + orientation.row[2] * spacing.columnMm * column + orientation.column[2] * spacing.rowMm * row;
}

/** `l4 ` and `Th12` as they are written here; undefined when it is no vertebra. */
export function readVertebra(typed: string): string | undefined {
  const found = /^([CTLS])H?\s*(\d+)$/.exec(typed.trim().toUpperCase());
  const label = found ? `${found[1]}${found[2]}` : undefined;
  return label !== undefined && VERTEBRAE.includes(label) ? label : undefined;
}

/**
 * The label of a point set after others of the same study: the next vertebra, towards the head where the point lies higher
 * than the last one. Undefined for the first, and beyond C1 and S5: then the reader says it.
 */
export function nextVertebra(
  { facts, points }: Pick<Measurement, 'facts' | 'points'>,
  all: readonly Measurement[],
): string | undefined {
  const last = all.findLast(
    (one) => one.kind === 'vertebra' && one.facts.studyInstanceUid === facts.studyInstanceUid && one.text !== '',
  );
  const at = last ? VERTEBRAE.indexOf(last.text) : -1;
  const [point, before] = [points[0], last?.points[0]];
  if (!last || !point || !before || at < 0) return undefined;
  return VERTEBRAE[at + (height(facts, point) > height(last.facts, before) ? -1 : 1)];
}
