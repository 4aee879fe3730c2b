import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { NAMED, PATHOLOGICAL } from './named-findings.ts';
import { deniedWith, stanceOf, type Stance } from './negation.ts';
import { subjectOf } from './same-subject.ts';
import { sentencesOf, sidesIn, type Sentence } from './sentences.ts';

/** Before the finding these change nothing about its being there. */
const WEAK = new Set(
  'focal any a an the of for sign signs evidence definite discrete convincing obvious visible gross such identifiable demonstrable radiographic sonographic mammographic ct mr mri acute new or and nor there is are traumatic visible apparent findings suggest suggestive to underlying'.split(
    ' ',
  ),
);
const CHRONIC =
  /\b(?:old|healed|healing|chronic|remote|prior|previous\w*|known|unchanged|stable|subacute|residual|longstanding|degenerative|post\w*)\b/i;
const FRESH = /\b(?:acute|new|recent|traumatic)\b/i;
/** Of these a sentence means one; others are not denied with it. */
const KINDS_OF =
  /\b(?:pleural|pericardial|joint|knee|hip|elbow|ankle|mastoid|subdural|epidural|subarachnoid|intraparenchymal|intraventricular|superficial|deep|canal|foraminal|carotid|aortic|coronary|inguinal|hiatal|umbilical|tonsillar|renal|hepatic|ovarian|baker|popliteal|thyroid|pulmonary|lymph)\b/gi;

interface Mention {
  readonly sentence: Sentence;
  readonly stance: Stance;
  /** Of a denial: the words that narrow it, before the finding and behind it. */
  readonly narrowedTo: string;
  readonly isFresh: boolean;
}

function mentionsIn(sentences: readonly Sentence[], pattern: RegExp): Mention[] {
  return sentences.flatMap((sentence) =>
    [...sentence.text.matchAll(pattern)].map((match): Mention => {
      const { index } = match;
      const before = deniedWith(sentence.text, index) ?? '';
      const after = /^[^,;.]*/.exec(sentence.text.slice(index + match[0].length))?.[0] ?? '';
      const nearest = before.split(/,| or | and | nor /).at(-1) ?? '';
      const words = `${nearest} ${after.split(/ or | and | nor /)[0] ?? ''}`;
      return {
        sentence,
        stance: stanceOf(sentence.text, index, match[0].length),
        narrowedTo: words
          .split(/[^\p{L}-]+/u)
          .filter((word) => word !== '' && !WEAK.has(word.toLowerCase()))
          .join(' '),
        isFresh: FRESH.test(before),
      };
    }),
  );
}

const kindsIn = (text: string): string[] => [...text.matchAll(KINDS_OF)].map(([word]) => word.toLowerCase());

/** Whether a denial is about what the other sentence asserts: "no acute fracture" goes with an old one, "no pleural effusion" with a pericardial one. */
function refutes(denial: Mention, assertion: Mention, about: ReadonlySet<string>): boolean {
  if (denial.isFresh && CHRONIC.test(assertion.sentence.text)) return false;
  const [denied, asserted] = [kindsIn(denial.narrowedTo), kindsIn(assertion.sentence.text)];
  if (denied.length > 0 && asserted.length > 0 && !denied.some((kind) => asserted.includes(kind))) return false;
  const [side] = sidesIn(denial.sentence.text);
  if (side !== undefined && !sidesIn(assertion.sentence.text).has(side)) return false;
  const narrow = subjectOf(denial.narrowedTo);
  const bare = denial.narrowedTo.replaceAll(NOT_NARROWING, ' ');
  const said = subjectOf(assertion.sentence.text);
  // "Lymphadenopathy." alone says of no place that it is meant.
  const isBare = said.size <= 1;
  const left = isBare ? [] : [...narrow].filter((stem) => !about.has(stem) && !said.has(stem));
  // Sizes, sides and the like are no subjects, but narrow all the same.
  const text = assertion.sentence.text.toLowerCase();
  const emphatic = (bare.toLowerCase().match(NARROWING) ?? []).filter((word) => !text.includes(word));
  const isOtherKind =
    /\bfocal\b/i.test(bare) && /\b(?:diffuse|patchy|multifocal|subtle|bibasilar|bibasal)\b/.test(text);
  return left.length === 0 && emphatic.length === 0 && !isOtherKind;
}
const NOT_NARROWING = /\b(?:is|are|was|were|seen|identified|noted|present|visible|detected|not|found)\b/gi;
const NARROWING =
  /\b(?:bilateral|large|small|severe|moderate|significant|multiple|upper|lower|other|additional|further|displaced|high)\b/g;

/** Findings and impression must not say opposite things of one finding. */
export function checkContradiction({ order }: CheckFacts, body: ReportBody): Complaint[] {
  const [findings, impression] = [sentencesOf(body, ['findings']), sentencesOf(body, ['impression'])];
  const technique = sentencesOf(body, ['technique']).map(({ text }) => text);
  // The exam's own region narrows nothing: "no intracranial haemorrhage" in a CT of the head.
  const about = subjectOf([order.exam, order.bodyPart ?? '', ...technique, IMPLIED].join(' '));
  const all = [...findings, ...impression].map(({ text }) => text).join('\n');
  const known = NAMED.filter(([, pattern]) => all.search(pattern) >= 0);
  const others = [
    ...new Set([...all.matchAll(PATHOLOGICAL)].map(([word]) => word.toLowerCase().replace(/s$/, '').slice(0, -2))),
  ]
    .filter((stem) => !known.some(([, pattern]) => stem.search(pattern) >= 0))
    .map((stem) => [`${stem}…`, new RegExp(`\\b${stem}\\p{L}*`, 'giu')] as const);
  return [...known, ...others].flatMap(([name, pattern]) => {
    const [found, concluded] = [mentionsIn(findings, pattern), mentionsIn(impression, pattern)];
    return opposite(name, found, concluded, about);
  });
}
const IMPLIED = 'intracranial osseous skull pulmonary intraluminal pelvic abdominal seen identified found excluded';

function opposite(
  name: string,
  found: readonly Mention[],
  concluded: readonly Mention[],
  about: ReadonlySet<string>,
): Complaint[] {
  if (found.length === 0) return [];
  const conclusion = concluded.find(
    (one) =>
      one.stance !== 'open' &&
      found.every(
        (finding) =>
          finding.stance !== 'open' &&
          finding.stance !== one.stance &&
          (one.stance === 'denied' ? refutes(one, finding, about) : refutes(finding, one, about)),
      ),
  );
  if (conclusion === undefined) return [];
  const finding = found[0]?.sentence.text ?? '';
  return [
    {
      code: 'contradiction',
      severity: 'warn',
      section: conclusion.sentence.section,
      quote: conclusion.sentence.text,
      message: `On ${name}, the impression contradicts the findings: "${finding}"`,
      fix: 'Make findings and impression agree.',
    },
  ];
}
