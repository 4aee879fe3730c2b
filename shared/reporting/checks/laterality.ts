import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { lateralityFrom, type CheckFacts } from './check-facts.ts';
import { sentencesOf, sidesIn, type Side } from './sentences.ts';

/** A sentence that speaks of the other side on purpose. */
const ON_PURPOSE =
  /contralateral|opposite|compar|other side|uninvolved|asymmetr|symmetr|as opposed to|versus|\bvs\b|both sides|bilateral|right[- ]handed|left[- ]handed/i;

/** The side ordered: as coded, else as the exam's name says it; none when it says both or neither. */
function orderedSide({ order }: CheckFacts): Side | undefined {
  if (order.laterality !== undefined) return order.laterality === 'bilateral' ? undefined : order.laterality;
  if (/\b(bilat(?:eral)?|both)\b/i.test(order.exam)) return undefined;
  const named = [...order.exam.matchAll(/\b(left|right|lt|rt|l|r)\b/gi)].map(([word]) => lateralityFrom(word));
  const sides = new Set(named);
  const [side] = sides;
  return sides.size === 1 && side !== 'bilateral' ? side : undefined;
}

export function checkLaterality(facts: CheckFacts, body: ReportBody): Complaint[] {
  const ordered = orderedSide(facts);
  if (ordered === undefined) return [];
  const other: Side = ordered === 'left' ? 'right' : 'left';
  const wrong = sentencesOf(body, ['technique', 'findings', 'impression', 'other'])
    .filter(({ text }) => !ON_PURPOSE.test(text))
    .filter(({ text }) => {
      const sides = sidesIn(text);
      return sides.has(other) && !sides.has(ordered);
    })
    .map(({ section, text }): Complaint => ({
      code: 'laterality',
      severity: 'warn',
      section,
      quote: text,
      message: `The order is for the ${ordered} side; this says ${other}.`,
      fix: `Change "${other}" to "${ordered}", or say why the other side is meant.`,
    }));
  return [...studySide(facts, ordered), ...wrong];
}

function studySide({ study }: CheckFacts, ordered: Side): Complaint[] {
  if (study.laterality === undefined || study.laterality === 'bilateral' || study.laterality === ordered) return [];
  return [
    {
      code: 'laterality-images',
      severity: 'warn',
      message: `The order is for the ${ordered} side; the images are marked ${study.laterality}.`,
      fix: 'Ask the site which side was imaged.',
    },
  ];
}
