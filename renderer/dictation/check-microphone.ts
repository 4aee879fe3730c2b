import { MODEL_RATE, soundLevel } from './engine/index.ts';
import { openMicrophone, rememberedMicrophone, type MicrophoneRefusal } from './microphone.ts';
import type { SoundPiece } from './worker-messages.ts';

/** What two seconds of listening told. */
export type MicrophoneVerdict = MicrophoneRefusal | 'silent' | 'clipped' | 'noisy' | 'good';

const CHECK_SECONDS = 2;
/** A microphone that is muted gives nothing at all; a quiet room still gives this. */
const SILENT_DB = -90;
/** As in the meter: louder background costs words. */
const NOISY_DB = -45;
/** The background is the quietest tenth of a second. */
const STRETCH_SECONDS = 0.1;

/** The verdict on a stretch of sound. */
export function judgeSound(samples: Float32Array, sampleRate: number): 'silent' | 'clipped' | 'noisy' | 'good' {
  const { peakDb, clippedCount } = soundLevel(samples);
  if (peakDb <= SILENT_DB) return 'silent';
  if (clippedCount > 0) return 'clipped';
  const stretch = Math.round(STRETCH_SECONDS * sampleRate);
  const levels = Array.from(
    { length: Math.floor(samples.length / stretch) },
    (_, index) => soundLevel(samples.subarray(index * stretch, (index + 1) * stretch)).rmsDb,
  );
  return Math.min(...levels) > NOISY_DB ? 'noisy' : 'good';
}

/** Opens the microphone for two seconds and closes it again; nothing of it is recognised or kept. */
export async function checkMicrophone(): Promise<MicrophoneVerdict> {
  const { port1, port2 } = new MessageChannel();
  let lose: () => void = () => undefined;
  const lost = new Promise<undefined>((resolve) => (lose = () => resolve(undefined)));
  const opened = await openMicrophone(rememberedMicrophone(), port1, lose);
  if (!opened.ok) return opened.error;
  const { sampleRate, stop } = opened.value;
  const wanted = CHECK_SECONDS * (sampleRate || MODEL_RATE);
  const listened = new Promise<Float32Array | undefined>((resolve) => {
    const sound = new Float32Array(wanted);
    let at = 0;
    port2.onmessage = ({ data: { samples } }: MessageEvent<SoundPiece>) => {
      sound.set(samples.subarray(0, wanted - at), at);
      at += Math.min(samples.length, wanted - at);
      if (at >= wanted) resolve(sound);
    };
    // A device that gives no sound at all is as good as muted.
    setTimeout(() => resolve(new Float32Array(0)), 2 * CHECK_SECONDS * 1000);
  });
  const sound = await Promise.race([listened, lost]);
  stop();
  port2.close();
  if (sound === undefined) return 'missing';
  const verdict = judgeSound(sound, sampleRate);
  sound.fill(0);
  return verdict;
}
