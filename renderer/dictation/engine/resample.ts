/** Samples of the filter on each side of the centre, at the lower of the two rates. */
const HALF_WIDTH = 12;
/** Places between two samples that are told apart: the error is below that of 16 bits. */
const PHASES = 1024;
/** Of the lower Nyquist frequency: what is left is the filter's slope. */
const PASS_BAND = 0.92;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
/** Blackman's window over -1..1. */
const blackman = (x: number): number => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);

export interface Resampler {
  /** As many samples as are complete; the last few wait for what follows them. */
  take(samples: Float32Array): Float32Array;
  /** What still waited, as if silence followed. */
  end(): Float32Array;
}

/** Brings sound from one rate to another by a windowed sinc, without echo of what lies above the lower rate's half. */
export function createResampler(fromRate: number, toRate: number): Resampler {
  if (fromRate === toRate) return { take: (samples) => samples, end: () => new Float32Array(0) };
  const step = fromRate / toRate;
  // Where the target is slower the filter is wider, in source samples, and cuts lower.
  const scale = Math.max(1, step);
  const reach = Math.ceil(HALF_WIDTH * scale);
  const cut = PASS_BAND / scale;
  const byPhase = new Map<number, Float32Array>();
  function weightsOf(phase: number): Float32Array {
    let weights = byPhase.get(phase);
    if (weights === undefined) {
      weights = Float32Array.from({ length: 2 * reach }, (_, tap) => {
        const distance = tap + 1 - reach - phase / PHASES;
        return Math.abs(distance) < reach ? cut * sinc(distance * cut) * blackman(distance / reach) : 0;
      });
      byPhase.set(phase, weights);
    }
    return weights;
  }
  let held = new Float32Array(reach);
  let position = reach;

  function take(samples: Float32Array): Float32Array {
    const source = new Float32Array(held.length + samples.length);
    source.set(held);
    source.set(samples, held.length);
    const out: number[] = [];
    for (; position + reach < source.length; position += step) {
      const nearest = Math.round(position * PHASES);
      const centre = Math.floor(nearest / PHASES);
      const weights = weightsOf(nearest - centre * PHASES);
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++)
        sum += (source[centre - reach + 1 + tap] ?? 0) * (weights[tap] ?? 0);
      out.push(sum);
    }
    const from = Math.max(0, Math.floor(position) - reach);
    held = source.slice(from);
    position -= from;
    return Float32Array.from(out);
  }
  return { take, end: () => take(new Float32Array(reach)) };
}

/** A whole recording at once. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  const resampler = createResampler(fromRate, toRate);
  const [body, rest] = [resampler.take(samples), resampler.end()];
  const whole = new Float32Array(body.length + rest.length);
  whole.set(body);
  whole.set(rest, body.length);
  return whole;
}
