import { create } from 'zustand';

import type { MicrophoneRefusal, Microphone } from './microphone.ts';
import { openMicrophone, rememberedMicrophone, rememberMicrophone } from './microphone.ts';
import type { Doubt } from './doubts.ts';
import { createSpeechLink, type SpeechLink } from './speech-link.ts';
import type { FromSpeechWorker, MeterReading } from './worker-messages.ts';
import type { SpeechEvent } from './engine/index.ts';
import { playSound } from './play-sound.ts';
import { isModelUsed, rememberEngine, useSpeechEngine, type SpeechEngine } from './speech-engine.ts';

export type DictationState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  /** The microphone is open, the key that listens is not held. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'hearing' }
  | { readonly kind: 'unavailable'; readonly why: Unavailable };
type Unavailable = MicrophoneRefusal | 'lost' | 'no-recogniser' | 'engine-off';

/** A sentence that a model heard, as it was written. */
export interface ModelSentence {
  readonly id: number;
  readonly sectionId: string;
  readonly words: string;
}

interface Dictation {
  readonly state: DictationState;
  readonly microphoneLabel: string;
  /** What is being said, before it is sure. */
  readonly partial: string;
  /** What the last utterance did, in words. */
  readonly outcome: { readonly isUnderstood: boolean; readonly words: string } | undefined;
  /** Numbers and sides of the last utterance. */
  readonly echo: readonly string[];
  readonly meter: MeterReading | undefined;
  readonly doubts: readonly Doubt[];
  /** The newest sentences of a model: a correction in them can be learned. */
  readonly modelSentences: readonly ModelSentence[];
  /** The microphone stays open and waits for the wake word. */
  readonly isHandsFree: boolean;
  /** Hands-free: the wake word was said and what follows is meant. */
  readonly isAwake: boolean;
  /** A command that waits for “confirm”. */
  readonly asked: { readonly commandId: string; readonly title: string } | undefined;
}

const SILENT = { partial: '', outcome: undefined, echo: [], meter: undefined, asked: undefined } as const;

export const useDictation = create<Dictation>()(() => ({
  state: { kind: 'off' },
  microphoneLabel: '',
  doubts: [],
  modelSentences: [],
  isHandsFree: false,
  isAwake: false,
  ...SILENT,
}));

export const isListening = ({ state }: Dictation): boolean => state.kind === 'listening' || state.kind === 'hearing';
/** Off, or not to be had: the button starts anew. */
export const isStopped = ({ state }: Dictation): boolean => state.kind === 'off' || state.kind === 'unavailable';

let link: SpeechLink | undefined;
let isReady = false;
let microphone: Microphone | undefined;
let wantsToListen = false;
/** Grows with each start and stop, so that a microphone that opens too late is closed again. */
let attempt = 0;
type Unheard = Exclude<SpeechEvent, { readonly kind: 'final' }>;
/** An utterance and what was made of it. */
export type Heard = Omit<Extract<FromSpeechWorker, { readonly kind: 'heard' }>, 'kind'>;
let onSpeech: (event: Unheard) => void = () => undefined;
let onHeard: (heard: Heard) => void = () => undefined;
let onGrammarRefused: (words: readonly string[]) => void = () => undefined;

export function followSpeech(listener: {
  readonly onSpeech: (event: Unheard) => void;
  readonly onHeard: (heard: Heard) => void;
  readonly onGrammarRefused: (words: readonly string[]) => void;
}): void {
  ({ onSpeech, onHeard, onGrammarRefused } = listener);
  useSpeechEngine.subscribe(tellEngine);
  useDictation.subscribe(({ isAwake, isHandsFree }, before) => {
    if (isAwake !== before.isAwake || isHandsFree !== before.isHandsFree) tellEngine();
  });
}

/** The recogniser's worker, loaded with the first dictation and kept. */
export function speechLink(): SpeechLink {
  if (link !== undefined) return link;
  link = createSpeechLink(take);
  tellEngine();
  return link;
}

/** Asleep and waiting for the wake word: nothing of it is for the model, and nothing else is done. */
export const isAsleep = ({ isHandsFree, isAwake }: Dictation): boolean => isHandsFree && !isAwake;

const tellEngine = (): void =>
  link?.useModel(isModelUsed(useSpeechEngine.getState()) && !isAsleep(useDictation.getState()));

function take(message: FromSpeechWorker): void {
  switch (message.kind) {
    case 'ready':
      isReady = true;
      return settle();
    case 'failed':
      return giveUp('no-recogniser');
    case 'meter':
      return useDictation.setState({ meter: message.reading });
    case 'grammar-refused':
      return onGrammarRefused(message.words);
    case 'grammar-set':
      return;
    case 'speech':
      if (isStopped(useDictation.getState())) return;
      return onSpeech(message.event);
    case 'heard':
      if (isStopped(useDictation.getState())) return;
      return onHeard(message);
    case 'sound':
      return playSound(message.samples);
  }
}

const show = (kind: Exclude<DictationState['kind'], 'unavailable'>): void => useDictation.setState({ state: { kind } });

/** As far as it has come: recogniser and microphone open side by side. */
function settle(): void {
  if (isStopped(useDictation.getState())) return;
  if (!isReady || microphone === undefined) return show('starting');
  show(wantsToListen ? 'listening' : 'ready');
}

function giveUp(why: Unavailable): void {
  release();
  useDictation.setState({ state: { kind: 'unavailable', why }, isHandsFree: false, isAwake: false, ...SILENT });
}

function release(): void {
  attempt++;
  microphone?.stop();
  microphone = undefined;
  link?.cancel();
}

async function openSound(): Promise<void> {
  const mine = ++attempt;
  const { port1, port2 } = new MessageChannel();
  const opened = await openMicrophone(rememberedMicrophone(), port1, () => {
    if (mine === attempt) giveUp('lost');
  });
  if (mine !== attempt) {
    if (opened.ok) opened.value.stop();
    return;
  }
  if (!opened.ok) return giveUp(opened.error);
  microphone = opened.value;
  useDictation.setState({ microphoneLabel: microphone.label });
  speechLink().sendSound(port2, microphone.sampleRate);
  speechLink().gate(wantsToListen);
  settle();
}

/** Begins to listen; the microphone is opened the first time. */
export function listen(): void {
  if (useSpeechEngine.getState().chosen === 'off') return giveUp('engine-off');
  wantsToListen = true;
  speechLink().gate(true);
  if (!isStopped(useDictation.getState())) return settle();
  useDictation.setState({ state: { kind: 'starting' }, ...SILENT });
  void openSound();
}

/** Ends what is being said and listens no more; the microphone stays open, so that the next word is not cut off. */
export function pause(): void {
  wantsToListen = false;
  useDictation.setState({ isHandsFree: false, isAwake: false });
  link?.gate(false);
  settle();
}

export function stopDictation(): void {
  wantsToListen = false;
  release();
  useDictation.setState({ state: { kind: 'off' }, isHandsFree: false, isAwake: false, ...SILENT });
}

/** Another microphone; what was listening goes on with it. */
export function chooseMicrophone(id: string | undefined): void {
  rememberMicrophone(id);
  if (isStopped(useDictation.getState())) return;
  release();
  show('starting');
  void openSound();
}

/** The microphone stays open; only what follows the wake word is meant. Again: hands-free ends, and so does listening. */
export function toggleHandsFree(): void {
  if (useDictation.getState().isHandsFree) return stopDictation();
  listen();
  if (!isStopped(useDictation.getState())) useDictation.setState({ isHandsFree: true, isAwake: false });
}

/** Plays what was said again; nothing where its sound is gone. */
export const playUtterance = (sound: number): void => link?.play(sound);

/** Sound goes with the draft it was said for. */
export const forgetSound = (): void => link?.forget();

/** What hears from now on; turned off, the microphone is closed. */
export function chooseEngine(engine: SpeechEngine): void {
  rememberEngine(engine);
  if (engine === 'off' && !isStopped(useDictation.getState())) stopDictation();
}
