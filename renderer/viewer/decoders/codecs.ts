import charlsFactory from '@cornerstonejs/codec-charls/decodewasmjs';
import libjpegFactory from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import openjpegFactory from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import openjphFactory from '@cornerstonejs/codec-openjph/wasmjs';

export type CodecName = 'charls' | 'libjpeg' | 'openjpeg' | 'openjph';

/** What the codecs tell of a decoded codestream; not all give all. */
export interface CodestreamInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  decodeSubResolution?(level: number): void;
  calculateSizeAtDecompositionLevel?(level: number): { readonly width: number; readonly height: number };
  getFrameInfo(): CodestreamInfo;
  getInterleaveMode?(): number;
  delete(): void;
}

interface CodecModule {
  readonly JpegLSDecoder?: new () => Decoder;
  readonly JPEGDecoder?: new () => Decoder;
  readonly J2KDecoder?: new () => Decoder;
  readonly HTJ2KDecoder?: new () => Decoder;
  getExceptionMessage?(pointer: number): unknown;
}

const factories: Readonly<Record<CodecName, (options: object) => Promise<unknown>>> = {
  charls: charlsFactory,
  libjpeg: libjpegFactory,
  openjpeg: openjpegFactory,
  openjph: openjphFactory,
};

const wasm = new Map<CodecName, string | Uint8Array>();
const loaded = new Map<CodecName, Promise<CodecModule>>();

/**
 * Says where a codec's WebAssembly is: a URL to fetch, or its bytes. A browser worker does this before the first decode
 * (with `import url from '@cornerstonejs/codec-charls/decodewasm?url'` and so on); in Node the packages find their own.
 */
export function setCodecWasm(name: CodecName, source: string | Uint8Array): void {
  wasm.set(name, source);
  loaded.delete(name);
}

async function loadCodec(name: CodecName): Promise<CodecModule> {
  const source = wasm.get(name);
  const quiet = { print: () => undefined, printErr: () => undefined };
  const where =
    source === undefined ? {} : typeof source === 'string' ? { locateFile: () => source } : { wasmBinary: source };
  return (await factories[name]({ ...quiet, ...where })) as CodecModule;
}

function codecModule(name: CodecName): Promise<CodecModule> {
  let module = loaded.get(name);
  if (module === undefined) loaded.set(name, (module = loadCodec(name)));
  return module;
}

/** Codecs throw numbers (pointers to C++ exceptions), strings and errors alike. */
function messageOf(module: CodecModule, thrown: unknown): string {
  if (typeof thrown !== 'number') return thrown instanceof Error ? thrown.message : String(thrown);
  const message = module.getExceptionMessage?.(thrown);
  if (typeof message === 'string') return message;
  return Array.isArray(message) ? message.join(': ') : 'the codec refused it';
}

export interface Codestream {
  readonly info: CodestreamInfo;
  /** A copy: the codec's memory is reused. One or two bytes a sample, little endian, by pixel unless `isPlanar`. */
  readonly bytes: Uint8Array;
  readonly isPlanar: boolean;
}

/**
 * Decodes one codestream; with `level` only a picture whose sides are halved so often, for which the codestream's beginning is
 * enough. Throws an Error with the codec's own words when it cannot.
 */
export async function decodeCodestream(name: CodecName, encoded: Uint8Array, level = 0): Promise<Codestream> {
  const module = await codecModule(name);
  const Decoder = module.JpegLSDecoder ?? module.JPEGDecoder ?? module.J2KDecoder ?? module.HTJ2KDecoder;
  if (Decoder === undefined) throw new Error(`${name}: no decoder in the package`);
  let decoder: Decoder | undefined;
  try {
    decoder = new Decoder();
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    if (level === 0) decoder.decode();
    else if (decoder.decodeSubResolution) decoder.decodeSubResolution(level);
    else throw new Error(`${name} knows no lower resolutions`);
    const { bitsPerSample, componentCount, isSigned, ...full } = decoder.getFrameInfo();
    const { width, height } = level === 0 ? full : (decoder.calculateSizeAtDecompositionLevel?.(level) ?? full);
    const info = { width, height, bitsPerSample, componentCount, isSigned: isSigned === true };
    const bytes = new Uint8Array(decoder.getDecodedBuffer());
    const isPlanar = componentCount > 1 && decoder.getInterleaveMode?.() === 0;
    return { info, bytes, isPlanar };
  } catch (thrown) {
    // A codec that ran out of memory or trapped may be in any state: the next frame gets a fresh one.
    loaded.delete(name);
    throw new Error(messageOf(module, thrown), { cause: thrown });
  } finally {
    try {
      decoder?.delete();
    } catch {
      // Only memory of a module that is dropped anyway.
    }
  }
}
