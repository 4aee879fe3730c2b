import { describe, expect, it } from 'vitest';

import { recogniseModel, type ModelFile } from '#shared/reporting/speech/speech-model.ts';

const files = (names: string, metadata: Readonly<Record<string, string>> = {}): readonly ModelFile[] =>
  names.split(' ').map((name) => (name.endsWith('.onnx') ? { name, metadata } : { name }));

describe('a folder of a speech model', () => {
  // File names and metadata as the engine's authors publish their models.
  it.each([
    [
      'streaming-transducer',
      'sherpa-onnx-streaming-zipformer-en',
      files(
        'encoder-epoch-99-avg-1-chunk-16-left-128.int8.onnx encoder-epoch-99-avg-1-chunk-16-left-128.onnx decoder-epoch-99-avg-1-chunk-16-left-128.onnx joiner-epoch-99-avg-1-chunk-16-left-128.onnx tokens.txt bpe.model README.md',
        { model_type: 'zipformer2', decode_chunk_len: '32' },
      ),
    ],
    [
      'transducer',
      'zipformer-en',
      files('encoder.onnx decoder.onnx joiner.onnx tokens.txt', { model_type: 'zipformer2' }),
    ],
    [
      'nemo-transducer',
      'sherpa-onnx-nemo-parakeet-tdt-0.6b-v2-int8',
      files('encoder.int8.onnx decoder.int8.onnx joiner.int8.onnx tokens.txt', { model_type: 'EncDecRNNTBPEModel' }),
    ],
    ['nemo-ctc', 'parakeet-ctc', files('model.int8.onnx tokens.txt', { model_type: 'EncDecCTCModelBPE' })],
    ['medasr', 'sherpa-onnx-medasr-ctc-en-int8-2025-12-25', files('model.int8.onnx tokens.txt')],
    [
      'whisper',
      'sherpa-onnx-whisper-tiny.en',
      files('tiny.en-encoder.onnx tiny.en-decoder.onnx tiny.en-tokens.txt', { model_type: 'whisper-tiny.en' }),
    ],
    [
      'moonshine',
      'sherpa-onnx-moonshine-tiny-en-int8',
      files('preprocess.onnx encode.int8.onnx uncached_decode.int8.onnx cached_decode.int8.onnx tokens.txt'),
    ],
  ] as const)('is known as %s by its files', (family, folder, found) => {
    expect(recogniseModel(found, folder)).toMatchObject({ family, isStreaming: family === 'streaming-transducer' });
  });

  it('gives each part its file, and of two precisions the smaller', () => {
    const found = files(
      'preprocess.onnx encode.int8.onnx encode.onnx uncached_decode.onnx cached_decode.onnx tokens.txt',
    );
    expect(recogniseModel(found, 'moonshine')).toMatchObject({
      files: {
        preprocessor: 'preprocess.onnx',
        encoder: 'encode.int8.onnx',
        uncachedDecoder: 'uncached_decode.onnx',
        cachedDecoder: 'cached_decode.onnx',
        tokens: 'tokens.txt',
      },
    });
  });

  it('can be told words of the case only where it says how words are spelled in pieces', () => {
    const parts = 'encoder.onnx decoder.onnx joiner.onnx tokens.txt';
    const metadata = { decode_chunk_len: '32' };
    expect(recogniseModel(files(parts, metadata), 'm')).toMatchObject({ canBeBiased: false });
    expect(recogniseModel(files(`${parts} bpe.vocab`, metadata), 'm')).toMatchObject({ canBeBiased: true });
  });

  it.each([
    ['README.md notes.txt', { code: 'not-a-model' }],
    ['silero_vad.onnx', { code: 'wrong-kind' }],
    ['model.onnx tokens.txt lexicon.txt', { code: 'wrong-kind' }],
    ['encoder.onnx joiner.onnx tokens.txt', { code: 'missing-file', file: 'decoder.onnx' }],
    [
      'preprocess.onnx encode.onnx uncached_decode.onnx tokens.txt',
      { code: 'missing-file', file: 'cached_decode.onnx' },
    ],
    ['encoder.onnx decoder.onnx joiner.onnx', { code: 'missing-file', file: 'tokens.txt' }],
  ])('of %s is refused by what is wrong with it', (names, trouble) => {
    expect(recogniseModel(files(names), 'folder')).toEqual(trouble);
  });
});
