import { describe, expect, it } from 'vitest';

import { engineConfig } from '#electron/adapters/speech/engine-config.ts';
import { heardWords } from '#electron/adapters/speech/heard-words.ts';
import type { SpeechModel } from '#shared/reporting/speech/speech-model.ts';

describe('what a model heard', () => {
  it('is words, put together of pieces, with their times and the confidence of the least sure piece', () => {
    const words = heardWords({
      text: ' NODULE IN LUNG',
      tokens: ['▁NO', 'DULE', '▁IN', '▁LUNG'],
      timestamps: [0.1, 0.2, 0.5, 0.7],
      ys_probs: [Math.log(0.9), Math.log(0.5), Math.log(0.8), 0],
    });
    expect(words.map(({ word, startMs, endMs }) => [word, startMs, endMs])).toEqual([
      ['nodule', 100, 500],
      ['in', 500, 700],
      ['lung', 700, 780],
    ]);
    expect(words.map(({ confidence }) => Math.round(confidence * 100))).toEqual([50, 80, 100]);
  });
  it('is taken from the text where the tokens do not spell it, without the signs a model sets itself', () => {
    expect(heardWords({ text: ' No nodule, no effusion.' }).map(({ word }) => word)).toEqual([
      'no',
      'nodule',
      'no',
      'effusion',
    ]);
  });
  it('is nothing where nothing was said', () => {
    expect(heardWords({ text: '' })).toEqual([]);
  });
});

describe('how the engine is opened', () => {
  const model = (family: SpeechModel['family'], files: SpeechModel['files'], canBeBiased = false): SpeechModel => ({
    family,
    files,
    isStreaming: family === 'streaming-transducer',
    canBeBiased,
  });
  const noBias = { phrases: [], isUpperCase: false };
  it.each([
    ['medasr', { model: 'm.onnx' }, { medasr: { model: '/x/m.onnx' } }],
    ['nemo-ctc', { model: 'm.onnx' }, { nemoCtc: { model: '/x/m.onnx' } }],
    ['whisper', { encoder: 'e.onnx', decoder: 'd.onnx' }, { whisper: { encoder: '/x/e.onnx', decoder: '/x/d.onnx' } }],
  ] as const)('names the files of %s as the engine does', (family, files, section) => {
    expect(engineConfig(model(family, { ...files, tokens: 't.txt' }), '/x', noBias)).toMatchObject({
      modelConfig: { ...section, tokens: '/x/t.txt', numThreads: 1 },
      decodingMethod: 'greedy_search',
    });
  });
  it('searches several ways only where words were made likelier, in the letters of the model', () => {
    const files = { encoder: 'e', decoder: 'd', joiner: 'j', tokens: 't', bpeVocab: 'b' };
    const biased = { phrases: ['nodule'], isUpperCase: true };
    expect(engineConfig(model('streaming-transducer', files, true), '/x', biased)).toMatchObject({
      decodingMethod: 'modified_beam_search',
      hotwordsBuf: 'NODULE',
      hotwordsBufSize: 6,
    });
    expect(engineConfig(model('streaming-transducer', files), '/x', biased)).not.toHaveProperty('hotwordsBuf');
  });
});
