import { useReport } from '../report/index.ts';
import { raiseAlert } from '../ui/index.ts';
import { followSpeech, stopDictation } from './dictation.ts';
import { followButtons } from './buttons.ts';
import { checkAtShiftStart } from './shift-check.ts';
import { followCaseWords } from './case-words.ts';
import { forgetHeard, hear, takeHeard } from './hear.ts';
import { changeModel, recallEngine, useSpeechEngine } from './speech-engine.ts';
import { loadOwnWords } from './own-words.ts';
import { followPlace } from './place.ts';

/** Joins microphone, report and commands, once a window; `isLocked` is asked whenever `followLock` says that it may have changed. */
export function startDictation(ports: {
  readonly isLocked: () => boolean;
  readonly followLock: (listener: () => void) => void;
}): void {
  followSpeech({
    onSpeech: hear,
    onHeard: takeHeard,
    onGrammarRefused: () => raiseAlert('dictation', 'What can be said here could not be told to the recogniser.'),
  });
  recallEngine();
  followPlace();
  followCaseWords();
  followButtons(ports.isLocked);
  checkAtShiftStart(ports);
  // Asked once the door is open to this window; until then the grammar engine hears alone.
  const lookAtModel = () => {
    const { chosen, model } = useSpeechEngine.getState();
    if (chosen === 'model' && model.status !== 'ready' && !ports.isLocked())
      changeModel({ kind: 'look' }).catch(() => undefined);
  };
  useReport.subscribe(lookAtModel);
  useReport.subscribe(({ opened }) => {
    if (opened !== undefined) loadOwnWords();
  });
  useReport.subscribe(({ keeper }, before) => {
    if (keeper !== before.keeper) forgetHeard();
  });
  ports.followLock(() => {
    if (ports.isLocked()) stopDictation();
  });
  window.addEventListener('pagehide', stopDictation);
}
