import { startReport, type Template } from '#shared/reporting/report.ts';
import type { SpeechPlace } from '#shared/reporting/speech/speech.ts';

import { useDictation } from './dictation.ts';
import type { Utterance } from './engine/index.ts';

/** Long, and of sounds that no report holds in a row: what is said in the room must not wake it. */
export const WAKE_PHRASE = 'hello workstation';
const WAKE_COMMAND = 'dictation.wake';

/** Where there is no report to speak into there are only commands. */
export const NO_TEMPLATE: Template = { id: '', title: '', language: 'en', modalities: [], bodyParts: [], sections: [] };

/** While it sleeps only the wake phrase can be said. */
export const ASLEEP: SpeechPlace = {
  template: NO_TEMPLATE,
  body: startReport(NO_TEMPLATE),
  commands: [{ id: WAKE_COMMAND, phrases: [WAKE_PHRASE] }],
  macroNames: [],
};

/** So long after the last word what is said is still meant. */
const AWAKE_MS = 30_000;
let sleeping: ReturnType<typeof setTimeout> | undefined;

/** Each utterance puts off falling asleep. */
export function stayAwake(): void {
  clearTimeout(sleeping);
  if (!useDictation.getState().isHandsFree) return;
  sleeping = setTimeout(() => {
    // Not in the middle of a word.
    if (useDictation.getState().state.kind === 'hearing') return stayAwake();
    useDictation.setState({ isAwake: false, outcome: undefined, echo: [], asked: undefined, partial: '' });
  }, AWAKE_MS);
}

/** Only the wake phrase as a whole, surely heard, wakes it; all else was said to somebody else. */
export function wakeBy({ words, verdict }: Utterance): void {
  const said = words.map(({ word }) => word).join(' ');
  if (verdict !== 'understood' || said !== WAKE_PHRASE)
    return useDictation.setState({ partial: '', outcome: undefined, echo: [] });
  useDictation.setState({ isAwake: true, partial: '', outcome: { isUnderstood: true, words: 'Listening' } });
  stayAwake();
}
