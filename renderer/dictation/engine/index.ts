export type { LocateModel } from './decoders.ts';
export { DOUBTFUL_CONFIDENCE, type Verdict } from './judge.ts';
export { MODEL_RATE, soundLevel, type SoundLevel } from './levels.ts';
export { readWave } from './read-wave.ts';
export { createRecogniser, type Recogniser, type SpeechEvent, type Utterance } from './recogniser.ts';
export { createResampler, resample } from './resample.ts';
