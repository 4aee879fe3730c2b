import type { SpeechModelState, SpeechModelTrouble } from '#shared/reporting/speech/speech-model.ts';
import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** What a piece of sound brought: what is heard so far, or after the last piece all there was. */
export type ModelHearing =
  | { readonly status: 'partial'; readonly text: string }
  | { readonly status: 'final'; readonly words: readonly HeardWord[] }
  /** No model is open, or it went away while it listened. */
  | { readonly status: 'unavailable' };

/** The model that the reader installed: copied into the data folder, opened in a process of its own. Sound is never kept. */
export interface SpeechModels {
  state(): SpeechModelState;
  /** Looks at the folder and begins to copy; what is refused leaves the model that was there. */
  install(path: string): Promise<'copying' | SpeechModelTrouble>;
  /** The copy stops where it is. */
  pause(): Promise<void>;
  /** The copy goes on where it stopped. */
  resume(): Promise<'copying' | SpeechModelTrouble>;
  /** Drops the model and every half copy. */
  remove(): Promise<void>;
  /** Sound of 16 000 samples a second, of one utterance in order; after `isLast` the utterance is forgotten. */
  hear(piece: {
    readonly utterance: string;
    readonly samples: Float32Array;
    readonly isLast: boolean;
  }): Promise<ModelHearing>;
  /** The utterance was called off. */
  drop(utterance: string): void;
  /** Phrases of the case, to be likelier from the next utterance on. */
  bias(phrases: readonly string[]): void;
  close(): Promise<void>;
}
