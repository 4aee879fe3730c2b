import { join } from 'node:path';

import type { EngineConfig } from 'sherpa-onnx-node';

import type { SpeechModel } from '#shared/reporting/speech/speech-model.ts';

const SAMPLE_RATE = 16_000;
const FEATURES = { sampleRate: SAMPLE_RATE, featureDim: 80 };
/** How much likelier a word of the case is made; the engine's own default is 1.5. */
const BIAS = 2;

/** The model's own section, by its family. */
function sectionOf({ family }: SpeechModel, at: (part: string) => string): EngineConfig {
  switch (family) {
    case 'streaming-transducer':
    case 'transducer':
      return { transducer: { encoder: at('encoder'), decoder: at('decoder'), joiner: at('joiner') } };
    case 'nemo-transducer':
      return {
        transducer: { encoder: at('encoder'), decoder: at('decoder'), joiner: at('joiner') },
        modelType: 'nemo_transducer',
      };
    case 'nemo-ctc':
      return { nemoCtc: { model: at('model') } };
    case 'medasr':
      return { medasr: { model: at('model') } };
    case 'whisper':
      return { whisper: { encoder: at('encoder'), decoder: at('decoder'), language: 'en', task: 'transcribe' } };
    case 'moonshine':
      return {
        moonshine: {
          preprocessor: at('preprocessor'),
          encoder: at('encoder'),
          uncachedDecoder: at('uncachedDecoder'),
          cachedDecoder: at('cachedDecoder'),
        },
      };
  }
}

/** Phrases in the letters that the model writes: some know only capitals. */
const biasText = (phrases: readonly string[], isUpperCase: boolean): string =>
  phrases.map((phrase) => (isUpperCase ? phrase.toUpperCase() : phrase)).join('\n');

export function engineConfig(
  model: SpeechModel,
  folder: string,
  bias: { readonly phrases: readonly string[]; readonly isUpperCase: boolean },
): EngineConfig {
  const at = (part: string): string => join(folder, model.files[part] ?? '');
  const isBiased = model.canBeBiased && bias.phrases.length > 0;
  const hotwords = biasText(bias.phrases, bias.isUpperCase);
  return {
    featConfig: FEATURES,
    modelConfig: {
      ...sectionOf(model, at),
      tokens: at('tokens'),
      // The viewer comes first: one thread of two cores.
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
      ...(isBiased ? { modelingUnit: 'bpe', bpeVocab: at('bpeVocab') } : {}),
    },
    decodingMethod: isBiased ? 'modified_beam_search' : 'greedy_search',
    maxActivePaths: 4,
    ...(model.isStreaming ? { enableEndpoint: 0 } : {}),
    ...(isBiased ? { hotwordsBuf: hotwords, hotwordsBufSize: Buffer.byteLength(hotwords), hotwordsScore: BIAS } : {}),
  };
}
