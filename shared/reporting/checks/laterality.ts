import type { Complaint } from '../complaint.ts';
import { entriesOf, entryTitle } from '../entries.ts';
import type { ReportBody } from '../report.ts';
import { lateralityFrom, type CheckFacts } from './check-facts.ts';
import { sharedCount, subjectOf } from './same-subject.ts';
import { sentencesOf, sidesIn, type Side } from './sentences.ts';

/** A sentence that speaks of the other side on purpose. */
const ON_PURPOSE =
  /contralateral|opposite|compar|other side|uninvolved|asymmetr|symmetr|as opposed to|versus|\bvs\b|both sides|bilateral|right[- ]handed|left[- ]handed/i;

const PAIRED =
  /\b(?:hands?|wrists?|forearms?|elbows?|humerus|shoulders?|clavicles?|fingers?|thumbs?|arms?|foot|feet|ankles?|tibia|fibula|knees?|femurs?|hips?|toes?|legs?|breasts?|extremit(?:y|ies))\b/i;

function onlySideOf(text: string): Side | undefined {
  if (/\b(bilat(?:eral)?|both)\b/i.test(text)) return undefined;
  const sides = new Set([...text.matchAll(/\b(left|right|lt|rt|l|r)\b/gi)].map(([word]) => lateralityFrom(word)));
  const [side] = sides;
  return sides.size === 1 && side !== 'bilateral' ? side : undefined;
}

/**
 * The side ordered: as coded, else as the exam's name says it, else as the images do, else for a limb as the reason names it; none when both
 * or neither is meant.
 */
function orderedSide({ order, study }: CheckFacts): Side | undefined {
  const coded = order.laterality ?? (/\b(bilat(?:eral)?|both)\b/i.test(order.exam) ? 'bilateral' : undefined);
  if (coded !== undefined) return coded === 'bilateral' ? undefined : coded;
  const named = onlySideOf(order.exam);
  if (named !== undefined) return named;
  if (study.laterality !== undefined) return study.laterality === 'bilateral' ? undefined : study.laterality;
  const isPaired = PAIRED.test(`${order.exam} ${order.bodyPart ?? ''}`.replaceAll('_', ' '));
  const sides = sidesIn(order.reason ?? '');
  const [reasonSide] = sides;
  return isPaired && sides.size === 1 ? reasonSide : undefined;
}

/** The technique says that the other side was imaged too: what is normal there may be said. */
function otherSideWasImaged(body: ReportBody, other: Side): boolean {
  return sentencesOf(body, ['technique']).some(({ text }) => ON_PURPOSE.test(text) && sidesIn(text).has(other));
}
const SAYS_NORMAL = /\bnormal\w*|\bunremarkable\b|\bno\b|\bintact\b|\bpatent\b|\bcompress\w*/i;

/** Exams that show more than the one side of a limb: there, only what names the limb is held against the order. */
const TRUNK = /\b(?:chest|thorax|pelvis|abdomen|spine|head|neck|bilateral)\b/i;

export function checkLaterality(facts: CheckFacts, body: ReportBody): Complaint[] {
  const ordered = orderedSide(facts);
  if (ordered === undefined) return entrySides(body);
  const other: Side = ordered === 'left' ? 'right' : 'left';
  const exam = `${facts.order.exam} ${facts.order.bodyPart ?? ''}`.replaceAll('_', ' ');
  const ofExam = subjectOf(exam.replaceAll(new RegExp(TRUNK, 'gi'), ' '));
  const isMeant = (text: string): boolean => !TRUNK.test(exam) || sharedCount(subjectOf(text), ofExam) > 0;
  const isOtherImaged = otherSideWasImaged(body, other);
  const wrong = sentencesOf(body, ['technique', 'findings', 'impression', 'other'])
    .filter(({ text }) => !ON_PURPOSE.test(text) && !(isOtherImaged && SAYS_NORMAL.test(text)))
    .filter(({ text }) => isMeant(text))
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
  return [...studySide(facts, ordered), ...wrong, ...entrySides(body)];
}

/** An entry whose side, as coded, is not the one its other words say: `Side left, Location right upper lobe`. */
function entrySides(body: ReportBody): Complaint[] {
  return body.sections.flatMap((section) =>
    entriesOf(section).flatMap((entry): Complaint[] => {
      const coded = entry.fields.find(({ kind }) => kind === 'laterality')?.value;
      if (coded !== 'left' && coded !== 'right') return [];
      const said = entry.fields.filter(({ kind }) => kind !== 'laterality').map(({ value }) => value);
      const sides = sidesIn(said.join('. '));
      if (sides.size !== 1 || sides.has(coded)) return [];
      return [
        {
          code: 'laterality-entry',
          severity: 'warn',
          section: section.title,
          quote: `${entryTitle(entry)}: ${coded}`,
          message: `${entryTitle(entry)} is marked ${coded}; its words say ${[...sides].join('')}.`,
          fix: 'Make the side and the words agree.',
        },
      ];
    }),
  );
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
