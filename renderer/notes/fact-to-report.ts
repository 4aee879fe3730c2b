import { addFact } from '../report/index.ts';
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
