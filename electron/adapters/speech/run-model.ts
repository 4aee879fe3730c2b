import type { ModelHearing, SpeechModels } from '#electron/ports/speech-model.ts';
import type { SpeechModel } from '#shared/reporting/speech/speech-model.ts';

import type { FromModel, ModelProcess, StartModelProcess, ToModel } from './model-messages.ts';

/** A model that is open in its process. */
export interface RunningModel extends Pick<SpeechModels, 'hear' | 'drop' | 'bias'> {
  stop(): void;
}

/**
 * Starts the process and opens the model in it; undefined where the engine did not take it, which it may say by ending
 * the process. `onGone`: it ended later, without having been asked to.
 */
export async function runModel(
  start: StartModelProcess,
  program: string,
  what: { readonly folder: string; readonly model: SpeechModel },
  onGone: () => void,
): Promise<RunningModel | undefined> {
  const process: ModelProcess = start(program);
  const waiting = new Map<number, (hearing: ModelHearing) => void>();
  let number = 0;
  let isOver = false;
  let settleOpening: (isOpen: boolean) => void = () => undefined;
  const opening = new Promise<boolean>((resolve) => (settleOpening = resolve));

  process.onMessage((message: FromModel) => {
    switch (message.kind) {
      case 'opened':
      case 'not-opened':
        return settleOpening(message.kind === 'opened');
      case 'partial':
      case 'final': {
        const answer = waiting.get(message.number);
        waiting.delete(message.number);
        return answer?.(
          message.kind === 'partial'
            ? { status: 'partial', text: message.text }
            : { status: 'final', words: message.words },
        );
      }
    }
  });
  process.onEnd(() => {
    if (isOver) return;
    isOver = true;
    settleOpening(false);
    for (const answer of waiting.values()) answer({ status: 'unavailable' });
    waiting.clear();
    onGone();
  });
  const send = (message: ToModel) => process.send(message);
  const stop = () => {
    isOver = true;
    for (const answer of waiting.values()) answer({ status: 'unavailable' });
    waiting.clear();
    process.stop();
  };

  send({ kind: 'open', ...what });
  if (!(await opening)) {
    stop();
    return undefined;
  }
  return {
    hear: (piece) =>
      isOver
        ? Promise.resolve({ status: 'unavailable' })
        : new Promise((resolve) => {
            waiting.set(++number, resolve);
            send({ kind: 'sound', number, ...piece });
          }),
    drop: (utterance) => send({ kind: 'drop', utterance }),
    bias: (phrases) => send({ kind: 'bias', phrases }),
    stop,
  };
}
