import { useReport } from '../report/index.ts';
import { raiseAlert } from '../ui/index.ts';
import { followSpeech, stopDictation } from './dictation.ts';
import { forgetHeard, hear } from './hear.ts';
import { followPlace } from './place.ts';

/** Joins microphone, report and commands, once a window; `isLocked` is asked whenever `followLock` says that it may have changed. */
export function startDictation(ports: {
  readonly isLocked: () => boolean;
  readonly followLock: (listener: () => void) => void;
}): void {
  followSpeech({
    onSpeech: hear,
    onGrammarRefused: () => raiseAlert('dictation', 'What can be said here could not be told to the recogniser.'),
  });
  followPlace();
  useReport.subscribe(({ keeper }, before) => {
    if (keeper !== before.keeper) forgetHeard();
  });
  ports.followLock(() => {
    if (ports.isLocked()) stopDictation();
  });
  window.addEventListener('pagehide', stopDictation);
}
