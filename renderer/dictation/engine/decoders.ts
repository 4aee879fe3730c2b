import createModule from 'soundswallower';

import type { SpokenWord } from '#shared/reporting/speech/speech.ts';

import { fsgOf, networkOf } from './jsgf-network.ts';

/** The files of the acoustic model, by the names the recogniser's settings give them. */
const MODEL_FILES = {
  featparams: 'feat_params.json',
  mdef: 'mdef',
  mean: 'means',
  var: 'variances',
  tmat: 'transition_matrices',
  sendump: 'sendump',
  dict: 'dict.txt',
  fdict: 'noisedict.txt',
} as const;

/** Where a file of the model is: an address to fetch in a page's worker, a path in Node. */
export type LocateModel = (file: string) => string;

interface Alignment {
  readonly w?: readonly { readonly t: string; readonly b: number; readonly d: number; readonly p: number }[];
}

/** What is used of the package's decoder, its unexported handle included: only by it can a score be had. */
interface PackageDecoder {
  readonly cdecoder: number;
  init_dict(): Promise<void>;
  init_feat(): Promise<void>;
  initialize(): Promise<void>;
  start(): void;
  stop(): void;
  process_audio(pcm: Float32Array): number;
  get_text(): string;
  get_alignment(): Alignment;
  lookup_word(word: string): string | null;
  add_words(...words: readonly (readonly [string, string])[]): void;
  delete(): void;
}

interface PackageModule {
  readonly Decoder: new (config: Readonly<Record<string, string | number | boolean>>) => PackageDecoder;
  readonly HEAP32: Int32Array;
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _s3file_init(at: number, size: number): number;
  _s3file_free(file: number): number;
  _decoder_init_grammar_s3file(decoder: number, fsg: number, jsgf: number): number;
  _decoder_hyp(decoder: number, score: number): number;
  _decoder_init_dict_s3file(decoder: number, dictionary: number, fillers: number): number;
  _decoder_init_feat_s3file(decoder: number, transform: number): number;
}

/**
 * The package's defaults cut off what a hurried reader says; these keep it, at some cost of time. A grammar needs wider
 * ones: in the silence after a whole sentence those that go on are as likely, and must not drive it out.
 */
const PHONE_BEAMS = { beam: 1e-64, pbeam: 1e-64, wbeam: 1e-48 };
const GRAMMAR_BEAMS = { beam: 1e-80, pbeam: 1e-80, wbeam: 1e-80 };
/**
 * Scores are counted from the best sound of each moment. Two recognisers must look for it among all sounds of the model,
 * not only among those that each waits for: else their scores cannot be compared.
 */
const COMPARED = { compallsen: true };

/** The phones of the model, without silence and noise. */
const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');

/** Each phone as a word. */
export const PHONE_WORDS = PHONES.map((phones) => ({ word: `_${phones}`, phones }));

/** Any row of phones. */
const ANY_PHONES = fsgOf(
  networkOf(`grammar phones; public <any> = (${PHONE_WORDS.map(({ word }) => word).join(' | ')})+;`),
);

/** One of the recognisers over the same sound. */
export interface SpeechDecoder {
  start(): void;
  take(samples: Float32Array): void;
  stop(): void;
  /** The words so far, without marks of pronunciation. */
  words(): readonly string[];
  /** Of the best path; higher is better, only comparable over the same sound. */
  score(): number;
  alignment(): Alignment;
  /** What can be said, as Sphinx FSG; every word must be known. */
  setGrammar(fsg: string): void;
  knows(word: string): boolean;
  /** Phones of a word in the pronunciation that was heard. */
  phonesOf(heard: string): string | undefined;
  addWords(words: readonly SpokenWord[]): void;
  close(): void;
}

const SILENCE = /^(<.*>|\(NULL\)|\[.*\]|\+.*\+)$/;
/** `to(2)` is `to` in its second pronunciation. */
export const plainWord = (heard: string): string | undefined =>
  heard === '' || SILENCE.test(heard) ? undefined : heard.replace(/\(\d+\)$/, '');

function mustHave(handle: number, what: string): void {
  if (handle === 0) throw new Error(`the recogniser's ${what} could not be set up`);
}

/** Words are plain ASCII, so that a letter is a byte. */
function loadGrammar(module: PackageModule, decoder: PackageDecoder, fsg: string): void {
  const at = module._malloc(fsg.length + 1);
  for (let index = 0; index < fsg.length; index++) module.HEAPU8[at + index] = fsg.charCodeAt(index);
  module.HEAPU8[at + fsg.length] = 0;
  const file = module._s3file_init(at, fsg.length);
  const answer = module._decoder_init_grammar_s3file(decoder.cdecoder, file, 0);
  module._s3file_free(file);
  if (answer < 0) throw new Error('the recogniser refused the grammar');
}

function wrap(module: PackageModule, decoder: PackageDecoder): SpeechDecoder {
  const scoreAt = module._malloc(4);
  return {
    start: () => decoder.start(),
    take: (samples) => void decoder.process_audio(samples),
    stop: () => decoder.stop(),
    words: () =>
      decoder
        .get_text()
        .split(' ')
        .flatMap((word) => plainWord(word) ?? []),
    score() {
      module._decoder_hyp(decoder.cdecoder, scoreAt);
      // The view is renewed whenever the memory grows.
      return module.HEAP32[scoreAt / 4] ?? 0;
    },
    alignment: () => decoder.get_alignment(),
    setGrammar: (fsg) => loadGrammar(module, decoder, fsg),
    knows: (word) => decoder.lookup_word(word) !== null,
    phonesOf: (heard) => decoder.lookup_word(heard) ?? undefined,
    addWords(words) {
      const missing = words.filter(({ word }) => decoder.lookup_word(word) === null);
      const ways = missing.flatMap(({ word, phones, otherPhones }) => [
        [word, phones] as const,
        ...(otherPhones === undefined ? [] : [[`${word}(2)`, otherPhones] as const]),
      ]);
      if (ways.length > 0) decoder.add_words(...ways);
    },
    close: () => decoder.delete(),
  };
}

export interface SpeechDecoders {
  /** Follows the grammar. */
  readonly grammar: SpeechDecoder;
  /** Follows any row of phones: what it explains as well was something else than the grammar's. */
  readonly phones: SpeechDecoder;
  /** Tries single rows of words, which are named by their phones, and of phones. */
  readonly rows: SpeechDecoder;
}

export async function openDecoders(locate: LocateModel): Promise<SpeechDecoders> {
  const quiet = { print: () => undefined, printErr: () => undefined };
  const load = createModule as unknown as (options: object) => Promise<PackageModule>;
  const module = await load({ ...quiet, defaultModel: null });
  const files = Object.fromEntries(Object.entries(MODEL_FILES).map(([setting, file]) => [setting, locate(file)]));
  const settings = { ...files, samprate: 16_000, loglevel: 'FATAL' };

  const open = (more: Readonly<Record<string, number | boolean>>): PackageDecoder => {
    const decoder = new module.Decoder({ ...settings, ...more });
    // The model has no transform of its features; the package would look for its file all the same.
    decoder.init_feat = async () => mustHave(module._decoder_init_feat_s3file(decoder.cdecoder, 0), 'features');
    return decoder;
  };
  /** Its words are phones or named by them: the dictionary of a hundred thousand words would only take memory. */
  const openBare = async (more: Readonly<Record<string, number | boolean>>): Promise<PackageDecoder> => {
    const decoder = open(more);
    decoder.init_dict = async () => mustHave(module._decoder_init_dict_s3file(decoder.cdecoder, 0, 0), 'dictionary');
    await decoder.initialize();
    return decoder;
  };
  const grammar = open({ ...GRAMMAR_BEAMS, ...COMPARED });
  await grammar.initialize();
  const phones = await openBare({ ...PHONE_BEAMS, ...COMPARED });
  const rows = await openBare(PHONE_BEAMS);
  const opened = { grammar: wrap(module, grammar), phones: wrap(module, phones), rows: wrap(module, rows) };
  opened.phones.addWords(PHONE_WORDS);
  opened.rows.addWords(PHONE_WORDS);
  opened.phones.setGrammar(ANY_PHONES);
  return opened;
}
