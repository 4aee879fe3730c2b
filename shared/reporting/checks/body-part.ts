import type { Complaint } from '../complaint.ts';
import { isBeside, regionsNamedIn, STRUCTURES, type Region } from '../regions.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

/** A sentence that speaks of another part on purpose. */
const ON_PURPOSE =
  /\b(?:history|known|primary|metasta\w+|prior|previous\w*|partially|included|imaged portion|visuali[sz]ed portion|incidental\w*|recommend\w*|advis\w*|further|correlat\w*|refer\w*|separate\w*|dictated|comparison|same day|concurrent\w*|discussed|if)\b/i;

/** The text must describe the part of the body that was ordered and imaged. */
export function checkBodyPart({ order, study }: CheckFacts, body: ReportBody): Complaint[] {
  const ordered = regionsNamedIn(order.exam);
  const regions = new Set([
    ...(ordered.size > 0 ? ordered : regionsNamedIn(order.bodyPart ?? '')),
    ...regionsNamedIn(study.bodyPart ?? ''),
  ]);
  if (regions.size === 0) return [];
  const complain = (at: Sentence, region: Region): Complaint[] => [
    {
      code: 'body-part',
      severity: 'warn',
      section: at.section,
      quote: at.text,
      message: `The order is "${order.exam}"; this describes the ${region}.`,
      fix: 'Make sure that this report belongs to this exam.',
    },
  ];
  for (const sentence of sentencesOf(body, ['technique'])) {
    const said = [...regionsNamedIn(sentence.text)];
    const [first] = said;
    if (first !== undefined && !said.some((region) => isBeside(regions, region)) && !ON_PURPOSE.test(sentence.text))
      return complain(sentence, first);
  }
  const sentences = sentencesOf(body, ['findings', 'impression']);
  const structuresIn = (text: string): Region[] =>
    STRUCTURES.filter(([, pattern]) => pattern.test(text)).map(([region]) => region);
  const spoken = sentences.map((sentence) => ({ sentence, of: structuresIn(sentence.text) }));
  const isOwn = (region: Region): boolean => regions.has(region);
  const foreign = spoken.filter(({ of }) => of.length > 0 && !of.some(isOwn));
  // Nothing of the ordered part, and more than a word in passing of another.
  if (!spoken.some(({ sentence, of }) => of.some(isOwn) || [...regionsNamedIn(sentence.text)].some(isOwn))) {
    const [first, second] = foreign;
    const [region] = first?.of ?? [];
    if (first !== undefined && second !== undefined && region !== undefined) return complain(first.sentence, region);
  }
  // One sentence about a part that such images never show.
  const far = foreign.find(
    ({ sentence, of }) => !of.some((region) => isBeside(regions, region)) && !ON_PURPOSE.test(sentence.text),
  );
  const [region] = far?.of ?? [];
  return far === undefined || region === undefined ? [] : complain(far.sentence, region);
}
