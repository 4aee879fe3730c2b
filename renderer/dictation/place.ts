import { templateOfBody } from '#shared/reporting/entries.ts';
import { startReport } from '#shared/reporting/report.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import type { SpeechPlace, SpokenCommand } from '#shared/reporting/speech/speech.ts';

import { commandTable, followCommands } from '../commands/index.ts';
import { macroNames, speakingPlace, useMacros, usePlace, useReport } from '../report/index.ts';
import { isAsleep, speechLink, useDictation } from './dictation.ts';
import { useOwnWords } from './own-words.ts';
import { ASLEEP, NO_TEMPLATE } from './wake.ts';

/** Asked only while something waits for it: a word that does nothing must not compete. */
const isAskable = (id: string): boolean =>
  id !== 'dictation.confirm' && id !== 'dictation.refuse' ? true : useDictation.getState().asked !== undefined;

const spokenCommands = (): readonly SpokenCommand[] =>
  commandTable().flatMap(({ id, phrases }) => (phrases === undefined || !isAskable(id) ? [] : [{ id, phrases }]));

/** What can be said now, and where it would land. */
export function placeNow(): SpeechPlace {
  if (isAsleep(useDictation.getState())) return ASLEEP;
  const { opened, keeper, template } = useReport.getState();
  const commands = spokenCommands();
  if (opened?.canReport !== true || keeper === undefined || template === undefined)
    return { template: NO_TEMPLATE, body: startReport(NO_TEMPLATE), commands, macroNames: [] };
  const { body } = keeper.store.getState();
  return {
    template: templateOfBody(template, body),
    body,
    ...speakingPlace(),
    commands,
    macroNames: macroNames(),
    ownWords: useOwnWords.getState().words,
  };
}

let isDue = false;
let lastJsgf = '';
/** The grammar follows the place, once for all that changes in one go. */
export function followPlace(): void {
  const soon = () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      const { kind } = useDictation.getState().state;
      if (kind === 'off' || kind === 'unavailable') return void (lastJsgf = '');
      const grammar = grammarFor(placeNow());
      if (grammar.jsgf === lastJsgf) return;
      lastJsgf = grammar.jsgf;
      speechLink().setGrammar(grammar);
    });
  };
  usePlace.subscribe(soon);
  useMacros.subscribe(soon);
  useOwnWords.subscribe(soon);
  followCommands(soon);
  useReport.subscribe(soon);
  useDictation.subscribe((now, before) => {
    const isAskedAnew = now.state.kind !== before.state.kind || now.asked !== before.asked;
    if (isAskedAnew || isAsleep(now) !== isAsleep(before)) soon();
  });
}
