import { err, ok, type Result } from '#shared/kernel/result.ts';

export interface Recording {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** One channel, the mean of all, -1 to 1. */
  readonly samples: Float32Array;
  /** The file ends before its header says. */
  readonly isCutOff: boolean;
}

/** WAVE_FORMAT_* of RFC 2361 and mmreg.h. */
const PCM = 1;
const IEEE_FLOAT = 3;
const EXTENSIBLE = 0xfffe;

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
}

const tagAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

function readFormat(view: DataView, at: number, size: number): Format {
  const tag = view.getUint16(at, true);
  return {
    // The subformat's first two bytes are the tag it stands for.
    tag: tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
}

type ReadSample = (at: number) => number;

function sampleReader(view: DataView, { tag, bitsPerSample }: Format): ReadSample | undefined {
  if (tag === IEEE_FLOAT && bitsPerSample === 32) return (at) => view.getFloat32(at, true);
  if (tag === IEEE_FLOAT && bitsPerSample === 64) return (at) => view.getFloat64(at, true);
  if (tag !== PCM) return undefined;
  // Eight bits are offset binary, all others two's complement (RIFF MCI, "Data Format of the Samples").
  if (bitsPerSample === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (bitsPerSample === 16) return (at) => view.getInt16(at, true) / 32_768;
  if (bitsPerSample === 24) return (at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608;
  if (bitsPerSample === 32) return (at) => view.getInt32(at, true) / 2_147_483_648;
  return undefined;
}

function mix(view: DataView, from: number, size: number, format: Format, read: ReadSample): Float32Array {
  const bytes = format.bitsPerSample / 8;
  const count = Math.floor(size / (bytes * format.channels));
  const samples = new Float32Array(count);
  for (let index = 0, at = from; index < count; index++) {
    let sum = 0;
    for (let channel = 0; channel < format.channels; channel++, at += bytes) sum += read(at);
    const value = sum / format.channels;
    samples[index] = Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
  }
  return samples;
}

/** Reads a RIFF/WAVE file of plain samples: 8 to 32 bits or floating point, any rate, any number of channels. */
export function readWave(bytes: Uint8Array): Result<Recording, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') return err('not a WAV file');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = tagAt(view, at);
    const stated = view.getUint32(at + 4, true);
    const from = at + 8;
    const size = Math.min(stated, bytes.length - from);
    if (name === 'fmt ') {
      if (size < 16) return err('the format of the sound is cut off');
      format = readFormat(view, from, size);
    }
    if (name === 'data') {
      if (format === undefined) return err('the sound stands before its format');
      const { sampleRate, channels, bitsPerSample } = format;
      if (channels === 0 || sampleRate < 1_000 || sampleRate > 768_000)
        return err(`${channels} channels at ${sampleRate} samples a second cannot be`);
      const read = sampleReader(view, format);
      if (read === undefined) return err(`coding ${format.tag} of ${bitsPerSample} bits is not supported`);
      const samples = mix(view, from, size, format, read);
      if (samples.length === 0) return err('holds no sound');
      // Programs that write to a pipe leave the size at its largest.
      return ok({ sampleRate, channels, bitsPerSample, samples, isCutOff: size < stated && stated < 0x7fff_f000 });
    }
    at = from + size + (size % 2);
  }
  return err(format === undefined ? 'has no format of the sound' : 'holds no sound');
}
