/** Samples a second that the acoustic model listens to. */
export const MODEL_RATE = 16_000;

/** What the meter shows of a stretch of sound; decibels relative to full scale. */
export interface SoundLevel {
  readonly rmsDb: number;
  readonly peakDb: number;
  /** Samples at full scale: the microphone is turned up too far. */
  readonly clippedCount: number;
}

/** Below this nothing is told apart from silence. */
export const SILENCE_DB = -100;
/** One step of 16 bits below full scale, so that recordings of whole numbers count too. */
const CLIPPED_FROM = 32_766 / 32_768;

export const decibels = (amplitude: number): number =>
  amplitude <= 1e-5 ? SILENCE_DB : Math.max(SILENCE_DB, 20 * Math.log10(amplitude));

export function soundLevel(samples: Float32Array): SoundLevel {
  let sum = 0;
  let peak = 0;
  let clippedCount = 0;
  for (const sample of samples) {
    const size = Math.abs(sample);
    sum += sample * sample;
    if (size > peak) peak = size;
    if (size >= CLIPPED_FROM) clippedCount++;
  }
  const rms = samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
  return { rmsDb: decibels(rms), peakDb: decibels(peak), clippedCount };
}
