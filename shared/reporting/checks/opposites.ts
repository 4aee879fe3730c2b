import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { counterpartsIn, saysNormal, type Counterparts } from './same-subject.ts';
import { sentencesOf, sidesIn, type Side } from './sentences.ts';

/** One finding must not lie left in the findings and right in the impression. */
function sideSlip({ conclusion, closest, related }: Counterparts): Complaint[] {
  const [side] = sidesIn(conclusion.text);
  if (side === undefined || sidesIn(conclusion.text).size !== 1 || saysNormal(conclusion.text)) return [];
  const other: Side = side === 'left' ? 'right' : 'left';
  const isOnlyOn = (text: string, wanted: Side): boolean => sidesIn(text).has(wanted) && sidesIn(text).size === 1;
  if (!closest.every(({ text }) => isOnlyOn(text, other))) return [];
  if (related.some(({ text }) => sidesIn(text).has(side))) return [];
  return [
    {
      code: 'contradiction-side',
      severity: 'warn',
      section: conclusion.section,
      quote: conclusion.text,
      message: `The impression says ${side}, the findings ${other}: "${closest[0]?.text ?? ''}"`,
      fix: 'Make findings and impression agree on the side.',
    },
  ];
}

/** Words of place and course that exclude each other; heard or typed for one another they change the meaning. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['upper', 'lower'],
  ['proximal', 'distal'],
  ['anterior', 'posterior'],
  ['medial', 'lateral'],
  ['superior', 'inferior'],
  ['ascending', 'descending'],
  ['increased', 'decreased'],
  ['enlarging', 'shrinking'],
  ['improved', 'worsened'],
  ['intraperitoneal', 'retroperitoneal'],
  ['radial', 'ulnar'],
  ['tibial', 'fibular'],
  ['metacarpal', 'metatarsal'],
  ['maxillary', 'mandibular'],
];
const has = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`, 'i').test(text);

function oppositeWords({ conclusion, closest, related, shared }: Counterparts): Complaint[] {
  if (shared < 2) return [];
  return OPPOSITES.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]).flatMap(
    ([concluded, found]): Complaint[] => {
      const isSwapped =
        has(conclusion.text, concluded) &&
        !has(conclusion.text, found) &&
        closest.every(({ text }) => has(text, found) && !has(text, concluded)) &&
        !related.some(({ text }) => has(text, concluded));
      return isSwapped ? [misheard(conclusion, concluded, found, closest[0]?.text ?? '')] : [];
    },
  );
}

const PREFIXED = /\b(hyper|hypo)-?(\p{L}{4})\p{L}*/giu;

/** `hyperdense` here and `hypodense` there: the stems are alike, only the prefix is turned. */
function turnedPrefixes(counterparts: Counterparts, allFindings: string): Complaint[] {
  const { conclusion, related } = counterparts;
  const inFindings = [...allFindings.matchAll(PREFIXED)].map(([, prefix, stem]) => `${prefix}${stem}`.toLowerCase());
  return [...conclusion.text.matchAll(PREFIXED)].flatMap(([word, prefix = '', stem = '']): Complaint[] => {
    const turned = `${prefix.toLowerCase() === 'hyper' ? 'hypo' : 'hyper'}${stem.toLowerCase()}`;
    const isSame = (text: string) => new RegExp(`\\b${turned.replace(/^(hyper|hypo)/, '$1-?')}`, 'i').test(text);
    const found = related.find(({ text }) => isSame(text));
    if (found === undefined || inFindings.includes(`${prefix}${stem}`.toLowerCase())) return [];
    if (isSame(conclusion.text)) return [];
    return [misheard(conclusion, word, turned.replace(stem.toLowerCase(), `${stem.toLowerCase()}…`), found.text)];
  });
}

const misheard = (
  conclusion: Counterparts['conclusion'],
  concluded: string,
  found: string,
  inFindings: string,
): Complaint => ({
  code: 'misheard',
  severity: 'warn',
  section: conclusion.section,
  quote: conclusion.text,
  message: `The impression says "${concluded}", the findings "${found}": "${inFindings}"`,
  fix: 'Make findings and impression agree.',
});

const VERTEBRA = /\b([CTL])(\d{1,2})(?:\s?[-/–]\s?([CTLS])?(\d{1,2}))?\b/g;
function vertebraeIn(text: string): Set<string> {
  return new Set(
    [...text.matchAll(VERTEBRA)].flatMap(([, region = '', first = '', otherRegion, second]) =>
      Number(first) > 12
        ? []
        : [`${region}${first}`, ...(second === undefined ? [] : [`${otherRegion ?? region}${second}`])],
    ),
  );
}

/** Disc levels as `L4-5`; a span names all in it, `L5-S1` the last. */
function discsIn(text: string): Set<string> {
  return new Set(
    [...text.matchAll(VERTEBRA)].flatMap(([, region = '', first = '', otherRegion = region, last]) => {
      if (last === undefined) return [];
      const end = otherRegion === region ? Number(last) : Math.max(Number(first) + 1, LAST_OF[region] ?? 0);
      return Array.from({ length: Math.max(0, end - Number(first)) }, (_, step) => `${region}${Number(first) + step}`);
    }),
  );
}
const LAST_OF: Readonly<Record<string, number>> = { C: 8, T: 13, L: 6 };

/** A level that the findings never name, although they name others of the same part of the spine. */
function levelSlip({ conclusion, closest }: Counterparts, allFindings: string): Complaint[] {
  const [concluded, found] = [vertebraeIn(conclusion.text), vertebraeIn(allFindings)];
  // T1 and T2 are also weightings.
  const isWeighting = /\bT[12]\b(?![-/])/.test(conclusion.text);
  if (concluded.size === 0 || isWeighting) return [];
  // Between discs one vertebra in common is no agreement: L3-L4 is another level than L4-L5.
  const [discs, foundDiscs] = [discsIn(conclusion.text), discsIn(allFindings)];
  const areDiscs = discs.size > 0 && closest.every(({ text }) => discsIn(text).size > 0);
  if (areDiscs ? [...discs].some((disc) => foundDiscs.has(disc)) : [...concluded].some((level) => found.has(level)))
    return [];
  const regions = new Set([...concluded].map((level) => level.charAt(0)));
  const named = closest.find(({ text }) => [...vertebraeIn(text)].some((level) => regions.has(level.charAt(0))));
  if (named === undefined) return [];
  return [
    {
      code: 'contradiction-level',
      severity: 'warn',
      section: conclusion.section,
      quote: conclusion.text,
      message: `The findings never name ${[...concluded].join(', ')}: "${named.text}"`,
      fix: 'Make findings and impression agree on the level.',
    },
  ];
}

/** Findings and impression that differ in one word that turns the meaning. */
export function checkOpposites(body: ReportBody): Complaint[] {
  const all = sentencesOf(body, ['findings'])
    .map(({ text }) => text)
    .join('\n');
  return counterpartsIn(body).flatMap((pair) => [
    ...sideSlip(pair),
    ...oppositeWords(pair),
    ...turnedPrefixes(pair, all),
    ...levelSlip(pair, all),
  ]);
}
