import { ENDPOINT_FRAME } from './endpointer.ts';
import { createFourier } from './spectrum.ts';

/** One frame in, one frame out: the sound of one frame before, without the room's steady noise. */
export interface NoiseReduction {
  take(frame: Float32Array): Float32Array;
  /** What was heard so far belongs to another room. */
  reset(): void;
}

const WINDOW = 2 * ENDPOINT_FRAME;
const SIZE = 512;
const BINS = SIZE / 2 + 1;
/** Frames that tell the noise at first; digital silence (a muted microphone) tells nothing. */
const FIRST_FRAMES = 8;
/** They may hold the first word instead: of them no more is taken for noise than white noise of -40 dB has. */
const LOUDEST_FIRST = 1e-4 * ENDPOINT_FRAME;
const MUTED_POWER = 1e-9;
/** Noise is never taken away wholly: the recogniser has never heard a room without any. */
const LEAST_GAIN = 10 ** (-15 / 20);
/** How much of a frame's ratio of speech to noise is taken from the frame before. */
const DIRECTED = 0.98;
const LEAST_RATIO = 10 ** -2.5;
/** The signal to noise ratio that speech is expected to have where it is present: 15 dB. */
const PRESENT = 10 ** 1.5;

export function createNoiseReduction(): NoiseReduction {
  const { transform, invert } = createFourier(SIZE);
  // Its square sums to one over frames that overlap by half.
  const window = Float64Array.from({ length: WINDOW }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / WINDOW));
  const noise = new Float64Array(BINS);
  const presence = new Float64Array(BINS);
  const clean = new Float64Array(BINS);
  let previous: Float32Array = new Float32Array(ENDPOINT_FRAME);
  let tail = new Float64Array(ENDPOINT_FRAME);
  let toldFrames = 0;
  const real = new Float64Array(SIZE);
  const imaginary = new Float64Array(SIZE);

  /** Follows the noise by how unlikely speech is (Gerkmann and Hendriks, IEEE Trans. ASLP 20(4), 2012). */
  function learn(bin: number, power: number): void {
    const known = noise[bin] ?? 0;
    if (toldFrames < FIRST_FRAMES) {
      noise[bin] = Math.min(LOUDEST_FIRST, (known * toldFrames + power) / (toldFrames + 1));
      return;
    }
    const ratio = power / Math.max(known, 1e-12);
    let present = 1 / (1 + (1 + PRESENT) * Math.exp((-ratio * PRESENT) / (1 + PRESENT)));
    const smooth = 0.9 * (presence[bin] ?? 0) + 0.1 * present;
    presence[bin] = smooth;
    if (smooth > 0.99) present = Math.min(present, 0.99);
    noise[bin] = 0.8 * known + 0.2 * ((1 - present) * power + present * known);
  }

  /** The gain that is least wrong in the logarithm (Ephraim and Malah, IEEE Trans. ASSP 33(2), 1985). */
  function gainOf(bin: number, energy: number): number {
    const level = Math.max(noise[bin] ?? 0, 1e-12);
    const after = energy / level;
    const directed = (DIRECTED * (clean[bin] ?? 0)) / level + (1 - DIRECTED) * Math.max(0, after - 1);
    const before = Math.max(LEAST_RATIO, directed);
    const share = before / (1 + before);
    return Math.min(1, Math.max(LEAST_GAIN, share * Math.exp(0.5 * integral(share * after))));
  }

  return {
    take(frame) {
      let power = 0;
      for (let at = 0; at < ENDPOINT_FRAME; at++) {
        real[at] = (previous[at] ?? 0) * (window[at] ?? 0);
        real[at + ENDPOINT_FRAME] = (frame[at] ?? 0) * (window[at + ENDPOINT_FRAME] ?? 0);
        power += (frame[at] ?? 0) ** 2;
      }
      real.fill(0, WINDOW);
      imaginary.fill(0);
      previous = frame;
      transform({ real, imaginary });
      const tells = power / ENDPOINT_FRAME > MUTED_POWER;
      for (let bin = 0; bin < BINS; bin++) {
        const energy = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
        if (tells) learn(bin, energy);
        const gain = gainOf(bin, energy);
        clean[bin] = gain * gain * energy;
        real[bin] = (real[bin] ?? 0) * gain;
        imaginary[bin] = (imaginary[bin] ?? 0) * gain;
        if (bin > 0 && bin < SIZE / 2) {
          real[SIZE - bin] = real[bin] ?? 0;
          imaginary[SIZE - bin] = -(imaginary[bin] ?? 0);
        }
      }
      if (tells) toldFrames++;
      invert({ real, imaginary });
      const out = new Float32Array(ENDPOINT_FRAME);
      const next = new Float64Array(ENDPOINT_FRAME);
      for (let at = 0; at < ENDPOINT_FRAME; at++) {
        out[at] = (tail[at] ?? 0) + (real[at] ?? 0) * (window[at] ?? 0);
        next[at] = (real[at + ENDPOINT_FRAME] ?? 0) * (window[at + ENDPOINT_FRAME] ?? 0);
      }
      tail = next;
      return out;
    },
    reset() {
      toldFrames = 0;
      previous = new Float32Array(ENDPOINT_FRAME);
      tail = new Float64Array(ENDPOINT_FRAME);
      noise.fill(0);
      presence.fill(0);
      clean.fill(0);
    },
  };
}

/** The exponential integral E1 (Abramowitz and Stegun 5.1.53, 5.1.56). */
function integral(x: number): number {
  if (x < 1e-10) return 22;
  if (x <= 1)
    return (
      -Math.log(x) -
      0.57721566 +
      x * (0.99999193 + x * (-0.24991055 + x * (0.05519968 + x * (-0.00976004 + x * 0.00107857))))
    );
  const top = x * (x * (x * (x + 8.5733287401) + 18.059016973) + 8.6347608925) + 0.2677737343;
  const bottom = x * (x * (x * (x + 9.5733223454) + 25.6329561486) + 21.0996530827) + 3.9584969228;
  return (Math.exp(-x) / x) * (top / bottom);
}
