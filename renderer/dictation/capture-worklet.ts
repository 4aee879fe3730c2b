// Runs on the sound thread: gathers what the microphone gives and passes it on at once.
import type { SoundPiece } from './worker-messages.ts';

/** What of AudioWorkletGlobalScope is used (Web Audio API 1.32); the page's types do not hold it. */
declare const currentFrame: number;
declare const registerProcessor: (name: string, processor: new () => object) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

/** Samples a piece: 20 ms at 16 kHz. */
const PIECE = 320;

registerProcessor(
  'capture',
  class extends AudioWorkletProcessor {
    #out: MessagePort | undefined;
    #samples = new Float32Array(PIECE);
    #filled = 0;
    #sequence = 0;
    #expected: number | undefined;
    #gap = 0;

    constructor() {
      super();
      this.port.onmessage = (event: MessageEvent<MessagePort>) => {
        this.#out = event.data;
      };
    }

    process(inputs: readonly (readonly Float32Array[])[]): boolean {
      const channel = inputs[0]?.[0];
      if (channel === undefined) return true;
      if (this.#expected !== undefined) this.#gap += Math.max(0, currentFrame - this.#expected);
      this.#expected = currentFrame + channel.length;
      for (const sample of channel) {
        this.#samples[this.#filled++] = sample;
        if (this.#filled === PIECE) this.#send();
      }
      return true;
    }

    #send(): void {
      const samples = this.#samples;
      const piece: SoundPiece = { sequence: this.#sequence++, samples, gap: this.#gap };
      this.#out?.postMessage(piece, [samples.buffer]);
      this.#samples = new Float32Array(PIECE);
      this.#filled = 0;
      this.#gap = 0;
    }
  },
);
