import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { node, onnxModel, port, tensor } from './onnx-writer.ts';

const FEATURES = 80;
/** Frames the encoder takes at a time; each gives one frame out. */
const CHUNK = 4;
/** What makes a token certain against all others. */
const SURE = 20;

/** How much less likely the second of two words at one place is, unless something speaks for it. */
const SECOND = 0.5;

/**
 * A streaming transducer that says the same words of every utterance, one token a frame: its decoder looks up which
 * token follows the last, its joiner adds nothing of the sound. Words are tokens of one piece (`▁no`). Where two may
 * stand (`hypodense|hyperdense`) the first is a little likelier.
 */
export function writeTinyTransducer(folder: string, places: readonly string[]): void {
  const words = places.flatMap((place, at) => place.split('|').map((word) => ({ word, at })));
  const tokens = ['<blk>', '<unk>', ...words.map(({ word }) => `▁${word}`)];
  const size = tokens.length;
  const placeOf = (token: number) => words[token - 2]?.at ?? -1;
  /** Row: the last token; column: the next. After the last comes only blank. */
  const table = tokens.flatMap((_, last) => {
    const next = last === 1 || placeOf(last) + 1 === places.length ? -1 : placeOf(last) + 1;
    return tokens.map((_token, column) => {
      if (next < 0) return column === 0 ? SURE : 0;
      if (column < 2 || placeOf(column) !== next) return 0;
      return placeOf(column - 1) === next ? SURE - SECOND : SURE;
    });
  });

  const encoder = onnxModel({
    nodes: [
      node('ReduceMean', ['x'], ['loudness'], { axes: [2], keepdims: 1 }),
      node('Mul', ['loudness', 'nothing'], ['encoder_out']),
      node('Identity', ['h'], ['next_h']),
      node('Identity', ['c'], ['next_c']),
    ],
    constants: [
      tensor(
        'nothing',
        'float',
        [1, 1, size],
        tokens.map(() => 0),
      ),
    ],
    inputs: [
      port('x', 'float', ['N', 'T', FEATURES]),
      port('h', 'float', [1, 'N', 2]),
      port('c', 'float', [1, 'N', 2]),
    ],
    outputs: [
      port('encoder_out', 'float', ['N', 'T', size]),
      port('next_h', 'float', [1, 'N', 2]),
      port('next_c', 'float', [1, 'N', 2]),
    ],
    metadata: {
      model_type: 'lstm',
      num_encoder_layers: 1,
      T: CHUNK,
      decode_chunk_len: CHUNK,
      rnn_hidden_size: 2,
      d_model: 2,
    },
  });
  const decoder = onnxModel({
    nodes: [
      node('Gather', ['y', 'last'], ['y_last'], { axis: 1 }),
      // A context that has not begun is -1.
      node('Max', ['y_last', 'zero'], ['y_known']),
      node('Gather', ['table', 'y_known'], ['decoder_out'], { axis: 0 }),
    ],
    constants: [
      tensor('last', 'int64', [], [1]),
      tensor('zero', 'int64', [], [0]),
      tensor('table', 'float', [size, size], table),
    ],
    inputs: [port('y', 'int64', ['N', 2])],
    outputs: [port('decoder_out', 'float', ['N', size])],
    metadata: { vocab_size: size, context_size: 2 },
  });
  const joiner = onnxModel({
    nodes: [node('Add', ['encoder_out', 'decoder_out'], ['logit'])],
    constants: [],
    inputs: [port('encoder_out', 'float', ['N', size]), port('decoder_out', 'float', ['N', size])],
    outputs: [port('logit', 'float', ['N', size])],
    metadata: { joiner_dim: size },
  });

  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'encoder.onnx'), encoder);
  writeFileSync(join(folder, 'decoder.onnx'), decoder);
  writeFileSync(join(folder, 'joiner.onnx'), joiner);
  writeFileSync(join(folder, 'tokens.txt'), `${tokens.map((token, id) => `${token} ${id}`).join('\n')}\n`);
  writeFileSync(join(folder, 'bpe.vocab'), tokens.map((token, id) => `${token}\t${-id}\n`).join(''));
}
