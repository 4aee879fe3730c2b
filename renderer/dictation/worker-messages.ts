import type { SpeechGrammar } from '#shared/reporting/speech/speech.ts';

import type { SoundLevel, SpeechEvent, Utterance } from './engine/index.ts';
import type { ModelHeard } from './model-ear.ts';

/** What the microphone sends straight to the recogniser's worker; numbered, so that a lost one is noticed. */
export interface SoundPiece {
  readonly sequence: number;
  readonly samples: Float32Array;
  /** Samples the sound system itself left out before this piece. */
  readonly gap: number;
}

export type ToSpeechWorker =
  | { readonly kind: 'grammar'; readonly number: number; readonly grammar: SpeechGrammar }
  /** Sound comes by this port; `sampleRate` is the microphone's. */
  | { readonly kind: 'sound'; readonly port: MessagePort; readonly sampleRate: number }
  /** Only while it is open anything is listened to. */
  | { readonly kind: 'gate'; readonly isOpen: boolean }
  /** Whether the model of this machine listens beside the grammar. */
  | { readonly kind: 'model'; readonly isUsed: boolean }
  /** The sound of an utterance, to be played. */
  | { readonly kind: 'play'; readonly sound: number }
  /** Nothing that was said is kept any longer. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'cancel' };

/** What the meter shows, five times a second; what is counted is counted over two seconds. */
export interface MeterReading extends SoundLevel {
  readonly backgroundDb: number;
  /** Pieces of sound that never came, or that the sound system left out. */
  readonly lostPieces: number;
}

export type FromSpeechWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'grammar-refused'; readonly number: number; readonly words: readonly string[] }
  | { readonly kind: 'grammar-set'; readonly number: number }
  | { readonly kind: 'speech'; readonly event: Exclude<SpeechEvent, { readonly kind: 'final' }> }
  | {
      readonly kind: 'heard';
      readonly utterance: Utterance;
      /** By which its sound is played. */
      readonly sound: number;
      /** Absent: the model was not asked. */
      readonly byModel?: ModelHeard;
    }
  | { readonly kind: 'sound'; readonly samples: Float32Array<ArrayBuffer> | undefined }
  | { readonly kind: 'meter'; readonly reading: MeterReading };
