import { say } from '../ui/index.ts';
import { MODEL_RATE } from './engine/index.ts';

let playing: AudioContext | undefined;

/** Plays what was said, once; what still plays is cut off. */
export function playSound(samples: Float32Array<ArrayBuffer> | undefined): void {
  void playing?.close();
  playing = undefined;
  if (samples === undefined || samples.length === 0) return say('What was said is no longer kept.');
  const context = new AudioContext();
  playing = context;
  const buffer = context.createBuffer(1, samples.length, MODEL_RATE);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.addEventListener('ended', () => {
    samples.fill(0);
    if (playing === context) playing = undefined;
    void context.close();
  });
  source.start();
  say('Playing what was said last.');
}
