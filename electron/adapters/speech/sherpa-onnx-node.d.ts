/** What is used of sherpa-onnx-node 1.13, which brings no types. */
declare module 'sherpa-onnx-node' {
  /** What the engine is opened with, in its own names: `OnlineRecognizerConfig`, `OfflineRecognizerConfig`. */
  export type EngineConfig = Readonly<Record<string, unknown>>;

  /** What of the result is used; tokens are pieces of words, a space or `▁` begins one. Times in seconds. */
  export interface EngineResult {
    readonly text: string;
    readonly tokens?: readonly string[];
    readonly timestamps?: readonly number[];
    /** Natural logarithms; kinds without them tell nothing of how sure they are. */
    readonly ys_probs?: readonly number[];
  }

  /** One utterance inside the engine. */
  export interface EngineStream {
    acceptWaveform(sound: { readonly samples: Float32Array; readonly sampleRate: number }): void;
    /** Of streaming models only. */
    inputFinished(): void;
  }

  export interface OnlineEngine {
    createStream(): EngineStream;
    isReady(stream: EngineStream): boolean;
    decode(stream: EngineStream): void;
    getResult(stream: EngineStream): EngineResult;
  }

  export interface OfflineEngine {
    createStream(): Omit<EngineStream, 'inputFinished'>;
    decode(stream: Omit<EngineStream, 'inputFinished'>): void;
    getResult(stream: Omit<EngineStream, 'inputFinished'>): EngineResult;
  }

  const sherpa: {
    readonly OnlineRecognizer: new (config: EngineConfig) => OnlineEngine;
    readonly OfflineRecognizer: new (config: EngineConfig) => OfflineEngine;
  };
  export default sherpa;
}
