/** Kinds of models that the reader may install, by the engine's own names for them. */
export type SpeechModelFamily =
  | 'streaming-transducer'
  | 'transducer'
  | 'nemo-transducer'
  | 'nemo-ctc'
  | 'medasr'
  | 'whisper'
  | 'moonshine';

/** Why a folder is no model that can be used; `file` is the name of the file that is missing or at fault. */
export interface SpeechModelTrouble {
  readonly code:
    | 'no-folder'
    | 'not-a-model'
    | 'missing-file'
    | 'half-copied'
    | 'broken-file'
    | 'wrong-kind'
    | 'no-space'
    | 'not-written'
    | 'not-opened';
  readonly file?: string;
}

/** A file of the folder; metadata are those of an ONNX model (`metadata_props` of ModelProto). */
export interface ModelFile {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What the engine opens: files by their part in the model. */
export interface SpeechModel {
  readonly family: SpeechModelFamily;
  readonly files: Readonly<Record<string, string>>;
  /** Words come while one speaks, not only at the end. */
  readonly isStreaming: boolean;
  /** Words of the case can be made likelier. */
  readonly canBeBiased: boolean;
}

/** One kind: the parts it is made of, by what their files are called, and what tells it from a kind with the same parts. */
interface Kind {
  readonly family: SpeechModelFamily;
  readonly parts: Readonly<Record<string, RegExp>>;
  readonly optional?: Readonly<Record<string, RegExp>>;
  /** Looks at the metadata of its first part and at the folder's name. */
  readonly isIt: (metadata: Readonly<Record<string, string>>, folderName: string) => boolean;
}

const onnx = (stem: string): RegExp => new RegExp(String.raw`(?:^|[-_.])${stem}(?:[-_.][^/]*)?\.onnx$`, 'i');
const TOKENS = /(?:^|[-_.])tokens\.txt$/i;
const TRANSDUCER = { encoder: onnx('encoder'), decoder: onnx('decoder'), joiner: onnx('joiner'), tokens: TOKENS };
const BPE = { bpeVocab: /(?:^|[-_.])bpe\.vocab$/i };

const isNemo = ({ model_type: type = '' }: Readonly<Record<string, string>>): boolean => /^EncDec|nemo/i.test(type);
/** Only a model that hears in pieces says how long a piece is. */
const hasChunks = (metadata: Readonly<Record<string, string>>): boolean =>
  ['decode_chunk_len', 'chunk_length', 'window_size'].some((key) => metadata[key] !== undefined);

/** The first whose parts are all there and whose metadata agree is taken. */
const KINDS: readonly Kind[] = [
  { family: 'streaming-transducer', parts: TRANSDUCER, optional: BPE, isIt: hasChunks },
  { family: 'nemo-transducer', parts: TRANSDUCER, isIt: isNemo },
  { family: 'transducer', parts: TRANSDUCER, optional: BPE, isIt: () => true },
  {
    family: 'moonshine',
    parts: {
      preprocessor: onnx('preprocess'),
      encoder: onnx('encode'),
      uncachedDecoder: onnx('uncached[-_]decode'),
      cachedDecoder: /^(?!.*uncached).*cached[-_]decode[^/]*\.onnx$/i,
      tokens: TOKENS,
    },
    isIt: () => true,
  },
  {
    family: 'whisper',
    parts: { encoder: onnx('encoder'), decoder: onnx('decoder'), tokens: TOKENS },
    isIt: ({ model_type: type = '' }, name) => /whisper/i.test(type) || /whisper/i.test(name),
  },
  {
    family: 'medasr',
    parts: { model: onnx('model'), tokens: TOKENS },
    isIt: ({ model_type: type = '' }, name) => /medasr|lasr/i.test(type) || /medasr/i.test(name),
  },
  { family: 'nemo-ctc', parts: { model: onnx('model'), tokens: TOKENS }, isIt: isNemo },
];

/** Of a model in two precisions the smaller is taken: it is as right and twice as fast. */
const preferred = (files: readonly ModelFile[]): ModelFile | undefined =>
  files.find(({ name }) => /int8/i.test(name)) ?? files[0];

const fileOf = (files: readonly ModelFile[], pattern: RegExp): ModelFile | undefined =>
  preferred(files.filter(({ name }) => pattern.test(name)));

/** A part as the reader would look for it. */
const WANTED: Readonly<Record<string, string>> = {
  tokens: 'tokens.txt',
  preprocessor: 'preprocess.onnx',
  uncachedDecoder: 'uncached_decode.onnx',
  cachedDecoder: 'cached_decode.onnx',
};
const wantedName = (part: string): string => WANTED[part] ?? `${part}.onnx`;

/** What kind of model a folder holds, told by its files alone; or what is wrong with it. */
export function recogniseModel(files: readonly ModelFile[], folderName: string): SpeechModel | SpeechModelTrouble {
  if (!files.some(({ name }) => name.toLowerCase().endsWith('.onnx'))) return { code: 'not-a-model' };
  const tried = KINDS.map((kind) => {
    const parts = Object.entries(kind.parts).map(([part, pattern]) => [part, fileOf(files, pattern)] as const);
    const missing = parts.filter(([, file]) => file === undefined).map(([part]) => part);
    return { kind, parts, missing, found: parts.length - missing.length };
  });
  const whole = tried.filter(({ missing }) => missing.length === 0);
  const fitting = whole.find(({ kind, parts }) => kind.isIt(parts[0]?.[1]?.metadata ?? {}, folderName));
  if (fitting !== undefined) {
    const { family, optional = {} } = fitting.kind;
    const extra = Object.entries(optional).map(([part, pattern]) => [part, fileOf(files, pattern)] as const);
    const named = [...fitting.parts, ...extra].flatMap(([part, file]) =>
      file === undefined ? [] : [[part, file.name]],
    );
    const known = Object.fromEntries(named) as Readonly<Record<string, string>>;
    const isStreaming = family === 'streaming-transducer';
    return { family, files: known, isStreaming, canBeBiased: isStreaming && known['bpeVocab'] !== undefined };
  }
  const [nearest] = tried
    .filter(({ missing }) => missing.length > 0)
    .toSorted((one, other) => one.missing.length - other.missing.length || other.found - one.found);
  const [part] = nearest?.missing ?? [];
  // A kind that has all its parts and still is not it explains the files better than one that lacks more.
  const mostFound = Math.max(1, ...whole.map(({ found }) => found));
  return part !== undefined && nearest !== undefined && nearest.found >= mostFound
    ? { code: 'missing-file', file: wantedName(part) }
    : { code: 'wrong-kind' };
}

/** Where the model that the reader chose stands. Bytes are those of the copy. */
export type SpeechModelState =
  | { readonly status: 'none' }
  | { readonly status: 'refused'; readonly name: string; readonly trouble: SpeechModelTrouble }
  | { readonly status: 'copying'; readonly name: string; readonly doneBytes: number; readonly totalBytes: number }
  /** The copy was broken off and goes on from there when it is asked to. */
  | {
      readonly status: 'half-copied';
      readonly name: string;
      readonly doneBytes: number;
      readonly totalBytes: number;
      readonly trouble?: SpeechModelTrouble;
    }
  | { readonly status: 'opening'; readonly name: string; readonly family: SpeechModelFamily }
  | {
      readonly status: 'ready';
      readonly name: string;
      readonly family: SpeechModelFamily;
      readonly isStreaming: boolean;
      readonly canBeBiased: boolean;
      /** Another folder was tried since and is none. */
      readonly refused?: { readonly name: string; readonly trouble: SpeechModelTrouble };
    };
