import type { SpeechGrammar } from '#shared/reporting/speech/speech.ts';

import type { FromSpeechWorker, ToSpeechWorker } from './worker-messages.ts';

export interface SpeechLink {
  setGrammar(grammar: SpeechGrammar): void;
  /** Where sound comes out, and at how many samples a second. */
  sendSound(port: MessagePort, sampleRate: number): void;
  gate(isOpen: boolean): void;
  /** Whether the model of this machine listens too. */
  useModel(isUsed: boolean): void;
  /** Asks for the sound of an utterance; it comes as a message. */
  play(sound: number): void;
  /** Wipes the sound that was kept to be played. */
  forget(): void;
  cancel(): void;
}

/** The recogniser in its worker: no word of it is worked out on the page's thread. */
export function createSpeechLink(onMessage: (message: FromSpeechWorker) => void): SpeechLink {
  const worker = new Worker(new URL('./speech-worker.ts', import.meta.url), { type: 'module', name: 'speech' });
  worker.addEventListener('message', (event: MessageEvent<FromSpeechWorker>) => onMessage(event.data));
  worker.addEventListener('error', () => onMessage({ kind: 'failed' }));
  const send = (message: ToSpeechWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  let number = 0;
  return {
    setGrammar: (grammar) => send({ kind: 'grammar', number: ++number, grammar }),
    sendSound: (port, sampleRate) => send({ kind: 'sound', port, sampleRate }, [port]),
    gate: (isOpen) => send({ kind: 'gate', isOpen }),
    useModel: (isUsed) => send({ kind: 'model', isUsed }),
    play: (sound) => send({ kind: 'play', sound }),
    forget: () => send({ kind: 'forget' }),
    cancel: () => send({ kind: 'cancel' }),
  };
}
