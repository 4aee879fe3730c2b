import {
  createRecogniser,
  createResampler,
  MODEL_RATE,
  soundLevel,
  type Recogniser,
  type SpeechEvent,
} from './engine/index.ts';
import { createLostPieces } from './lost-pieces.ts';
import { createPreRoll } from './pre-roll.ts';
import { openModelEar, type ModelEar } from './model-ear.ts';
import { createUtteranceSound } from './utterance-sound.ts';
import type { FromSpeechWorker, SoundPiece, ToSpeechWorker } from './worker-messages.ts';

/** Where the page's server has the acoustic model; `build/vite.config.ts` puts it there. */
const MODEL_FOLDER = '/speech-model/';
/** How many samples one reading of the meter covers. */
const METER_SAMPLES = MODEL_RATE / 5;
/** Long enough that a beginning in it is known to be whole, with the key that was pressed late. */
const PRE_ROLL_SAMPLES = (MODEL_RATE * 4) / 10;
/** What was wrong is shown for two seconds, so that it can be read. */
const REMEMBERED_READINGS = 10;

const tell = (message: FromSpeechWorker): void => self.postMessage(message);

const opening = createRecogniser((file) => `${MODEL_FOLDER}${file}.bin`);
opening.then(
  () => tell({ kind: 'ready' }),
  () => tell({ kind: 'failed' }),
);

const sounds = createUtteranceSound();
let isModelUsed = false;
/** What is said now, on its way to the model too. */
let ear: ModelEar | undefined;
/** What the model hears comes later than what the grammar hears: finals keep their order. */
let lastFinal: Promise<unknown> = Promise.resolve();

function partialByModel(text: string): void {
  if (text !== '') tell({ kind: 'speech', event: { kind: 'partial', words: text.split(' ') } });
}

function takeEvent(event: SpeechEvent): void {
  switch (event.kind) {
    case 'began': {
      const lead = sounds.begin();
      ear?.drop();
      ear = isModelUsed ? openModelEar(fetch, partialByModel) : undefined;
      ear?.take(lead);
      return tell({ kind: 'speech', event });
    }
    case 'partial':
      // The model's own words are shown while it listens.
      return ear === undefined ? tell({ kind: 'speech', event }) : undefined;
    case 'final': {
      const { utterance } = event;
      const sound = sounds.end();
      const byModel = ear?.end();
      ear = undefined;
      if (byModel === undefined) {
        lastFinal = lastFinal.then(() => tell({ kind: 'heard', utterance, sound }));
        return;
      }
      const before = lastFinal;
      lastFinal = byModel.then((heard) => before.then(() => tell({ kind: 'heard', utterance, sound, byModel: heard })));
    }
  }
}

/** Sound that is listened to, by the grammar and by the model. */
function listenTo(recogniser: Recogniser, sound: Float32Array): void {
  sounds.take(sound);
  const wasOpen = ear;
  const events = recogniser.feed(sound);
  if (wasOpen !== undefined) wasOpen.take(sound);
  for (const event of events) takeEvent(event);
}

function callOff(): void {
  ear?.drop();
  ear = undefined;
}

let isGateOpen = false;
let closePort: (() => void) | undefined;

function takeSound(recogniser: Recogniser, port: MessagePort, sampleRate: number): void {
  closePort?.();
  const resampler = createResampler(sampleRate, MODEL_RATE);
  let heard: Float32Array[] = [];
  let heardCount = 0;
  const lostBefore = createLostPieces();
  const before = createPreRoll(PRE_ROLL_SAMPLES);
  let lostPieces = 0;
  let recent: readonly { readonly clippedCount: number; readonly lostPieces: number }[] = [];

  function meter(samples: Float32Array): void {
    heard.push(samples);
    heardCount += samples.length;
    if (heardCount < METER_SAMPLES) return;
    const whole = new Float32Array(heardCount);
    heard.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    const level = soundLevel(whole);
    recent = [...recent.slice(1 - REMEMBERED_READINGS), { clippedCount: level.clippedCount, lostPieces }];
    const sum = (of: 'clippedCount' | 'lostPieces') => recent.reduce((total, reading) => total + reading[of], 0);
    tell({
      kind: 'meter',
      reading: {
        ...level,
        backgroundDb: recogniser.backgroundDb(),
        clippedCount: sum('clippedCount'),
        lostPieces: sum('lostPieces'),
      },
    });
    [heard, heardCount, lostPieces] = [[], 0, 0];
  }

  port.onmessage = (event: MessageEvent<SoundPiece>) => {
    const lost = lostBefore(event.data);
    lostPieces += lost;
    const sound = resampler.take(event.data.samples);
    meter(sound);
    if (lost > 0) before.drain();
    if (!isGateOpen) return before.take(sound);
    if (lost > 0) recogniser.lose();
    const lead = before.drain();
    if (lead.length > 0) listenTo(recogniser, lead);
    listenTo(recogniser, sound);
  };
  closePort = () => port.close();
}

async function obey(message: ToSpeechWorker): Promise<void> {
  const recogniser = await opening;
  switch (message.kind) {
    case 'grammar': {
      const { number } = message;
      const set = recogniser.setGrammar(message.grammar);
      if (set.ok) tell({ kind: 'grammar-set', number });
      else tell({ kind: 'grammar-refused', number, words: set.error.code === 'unknown-words' ? set.error.words : [] });
      return;
    }
    case 'sound':
      return takeSound(recogniser, message.port, message.sampleRate);
    case 'gate':
      isGateOpen = message.isOpen;
      if (isGateOpen) return;
      for (const event of recogniser.endNow()) takeEvent(event);
      // Too short to be a word.
      return callOff();
    case 'model':
      isModelUsed = message.isUsed;
      return isModelUsed ? undefined : callOff();
    case 'play': {
      const kept = sounds.play(message.sound);
      const samples = kept === undefined ? undefined : new Float32Array(kept);
      return tell({ kind: 'sound', samples });
    }
    case 'forget':
      return sounds.forget();
    case 'cancel':
      isGateOpen = false;
      callOff();
      return recogniser.cancel();
  }
}

self.addEventListener('message', (event: MessageEvent<ToSpeechWorker>) => {
  void obey(event.data).catch(() => tell({ kind: 'failed' }));
});
