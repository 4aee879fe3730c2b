import { namesCriticalFinding } from '../domain/urgency.ts';
import { stancesIn } from './checks/named-findings.ts';
import { saysNormal } from './checks/same-subject.ts';
import { sentencesOf } from './checks/sentences.ts';
import type { ReportBody, ReportSection } from './report.ts';

const INCIDENTAL =
  /\b(?:old|healed|chronic|remote|degenerative|age[- ]related|incidental|unchanged|stable|simple cysts?|atrophy|osteophytes?|spondylo\w+)\b/i;

/** How structures are described that are as they should be, beside the plain words for normal. A named finding outweighs them. */
const AS_USUAL =
  /\b(?:well aerated|sharp|continuous|compressible|phasic|homogene?ous|symmetric\w*|anatomic|anteverted|physiological|almost entirely fatty|fibroglandular|is thin|is good|not (?:enlarged|thickened|dilated|widened|displaced|deviated)|ends at)\b/i;

/** "Does not compress and holds thrombus": what something fails to do is a finding, and denies nothing behind it. */
const FAILS = /\b(?:does|do|did|could|can) ?not\b/i;

/** A filled field that says that nothing is there: `Midline shift: 0 mm`. */
const NONE_OF_IT = /:\s*(?:0(?:[.,]0+)?(?:\s?(?:mm|cm|mL))?|none|no|nil|negative|normal|absent|not seen)\.?$/i;

/** 0: cannot wait; 1: something is there; 2: something may be there; 3: long there, or by the way. Undefined: nothing to conclude. */
function rankOf(text: string): number | undefined {
  if (NONE_OF_IT.test(text)) return undefined;
  const stances = stancesIn(text);
  const isThere = stances.includes('asserted');
  if (stances.length > 0 && stances.every((stance) => stance === 'denied')) return FAILS.test(text) ? 1 : undefined;
  if (stances.length === 0 && (saysNormal(text) || AS_USUAL.test(text))) return undefined;
  if (!isThere && stances.length > 0) return 2;
  if (INCIDENTAL.test(text)) return 3;
  return isThere && namesCriticalFinding(text) ? 0 : 1;
}

const NOTHING = 'No acute abnormality.';

/**
 * An impression made of the findings' own sentences, the most urgent first; what is normal or denied is left out. Always the same words for the same
 * findings; a person reads and confirms them. Undefined where the findings say nothing yet.
 */
export function draftImpression(body: ReportBody): string | undefined {
  const sentences = sentencesOf(body, ['findings']);
  if (sentences.length === 0) return undefined;
  const ranked = sentences.flatMap(({ text }) => {
    const rank = rankOf(text);
    return rank === undefined ? [] : [{ text, rank }];
  });
  const points = [...new Set(ranked.toSorted((one, other) => one.rank - other.rank).map(({ text }) => ended(text)))];
  if (points.length === 0) return NOTHING;
  return points.length === 1 ? points[0] : points.map((text, at) => `${at + 1}. ${text}`).join('\n');
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export const isProposed = ({ textSource, text }: Pick<ReportSection, 'textSource' | 'text'>): boolean =>
  textSource === 'proposed' && text.trim() !== '';

/** The draft as impression, marked as such; the same body where a person has written one, or there is nothing to draft from. */
export function proposeImpression(body: ReportBody): ReportBody {
  const text = draftImpression(body);
  return text === undefined ? body : proposeText(body, text);
}

/** A text that somebody else drafted, marked as such; the same body where a person has written an impression. */
export function proposeText(body: ReportBody, text: string): ReportBody {
  const home = body.sections.find(({ role }) => role === 'impression');
  if (home === undefined || (home.text.trim() !== '' && !isProposed(home))) return body;
  return {
    ...body,
    sections: body.sections.map((section) =>
      section === home ? { ...section, text, textSource: 'proposed' } : section,
    ),
  };
}

/** What was proposed has been read: it is the reader's own now. */
export const confirmProposed = (body: ReportBody): ReportBody => ({
  ...body,
  sections: body.sections.map((section) => (isProposed(section) ? { ...section, textSource: 'typed' } : section)),
});
