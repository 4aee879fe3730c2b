import { create } from 'zustand';

import { MOST_OWN_WORDS } from '#shared/reporting/speech/own-words.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';

import { call, failureWords } from '../bridge/index.ts';
import { useReport } from '../report/index.ts';
import { raiseAlert, say } from '../ui/index.ts';

/** What the reader taught dictation. */
export const useOwnWords = create<{ readonly words: readonly OwnWord[] }>()(() => ({ words: [] }));

let isLoaded = false;
/** Once a window, with the first report: then the door is open. */
export function loadOwnWords(): void {
  if (isLoaded) return;
  isLoaded = true;
  call('speechWords', {}).then(
    (loaded) => useOwnWords.setState(loaded),
    // Dictation hears without them; they are asked for again with the next report.
    () => (isLoaded = false),
  );
}

const sameWord = (one: OwnWord, other: OwnWord): boolean => one.written === other.written && one.said === other.said;
export const isTaught = (word: OwnWord): boolean => useOwnWords.getState().words.some((one) => sameWord(one, word));

/** Another way to hear a word stands beside the first; another way to write what is heard takes its place. */
export function teachWord(word: OwnWord): void {
  const others = useOwnWords
    .getState()
    .words.filter((one) => !sameWord(one, word) && (one.said === '' || one.said !== word.said));
  if (others.length >= MOST_OWN_WORDS) return say(`There are ${MOST_OWN_WORDS} words already: delete one first.`);
  void keep(
    [...others, word].toSorted((one, other) => one.written.localeCompare(other.written)),
    `Learned: ${word.written}.`,
  );
}

export const forgetWord = (word: OwnWord): void =>
  void keep(
    useOwnWords.getState().words.filter((one) => !sameWord(one, word)),
    `Forgotten: ${word.written}.`,
  );

async function keep(words: readonly OwnWord[], done: string): Promise<void> {
  useOwnWords.setState({ words });
  try {
    const { status } = await call('saveSpeechWords', { words: words.map((word) => ({ ...word })) });
    if (status === 'saved') say(done);
    else raiseAlert('own-words', 'Your words could not be stored; they are kept in this window only.');
  } catch (failure) {
    raiseAlert('own-words', `Your words are kept in this window only. ${failureWords(failure)}`);
  }
}

/** Names of the persons of the open case: nothing of them is taught, or told to a model. */
export function namesOfCase(): readonly string[] {
  const { opened } = useReport.getState();
  return opened === undefined ? [] : [opened.row.patient.name, opened.orderedBy ?? ''];
}
