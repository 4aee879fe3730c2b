import { clearAlert, raiseAlert, say } from '../ui/index.ts';
import { checkMicrophone, type MicrophoneVerdict } from './check-microphone.ts';
import { isStopped, useDictation } from './dictation.ts';
import { useSpeechEngine } from './speech-engine.ts';

const VERDICTS: Readonly<Record<Exclude<MicrophoneVerdict, 'good'>, string>> = {
  refused: 'it was refused',
  missing: 'none was found',
  busy: 'another program may hold it',
  failed: 'it could not be opened',
  silent: 'it gives no sound; is it muted?',
  clipped: 'it is too loud; turn it down',
  noisy: 'the room is noisy; words will be missed',
};

const ALERT = 'microphone-check';

/** Listens for two seconds and tells what is wrong, if anything. */
export async function runMicrophoneCheck(): Promise<void> {
  // What listens already is seen in its meter.
  if (!isStopped(useDictation.getState())) return say('The microphone is open: see its meter.');
  const verdict = await checkMicrophone();
  clearAlert(ALERT);
  if (verdict === 'good') return say('Microphone checked: it hears well.');
  raiseAlert(ALERT, `Microphone checked: ${VERDICTS[verdict]}.`);
}

/** Whether the reader has allowed the microphone before: a shift does not begin with a question. */
async function isAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
  } catch {
    return false;
  }
}

/** At the start of a shift: once, when the session is first open. */
export function checkAtShiftStart(ports: {
  readonly isLocked: () => boolean;
  readonly followLock: (listener: () => void) => void;
}): void {
  let isDone = false;
  const look = () => {
    if (isDone || ports.isLocked()) return;
    isDone = true;
    void isAllowed().then((allowed) => {
      if (allowed && useSpeechEngine.getState().chosen !== 'off') return runMicrophoneCheck();
      return undefined;
    });
  };
  ports.followLock(look);
  look();
}
