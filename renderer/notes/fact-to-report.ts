import { findingsOf, unchangedSince } from '#shared/reporting/prior-text.ts';

import { addFact, carryOver } from '../report/index.ts';
import { currentSecond, say, showMoment } from '../ui/index.ts';
import type { Fact } from './group-notes.ts';

let focused: Fact | undefined;

/** The fact whose button has the focus: what the command copies. */
export function noteFocusedFact(fact: Fact | undefined): void {
  focused = fact;
}
export const hasFocusedFact = (): boolean => focused !== undefined;

/** With where and when it came from: the reader of the report weighs it by that, too. */
export function factSentence({ label, text, source, at }: Fact, now: number): string {
  const words = label === '' || label === text ? text : `${label} ${text}`.trim();
  return `${words} (${source}${at === undefined ? '' : `, ${showMoment(at, now)}`}).`;
}

export function copyFact(fact: Fact): void {
  const sentence = factSentence(fact, currentSecond());
  say(addFact(sentence) ? `In the report: ${sentence}` : 'Not copied: no report is open to be written.');
}

export function copyFocusedFact(): void {
  if (focused !== undefined) copyFact(focused);
}

/** The prior's findings as unchanged, or of its text only what is selected; nothing of it is ever written without this. */
export function carryPrior(fact: Fact): void {
  const selected = selectedIn(fact.text);
  const day = fact.at === undefined ? undefined : new Date(fact.at).toISOString().slice(0, 10);
  const isCarried = carryOver(unchangedSince(selected ?? findingsOf(fact.text), day));
  say(
    isCarried
      ? 'Carried over as unchanged: see that it is. Ctrl Z in the report takes it back.'
      : 'Not carried over: no report is open to be written.',
  );
}

function selectedIn(text: string): string | undefined {
  const selected = window.getSelection()?.toString().trim() ?? '';
  return selected !== '' && text.includes(selected) ? selected : undefined;
}

export const hasFocusedPrior = (): boolean => focused?.kind === 'prior-report';
export function carryFocusedPrior(): void {
  if (focused !== undefined && hasFocusedPrior()) carryPrior(focused);
}
