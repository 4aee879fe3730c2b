import type { CriticalResult, TellingWay } from '../domain/critical-result.ts';
import { localWords } from '../domain/on-call.ts';
import { signatureName } from './printed-name.ts';

const HOW_WORDS: Readonly<Record<TellingWay, string>> = {
  phone: 'by phone',
  message: 'by message',
  'in-person': 'in person',
};

/** The sentence of the report, made of the facts as recorded, in the site's own time. */
export function criticalSentence(
  { level, finding, tellings }: Pick<CriticalResult, 'level' | 'finding' | 'tellings'>,
  timeZone: string,
): string {
  const what = `Critical result (${level}): ${withoutStop(finding)}.`;
  const told = tellings.at(-1);
  if (told === undefined) return `${what} The call to the site was handed to the support desk.`;
  const whom = `${told.to.name} (${told.to.role})`;
  const readBack = told.readBack ? 'Read-back confirmed.' : 'Read-back not confirmed.';
  return `${what} Told to ${whom} ${HOW_WORDS[told.how]} by ${signatureName(told.by.name)} at ${localWords(told.at, timeZone)}. ${readBack}`;
}

/** The sentence of a recommendation: what, when, why. */
export function recommendationSentence(
  { what, why, dueAt }: { readonly what: string; readonly why: string; readonly dueAt: CriticalResult['foundAt'] },
  timeZone: string,
): string {
  const day = localWords(dueAt, timeZone).slice(0, 10);
  return `Recommendation: ${withoutStop(what)} by ${day}, because of ${withoutStop(why)}.`;
}

const withoutStop = (text: string): string => text.trim().replace(/[.\s]+$/, '');
