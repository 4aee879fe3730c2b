import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import type { ReadInstance } from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { DecodedFrame, DecodeRefusal, FrameDescription } from '#shared/dicom/frame-description.ts';
import type { Result } from '#shared/kernel/result.ts';
import { encodePng } from './png.ts';

/** PS3.6: Window Center, Window Width, Rescale Intercept, Rescale Slope. */
const WINDOW_CENTER = '00281050';
const WINDOW_WIDTH = '00281051';
const RESCALE_INTERCEPT = '00281052';
const RESCALE_SLOPE = '00281053';

/** A browser on a telephone shows no more. */
const LARGEST_SIDE = 1600;

/** The viewer's own decoders. */
export type DecodeFrame = (
  bytes: Uint8Array,
  description: FrameDescription,
) => Promise<Result<DecodedFrame, DecodeRefusal>>;

/** One frame of an instance as PNG, in the file's own first window, without patient data. Undefined: it cannot be drawn here. */
export async function drawKeyImage(
  part10: Uint8Array,
  frame: number,
  decodeFrame: DecodeFrame,
): Promise<Uint8Array | undefined> {
  return drawFrame(readInstance(part10), frame, decodeFrame);
}

/** The same of an instance that is taken apart already. */
export async function drawFrame(
  instance: ReadInstance,
  frame: number,
  decodeFrame: DecodeFrame,
): Promise<Uint8Array | undefined> {
  if ('problem' in instance || frame < 1 || frame > instance.frameCount) return undefined;
  const decoded = await decodeFrame(instance.frame(frame), instance.description);
  if (!decoded.ok) return undefined;
  const step = Math.ceil(Math.max(decoded.value.rows, decoded.value.columns) / LARGEST_SIDE);
  return decoded.value.samplesPerPixel === 1
    ? drawGrey(decoded.value, instance.json, step)
    : drawColour(decoded.value, step);
}

function drawGrey(frame: DecodedFrame, json: DicomJson, step: number): Uint8Array | undefined {
  if (frame.photometricInterpretation.startsWith('PALETTE')) return undefined;
  const { samples } = frame;
  const slope = numberOf(json, RESCALE_SLOPE) ?? 1;
  const intercept = numberOf(json, RESCALE_INTERCEPT) ?? 0;
  const { center, width } = windowOf(frame, json, slope, intercept);
  const isInverted = frame.photometricInterpretation === 'MONOCHROME1';
  const { columns, rows, place } = thinned(frame, step);
  const grey = new Uint8Array(columns * rows);
  for (let at = 0; at < grey.length; at += 1) {
    const value = Number(samples[place(at)]) * slope + intercept;
    // The LINEAR function of PS3.3 C.11.2.1.2.1.
    const share = (value - (center - 0.5)) / Math.max(1, width - 1) + 0.5;
    const level = Math.round(255 * Math.min(1, Math.max(0, share)));
    grey[at] = isInverted ? 255 - level : level;
  }
  return encodePng(grey, { columns, rows, channels: 1 });
}

function windowOf(frame: DecodedFrame, json: DicomJson, slope: number, intercept: number) {
  const center = numberOf(json, WINDOW_CENTER);
  const width = numberOf(json, WINDOW_WIDTH);
  if (center !== undefined && width !== undefined && width >= 1) return { center, width };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of frame.samples) {
    const value = Number(sample) * slope + intercept;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: (low + high + 1) / 2, width: high - low + 1 };
}

function drawColour(frame: DecodedFrame, step: number): Uint8Array | undefined {
  const { samples, samplesPerPixel, photometricInterpretation: kind } = frame;
  if (samplesPerPixel !== 3 || !(samples instanceof Uint8Array)) return undefined;
  const { columns, rows, place } = thinned(frame, step);
  const rgb = new Uint8Array(columns * rows * 3);
  for (let at = 0; at < columns * rows; at += 1) {
    const from = place(at) * 3;
    const [a = 0, b = 0, c = 0] = samples.subarray(from, from + 3);
    rgb.set(kind.startsWith('YBR') ? fromYbr(a, b, c) : [a, b, c], at * 3);
  }
  return encodePng(rgb, { columns, rows, channels: 3 });
}

/** YBR_FULL to RGB, PS3.3 C.7.6.3.1.2. */
function fromYbr(y: number, cb: number, cr: number): number[] {
  const clamp = (value: number) => Math.round(Math.min(255, Math.max(0, value)));
  return [
    clamp(y + 1.402 * (cr - 128)),
    clamp(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
    clamp(y + 1.772 * (cb - 128)),
  ];
}

/** Every `step`th pixel of every `step`th row: where in the frame the n-th of them lies. */
function thinned(frame: DecodedFrame, step: number) {
  const columns = Math.ceil(frame.columns / step);
  const rows = Math.ceil(frame.rows / step);
  const place = (at: number) => Math.floor(at / columns) * step * frame.columns + (at % columns) * step;
  return { columns, rows, place };
}

/** First value of a DS element, which the JSON Model writes as a number. */
function numberOf(json: DicomJson, tag: string): number | undefined {
  const value = Number(json[tag]?.Value?.[0] ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
