import type { DecodedFrame, Samples } from '#shared/dicom/frame-description.ts';
import type { Palette } from '../model/image-facts.ts';
import type { LookupTable } from '../model/lookup-table.ts';
import type { Conversion, DisplayImage } from './worker-messages.ts';

/** Sample types the GPU has textures for; wider integers and doubles become 32-bit floats. */
function asTextureType(samples: Samples): Samples {
  if (samples instanceof Int8Array) return Int16Array.from(samples);
  const isWide = samples instanceof Uint32Array || samples instanceof Int32Array || samples instanceof Float64Array;
  return isWide ? Float32Array.from(samples) : samples;
}

/** PS3.3 C.11.1.1.1: values below the first entry take the first, above the last the last. */
function throughTable(samples: Samples, { firstMapped, data }: LookupTable): Uint16Array {
  const last = data.length - 1;
  const out = new Uint16Array(samples.length);
  for (let index = 0; index < samples.length; index += 1) {
    out[index] = data[Math.min(last, Math.max(0, samples[index]! - firstMapped))]!;
  }
  return out;
}

/** Eight-bit entries of a palette channel; tables declared 16-bit but filled with bytes exist and are taken as bytes. */
function paletteBytes({ data, bits }: LookupTable): Uint8Array {
  const isBytes = bits <= 8 || data.every((entry) => entry < 256);
  return Uint8Array.from(data, (entry) => (isBytes ? entry : entry >> 8));
}

function throughPalette(samples: Samples, palette: Palette, components: 3 | 4): Uint8Array {
  const out = new Uint8Array(samples.length * components).fill(255);
  [palette.red, palette.green, palette.blue].forEach((table, channel) => {
    const bytes = paletteBytes(table);
    const last = bytes.length - 1;
    for (let index = 0; index < samples.length; index += 1) {
      out[index * components + channel] = bytes[Math.min(last, Math.max(0, samples[index]! - table.firstMapped))]!;
    }
  });
  return out;
}

const clampByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value));

/** YBR_FULL (PS3.3 C.7.6.3.1.2) to RGB, all at eight bits. */
function colourBytes(frame: DecodedFrame, bitsStored: number, components: 3 | 4): Uint8Array {
  const { samples, samplesPerPixel } = frame;
  const pixels = frame.rows * frame.columns;
  const out = new Uint8Array(pixels * components).fill(255);
  const scale = bitsStored > 8 ? 2 ** (8 - bitsStored) : 1;
  const isYbr = frame.photometricInterpretation.startsWith('YBR');
  const isPartial = frame.photometricInterpretation.startsWith('YBR_PARTIAL');
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const from = pixel * samplesPerPixel;
    const to = pixel * components;
    const a = samples[from]! * scale;
    const b = samples[from + 1]! * scale;
    const c = samples[from + 2]! * scale;
    if (!isYbr) {
      out[to] = a;
      out[to + 1] = b;
      out[to + 2] = c;
      continue;
    }
    const y = isPartial ? (a - 16) * (255 / 219) : a;
    const chroma = isPartial ? 255 / 224 : 1;
    out[to] = clampByte(y + 1.402 * chroma * (c - 128));
    out[to + 1] = clampByte(y - chroma * (0.344136 * (b - 128) + 0.714136 * (c - 128)));
    out[to + 2] = clampByte(y + 1.772 * chroma * (b - 128));
  }
  return out;
}

function extent(samples: Samples, paddingValue: number | undefined): { min: number; max: number } {
  // Among floating-point samples may be one that is no number.
  const isWhole = !(samples instanceof Float32Array || samples instanceof Float64Array);
  if (paddingValue === undefined && isWhole) return extentOfAll(samples);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < samples.length; index += 1) {
    const value = samples[index]!;
    if (value === paddingValue) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

/** Of nearly every image: whole numbers stay whole numbers in the loop, which makes it twice as fast. */
function extentOfAll(samples: Samples): { min: number; max: number } {
  let min = samples[0] ?? 0;
  let max = min;
  for (let index = 1; index < samples.length; index += 1) {
    const value = samples[index]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

/** Grey samples pass unaltered (unless the file brings a modality table); colour becomes eight-bit RGB or RGBA. */
export function toDisplayImage(frame: DecodedFrame, conversion: Conversion, bitsStored: number): DisplayImage {
  const size = { rows: frame.rows, columns: frame.columns };
  const components = conversion.hasAlpha ? 4 : 3;
  if (conversion.palette && frame.samplesPerPixel === 1) {
    return {
      ...size,
      components,
      samples: throughPalette(frame.samples, conversion.palette, components),
      min: 0,
      max: 255,
    };
  }
  if (frame.samplesPerPixel >= 3) {
    return { ...size, components, samples: colourBytes(frame, bitsStored, components), min: 0, max: 255 };
  }
  const samples = conversion.modalityLut
    ? throughTable(frame.samples, conversion.modalityLut)
    : asTextureType(frame.samples);
  return { ...size, components: 1, samples, ...extent(samples, conversion.paddingValue) };
}
