/** Real and imaginary parts of a row of samples, changed in place by `transform`. */
export interface Spectrum {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

export interface Fourier {
  readonly size: number;
  transform(values: Spectrum): void;
  /** Undoes `transform`, scale included. */
  invert(values: Spectrum): void;
}

/** The discrete Fourier transform of a power of two of samples (Cooley and Tukey, Math. Comp. 19, 1965). */
export function createFourier(size: number): Fourier {
  const cosines = Float64Array.from({ length: size / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, at) => Math.sin((2 * Math.PI * at) / size));
  const bits = Math.log2(size);
  const mirrored = Uint32Array.from({ length: size }, (_, at) => {
    let other = 0;
    for (let bit = 0; bit < bits; bit++) if ((at >> bit) & 1) other |= 1 << (bits - 1 - bit);
    return other;
  });

  function sort(values: Float64Array): void {
    mirrored.forEach((other, at) => {
      if (other <= at) return;
      const kept = values[at] ?? 0;
      values[at] = values[other] ?? 0;
      values[other] = kept;
    });
  }

  function transform({ real, imaginary }: Spectrum): void {
    sort(real);
    sort(imaginary);
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let from = 0; from < size; from += 2 * half) {
        for (let at = 0; at < half; at++) {
          const [low, high] = [from + at, from + at + half];
          const [c, s] = [cosines[at * step] ?? 0, sines[at * step] ?? 0];
          const [a, b] = [real[high] ?? 0, imaginary[high] ?? 0];
          const [x, y] = [a * c + b * s, b * c - a * s];
          const [p, q] = [real[low] ?? 0, imaginary[low] ?? 0];
          real[low] = p + x;
          imaginary[low] = q + y;
          real[high] = p - x;
          imaginary[high] = q - y;
        }
      }
    }
  }

  return {
    size,
    transform,
    invert({ real, imaginary }) {
      // With the parts exchanged the transform runs backwards.
      transform({ real: imaginary, imaginary: real });
      for (let at = 0; at < size; at++) {
        real[at] = (real[at] ?? 0) / size;
        imaginary[at] = (imaginary[at] ?? 0) / size;
      }
    },
  };
}
