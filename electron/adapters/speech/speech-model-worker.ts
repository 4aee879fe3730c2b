// The program of the process that holds a model: one utterance after the other, whatever the model does to it.
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

import sherpa, { type EngineResult, type EngineStream, type OfflineEngine, type OnlineEngine } from 'sherpa-onnx-node';

import type { SpeechModel } from '#shared/reporting/speech/speech-model.ts';

import { engineConfig } from './engine-config.ts';
import { heardWords, wordsOfText } from './heard-words.ts';
import type { FromModel, ToModel } from './model-messages.ts';

const SAMPLE_RATE = 16_000;
/** A streaming model needs what follows the last word to be sure of it. */
const TRAIL = new Float32Array(SAMPLE_RATE * 0.6);
/** An utterance is never longer; see the endpointer. */
const MOST_SAMPLES = SAMPLE_RATE * 40;

interface Listener {
  /** What is heard so far. */
  take(samples: Float32Array): string;
  end(): EngineResult;
}

/** How a model of this family hears one utterance. */
type Listen = () => Listener;

function streaming(engine: OnlineEngine): Listen {
  return () => {
    const stream: EngineStream = engine.createStream();
    const decode = () => {
      while (engine.isReady(stream)) engine.decode(stream);
      return engine.getResult(stream);
    };
    return {
      take(samples) {
        stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
        return decode().text;
      },
      end() {
        stream.acceptWaveform({ samples: TRAIL, sampleRate: SAMPLE_RATE });
        stream.inputFinished();
        return decode();
      },
    };
  };
}

/** Hears only the whole: pieces wait in memory until the end. */
function atTheEnd(engine: OfflineEngine): Listen {
  return () => {
    const pieces: Float32Array[] = [];
    let count = 0;
    return {
      take(samples) {
        if (count + samples.length <= MOST_SAMPLES) pieces.push(samples);
        count += samples.length;
        return '';
      },
      end() {
        const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
        pieces.reduce((at, piece) => (samples.set(piece, at), at + piece.length), 0);
        const stream = engine.createStream();
        stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
        engine.decode(stream);
        return engine.getResult(stream);
      },
    };
  };
}

const hasOnlyCapitals = (tokens: string): boolean => /[A-Z]{2}/.test(tokens) && !/[a-z]{2}(?![^\n]*>)/.test(tokens);

function openEngine(model: SpeechModel, folder: string, phrases: readonly string[]): Listen {
  const tokens = readFileSync(join(folder, model.files['tokens'] ?? ''), 'utf8');
  const config = engineConfig(model, folder, { phrases, isUpperCase: hasOnlyCapitals(tokens) });
  return model.isStreaming
    ? streaming(new sherpa.OnlineRecognizer(config))
    : atTheEnd(new sherpa.OfflineRecognizer(config));
}

/** Where Electron starts a utility process, its parent is here and not at `process.send`. */
interface UtilityParent {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const parent = (process as { readonly parentPort?: UtilityParent }).parentPort;
const tell = (message: FromModel): void => {
  if (parent !== undefined) parent.postMessage(message);
  else process.send?.(message);
};

let opened: { readonly folder: string; readonly model: SpeechModel; listen: Listen } | undefined;
let waitingBias: readonly string[] | undefined;
const utterances = new Map<string, Listener>();

/** Sound that comes is heard with the phrases told before its first piece. */
function listenerOf(utterance: string): Listener | undefined {
  const known = utterances.get(utterance);
  if (known !== undefined || opened === undefined) return known;
  if (waitingBias !== undefined && utterances.size === 0) {
    opened.listen = openEngine(opened.model, opened.folder, waitingBias);
    waitingBias = undefined;
  }
  const listener = opened.listen();
  utterances.set(utterance, listener);
  return listener;
}

function obey(message: ToModel): void {
  switch (message.kind) {
    case 'open':
      try {
        const { folder, model } = message;
        opened = { folder, model, listen: openEngine(model, folder, []) };
        // A file may be read only when it is first used: so it is used before anybody speaks.
        const first = opened.listen();
        first.take(TRAIL);
        first.end();
        return tell({ kind: 'opened' });
      } catch {
        return tell({ kind: 'not-opened' });
      }
    case 'sound': {
      const { number, utterance, samples, isLast } = message;
      const listener = listenerOf(utterance);
      const text = listener?.take(samples) ?? '';
      if (!isLast) return tell({ kind: 'partial', number, text: wordsOfText(text).join(' ') });
      utterances.delete(utterance);
      return tell({ kind: 'final', number, words: listener === undefined ? [] : heardWords(listener.end()) });
    }
    case 'drop':
      utterances.delete(message.utterance);
      return;
    case 'bias':
      if (opened?.model.canBeBiased === true) waitingBias = message.phrases;
      return;
  }
}

try {
  // Nobody waits for a word as they wait for an image.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Where the system does not let us, we run as everybody else.
}
if (parent !== undefined) parent.on('message', ({ data }) => obey(data as ToModel));
else process.on('message', (message) => obey(message as ToModel));
process.on('disconnect', () => process.exit(0));
