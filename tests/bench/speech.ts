import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { speechModel } from '#electron/hosts/transcribe/speech-model.ts';
import { listeningPlace } from '#electron/hosts/transcribe/transcribe.ts';
import { createRecogniser, type Recogniser, type Utterance } from '#renderer/dictation/engine/index.ts';
import type { Template } from '#shared/reporting/report.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import { understand } from '#shared/reporting/speech/understand.ts';
import { silence, spoken, VOICES, type Voice } from '#tests/support/spoken.ts';

import { table } from './runs.ts';
import { SPEECH_SET, type SpokenSet } from './speech-set.ts';

const CONDITIONS = ['clean', '20 dB', '15 dB'] as const;
type Condition = (typeof CONDITIONS)[number];

/** One utterance as one voice said it in one room. */
interface Tried {
  readonly kind: SpokenSet['kind'];
  readonly voice: Voice;
  readonly condition: Condition;
  readonly said: string;
  readonly heard: string;
  /** Recognised word for word, but for articles: they carry nothing in a report. */
  readonly isRight: boolean;
  readonly isWordForWord: boolean;
  /** Taken for something. */
  readonly isAccepted: boolean;
  readonly advantage: number;
  readonly leastConfidence: number;
  /** From the end of the sound's last piece to its result. */
  readonly finalMs: number;
  readonly realTimeFactor: number;
}

/** A row of numbers that only looks random (Park and Miller 1988), so that two runs hear the same noise. */
function createNoise(seed: number): () => number {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  // The sum of twelve is near enough to a normal distribution.
  return () => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6);
}

/** White noise so much quieter than the speech. */
function withNoise(sound: Float32Array, db: number, seed: number): Float32Array {
  const power = sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length;
  const size = Math.sqrt(power / 10 ** (db / 10));
  const noise = createNoise(seed);
  return sound.map((sample) => sample + size * noise());
}

const NOISE_DB: Readonly<Record<Condition, number | undefined>> = { clean: undefined, '20 dB': 20, '15 dB': 15 };

/** The sound at a speaker's distance, with the room before and after it. */
function inRoom(sound: Float32Array, condition: Condition, seed: number): Float32Array {
  const db = NOISE_DB[condition];
  const padded = new Float32Array(sound.length + 16_000);
  padded.set(
    sound.map((sample) => sample * 0.5),
    8_000,
  );
  return db === undefined ? padded : withNoise(padded, db, seed);
}

const wordsOf = ({ words }: Utterance): readonly string[] => words.map(({ word }) => word);

function hear(recogniser: Recogniser, sound: Float32Array): { utterances: readonly Utterance[]; finalMs: number } {
  const utterances: Utterance[] = [];
  let finalMs = 0;
  for (let at = 0; at < sound.length; at += 320) {
    const began = performance.now();
    for (const event of recogniser.feed(sound.subarray(at, at + 320)))
      if (event.kind === 'final') {
        utterances.push(event.utterance);
        finalMs = performance.now() - began;
      }
  }
  const began = performance.now();
  for (const event of recogniser.endNow())
    if (event.kind === 'final') {
      utterances.push(event.utterance);
      finalMs = performance.now() - began;
    }
  return { utterances, finalMs };
}

function trySet(
  { kind, texts }: SpokenSet,
  template: Template,
  recogniser: Recogniser,
  options: {
    readonly folder: string;
    readonly every: number;
    readonly voices: number;
    readonly offset: number;
    readonly rooms: readonly Condition[];
  },
): readonly Tried[] {
  const place = listeningPlace(template);
  const set = recogniser.setGrammar(grammarFor(place));
  if (!set.ok) throw new Error(`${template.id}: ${JSON.stringify(set.error)}`);
  const tried: Tried[] = [];
  let spokenSoFar = texts.length;
  texts.forEach((said, index) => {
    if ((index + options.offset) % options.every !== 0) return;
    for (let turn = 0; turn < options.voices; turn++) {
      const voice = VOICES[(spokenSoFar++ + turn * 5) % VOICES.length] ?? 'flite slt';
      // Letters are said by their names.
      const sound = spoken(
        options.folder,
        voice,
        said.replaceAll(/\b([a-z])\b(?= (one|two|three|four|five))/g, (l) => l.toUpperCase()),
      );
      for (const condition of options.rooms) {
        recogniser.cancel();
        recogniser.feed(silence(0.3));
        const room = inRoom(sound, condition, index + 1);
        const began = process.cpuUsage();
        const { utterances, finalMs } = hear(recogniser, room);
        const used = process.cpuUsage(began);
        const heard = utterances.flatMap(wordsOf);
        const isAccepted =
          utterances.length > 0 &&
          utterances.every(
            (utterance) => utterance.verdict === 'understood' && understand(wordsOf(utterance), place) !== undefined,
          );
        tried.push({
          kind,
          voice,
          condition,
          said,
          heard: heard.join(' '),
          isRight: withoutArticles(heard.join(' ')) === withoutArticles(said),
          isWordForWord: heard.join(' ') === said,
          isAccepted,
          advantage: Math.min(...utterances.map(({ fit }) => fit.advantage)),
          leastConfidence: Math.min(...utterances.map(({ fit }) => fit.leastConfidence)),
          finalMs,
          realTimeFactor: (used.user + used.system) / 1e6 / (room.length / 16_000),
        });
      }
    }
  });
  return tried;
}

const withoutArticles = (text: string): string =>
  text
    .split(' ')
    .filter((word) => !['a', 'an', 'the'].includes(word))
    .join(' ');

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`);

function report(tried: readonly Tried[]): string {
  const isPerson = ({ voice }: Tried) => !voice.startsWith('espeak');
  const kinds = ['command', 'field', 'measurement', 'finding', 'foreign'] as const;
  const rooms = CONDITIONS.filter((condition) => tried.some((one) => one.condition === condition));
  const rows = rooms.flatMap((condition) =>
    [true, false].flatMap((person) =>
      kinds.map((kind) => {
        const of = tried.filter((one) => one.condition === condition && one.kind === kind && isPerson(one) === person);
        const right = of.filter((one) => one.isRight && one.isAccepted).length;
        const recognised = of.filter((one) => one.isRight).length;
        const wordForWord = of.filter((one) => one.isWordForWord).length;
        const wrong = of.filter((one) => !one.isRight && one.isAccepted).length;
        const refused = of.filter((one) => one.isRight && !one.isAccepted).length;
        return [
          condition,
          person ? 'festival, flite' : 'espeak-ng',
          kind,
          String(of.length),
          kind === 'foreign' ? '' : percent(wordForWord, of.length),
          kind === 'foreign' ? '' : percent(recognised, of.length),
          kind === 'foreign' ? '' : percent(right, of.length),
          percent(wrong, of.length),
          kind === 'foreign' ? '' : percent(refused, recognised),
        ];
      }),
    ),
  );
  const finals = tried.map(({ finalMs }) => finalMs).toSorted((one, other) => one - other);
  const factors = tried.map(({ realTimeFactor }) => realTimeFactor).toSorted((one, other) => one - other);
  const at = (values: readonly number[], share: number) =>
    values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
  return [
    table([
      [
        'room',
        'voices',
        'kind',
        'said',
        'word for word',
        'but for articles',
        'right and taken',
        'wrong and taken',
        'right but refused',
      ],
      ...rows,
    ]),
    `last sound to result: median ${at(finals, 0.5).toFixed(1)} ms, p95 ${at(finals, 0.95).toFixed(1)} ms (limit 150 ms)`,
    `processor seconds a second of sound: median ${at(factors, 0.5).toFixed(2)}, p95 ${at(factors, 0.95).toFixed(2)}`,
    `processor: ${cpus()[0]?.model ?? 'unknown'}`,
    '',
  ].join('\n');
}

/** `bench -- speech [--every N] [--offset N] [--voices N] [--rooms clean,20 dB] [--json FILE]`: the measured set, by kind, voice and noise. */
export async function benchSpeech(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      every: { type: 'string', default: '1' },
      offset: { type: 'string', default: '0' },
      voices: { type: 'string', default: '1' },
      rooms: { type: 'string', default: CONDITIONS.join(',') },
      json: { type: 'string' },
    },
  });
  const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
  const folder = mkdtempSync(join(tmpdir(), 'overread-speech-'));
  const rooms = CONDITIONS.filter((condition) => values.rooms.split(',').includes(condition));
  const recogniser = await createRecogniser(speechModel);
  try {
    const tried = SPEECH_SET.flatMap((set) => {
      const template = templates.find(({ id }) => id.endsWith(`:${set.templateId}`));
      if (template === undefined) throw new Error(`no template ${set.templateId}`);
      const options = {
        every: Number(values.every),
        offset: Number(values.offset),
        voices: Number(values.voices),
        rooms,
      };
      return trySet(set, template, recogniser, { folder, ...options });
    });
    process.stdout.write(report(tried));
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(tried, undefined, 1));
  } finally {
    recogniser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
