import { isAsleep, useDictation, type DictationState } from './dictation.ts';
import { WAKE_PHRASE } from './wake.ts';

type Why = Extract<DictationState, { readonly kind: 'unavailable' }>['why'];

const WHY: Readonly<Record<Why, string>> = {
  refused:
    'The microphone was refused. Allow it for Overread in the settings of the system or browser, then press Dictate.',
  missing: 'No microphone was found. Plug one in, then press Dictate.',
  busy: 'The microphone cannot be opened: another program may hold it. Close that, then press Dictate.',
  failed: 'The microphone could not be opened.',
  lost: 'The microphone was unplugged. What was being said was not written; everything before it is kept. Plug it in, then press Dictate.',
  'engine-off': 'Dictation is turned off. Choose what hears under Microphone, then press Dictate.',
  'no-recogniser': 'The speech recogniser could not be started. Type on; your text is kept.',
};

/** Where dictation stands, in words; empty while it is off. */
export function stateWords(state: DictationState): string {
  switch (state.kind) {
    case 'off':
      return '';
    case 'starting':
      return 'Opening the microphone…';
    case 'ready':
      return 'Hold F3 to speak';
    case 'listening':
      return 'Listening';
    case 'hearing':
      return 'Hearing';
    case 'unavailable':
      return WHY[state.why];
  }
}

/** Where dictation stands now. */
export function useStateWords(): string {
  const state = useDictation((dictation) => dictation.state);
  const sleeps = useDictation(isAsleep);
  const isOpen = state.kind === 'listening' || state.kind === 'hearing';
  return sleeps && isOpen ? `Say “${WAKE_PHRASE}”` : stateWords(state);
}

/** Louder background than this costs words; see the bench of noise. */
const NOISY_DB = -45;

/** What is wrong with the sound, in words. */
export function soundTrouble(meter: {
  readonly clippedCount: number;
  readonly backgroundDb: number;
  readonly lostPieces: number;
}): string | undefined {
  if (meter.clippedCount > 0) return 'Too loud: turn the microphone down';
  if (meter.backgroundDb > NOISY_DB) return 'Noisy room: words will be missed';
  if (meter.lostPieces > 0) return `${meter.lostPieces} pieces of sound were lost`;
  return undefined;
}
