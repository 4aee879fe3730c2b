import { readFile } from 'node:fs/promises';

import {
  createRecogniser,
  MODEL_RATE,
  readWave,
  resample,
  type Recogniser,
  type Utterance,
} from '#renderer/dictation/engine/index.ts';
import { startReport, type Template } from '#shared/reporting/report.ts';
import { COMMAND_PHRASES } from '#shared/reporting/speech/command-phrases.ts';
import { SPOKEN_NAVIGATION } from '#shared/reporting/speech/place-rules.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import type { HeardWord, SpeechPlace, Understood } from '#shared/reporting/speech/speech.ts';
import { understand } from '#shared/reporting/speech/understand.ts';

import { speechModel } from './speech-model.ts';

export interface TranscribedUtterance {
  readonly startMs: number;
  readonly endMs: number;
  /** As heard, also where it was not understood. */
  readonly words: readonly HeardWord[];
  /** Absent: not understood. */
  readonly understood?: Understood;
}

/** What `transcribe` says of one recording. `reason` stands where there is nothing to say. */
export interface Transcript {
  readonly file: string;
  readonly seconds?: number;
  /** As it would stand in the report. */
  readonly text?: string;
  readonly commands?: readonly { readonly id: string; readonly argument?: string; readonly said: string }[];
  readonly fields?: readonly { readonly sectionId: string; readonly fieldId: string; readonly value: string }[];
  readonly macros?: readonly string[];
  readonly notUnderstood?: number;
  readonly utterances?: readonly TranscribedUtterance[];
  /** Seconds of work a second of sound. */
  readonly realTimeFactor?: number;
  readonly reason?: string;
}

/** The report as it starts but for its default texts: what comes out is what was said. */
export function listeningPlace(template: Template): SpeechPlace {
  const body = startReport(template);
  const sections = body.sections.map((section) => ({ ...section, text: '' }));
  const home = sections.find(({ role }) => role === 'findings') ?? sections[0];
  return {
    template,
    body: { ...body, sections },
    ...(home === undefined ? {} : { sectionId: home.id }),
    commands: COMMANDS,
    macroNames: [],
  };
}

/** At a section or at a field, by its id. */
function placeAt(place: SpeechPlace, id = ''): SpeechPlace {
  const { sectionId: _left, fieldId: _leftToo, ...rest } = place;
  const section = place.template.sections.find((one) => one.id === id || one.fields.some((field) => field.id === id));
  if (section === undefined) return place;
  return { ...rest, sectionId: section.id, ...(section.id === id ? {} : { fieldId: id }) };
}

const withText = (place: SpeechPlace, added: string): SpeechPlace => ({
  ...place,
  body: {
    ...place.body,
    sections: place.body.sections.map((section) =>
      section.id === place.sectionId ? { ...section, text: section.text + added } : section,
    ),
  },
});

/** What was said into each section, one after the other. */
const textOf = ({ body }: SpeechPlace): string =>
  body.sections.flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()])).join('\n');

const COMMANDS: SpeechPlace['commands'] = Object.entries(COMMAND_PHRASES).map(([id, phrases]) => ({ id, phrases }));

/** Sound after the last word, so that the recording's own end is not taken for a word's. */
const TRAIL = new Float32Array(MODEL_RATE / 2);

export interface Transcriber {
  transcribe(file: string): Promise<Transcript>;
  close(): void;
}

/** Listens to recordings as dictation listens to a microphone: the same engine, grammar and meaning. */
export async function openTranscriber(template: Template): Promise<Transcriber> {
  const recogniser = await createRecogniser(speechModel);
  return {
    async transcribe(file) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(file);
      } catch (error) {
        return { file, reason: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` };
      }
      const read = readWave(bytes);
      if (!read.ok) return { file, reason: read.error };
      const { samples, sampleRate, isCutOff } = read.value;
      const seconds = samples.length / sampleRate;
      const sound = resample(samples, sampleRate, MODEL_RATE);
      const place = listeningPlace(template);
      tune(recogniser, place);
      const begun = performance.now();
      const listened = listen(recogniser, place, sound);
      const realTimeFactor = (performance.now() - begun) / 1000 / seconds;
      const rounded = Math.round(realTimeFactor * 1000) / 1000;
      return {
        file,
        seconds: Math.round(seconds * 1000) / 1000,
        ...listened,
        realTimeFactor: rounded,
        ...(isCutOff ? { reason: 'the file ends before its header says; what is there was heard' } : {}),
      };
    },
    close: () => recogniser.close(),
  };
}

type Listened = Required<Omit<Transcript, 'file' | 'seconds' | 'realTimeFactor' | 'reason'>>;

/** How much sound is taken at a time, as a microphone gives it: the grammar may change between two pieces. */
const PIECE = MODEL_RATE / 50;

function tune(recogniser: Recogniser, place: SpeechPlace): void {
  const set = recogniser.setGrammar(grammarFor(place));
  if (!set.ok) throw new Error(`the grammar of ${place.template.id} was refused: ${JSON.stringify(set.error)}`);
}

function listen(recogniser: Recogniser, start: SpeechPlace, sound: Float32Array): Listened {
  const utterances: TranscribedUtterance[] = [];
  let place = start;

  function take({ words, verdict, startMs, endMs }: Utterance): void {
    const said = words.map(({ word }) => word);
    // A recording is whole, however early it begins.
    const isUnderstood = verdict === 'understood' || verdict === 'cut-off';
    const understood = isUnderstood ? understand(said, place) : undefined;
    utterances.push({ startMs, endMs, words, ...(understood === undefined ? {} : { understood }) });
    if (understood?.kind === 'text') place = withText(place, understood.text);
    if (understood?.kind === 'command' && understood.id === SPOKEN_NAVIGATION.goTo) {
      place = placeAt(place, understood.argument);
      tune(recogniser, place);
    }
  }

  recogniser.cancel();
  const whole = new Float32Array(sound.length + TRAIL.length);
  whole.set(sound);
  for (let at = 0; at < whole.length; at += PIECE)
    for (const event of recogniser.feed(whole.subarray(at, at + PIECE)))
      if (event.kind === 'final') take(event.utterance);
  for (const event of recogniser.endNow()) if (event.kind === 'final') take(event.utterance);
  const meanings = utterances.flatMap(({ understood, words }) =>
    understood === undefined ? [] : [{ understood, said: words.map(({ word }) => word).join(' ') }],
  );
  return {
    text: textOf(place),
    commands: meanings.flatMap(({ understood, said }) => {
      if (understood.kind !== 'command') return [];
      const { id, argument } = understood;
      return [{ id, ...(argument === undefined ? {} : { argument }), said }];
    }),
    fields: meanings.flatMap(({ understood }) => {
      if (understood.kind !== 'field') return [];
      const { sectionId, fieldId, value } = understood;
      return [{ sectionId, fieldId, value }];
    }),
    macros: meanings.flatMap(({ understood }) => (understood.kind === 'macro' ? [understood.name] : [])),
    notUnderstood: utterances.length - meanings.length,
    utterances,
  };
}
