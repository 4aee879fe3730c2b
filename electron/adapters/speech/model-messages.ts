import type { SpeechModel } from '#shared/reporting/speech/speech-model.ts';
import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** To the process that holds the model. Pieces of an utterance come in order. */
export type ToModel =
  | { readonly kind: 'open'; readonly folder: string; readonly model: SpeechModel }
  | {
      readonly kind: 'sound';
      /** Counts the requests, for the answer. */
      readonly number: number;
      readonly utterance: string;
      readonly samples: Float32Array;
      readonly isLast: boolean;
    }
  | { readonly kind: 'drop'; readonly utterance: string }
  | { readonly kind: 'bias'; readonly phrases: readonly string[] };

export type FromModel =
  | { readonly kind: 'opened' }
  | { readonly kind: 'not-opened' }
  | { readonly kind: 'partial'; readonly number: number; readonly text: string }
  | { readonly kind: 'final'; readonly number: number; readonly words: readonly HeardWord[] };

/** A process beside the back half: what a faulty model does to it, it does to it alone. */
export interface ModelProcess {
  send(message: ToModel): void;
  onMessage(listener: (message: FromModel) => void): void;
  /** However it ended. */
  onEnd(listener: () => void): void;
  stop(): void;
}

/** Starts the program of that file in a process of its own; each host has its own way. */
export type StartModelProcess = (file: string) => ModelProcess;
