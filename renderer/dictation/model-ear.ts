import { hearingSchema } from '#shared/contract/speech-calls.ts';
import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** What an utterance is heard as by the model of this machine; `unavailable`: it or the door did not answer. */
export type ModelHeard = readonly HeardWord[] | 'unavailable';

/** One utterance on its way to the model. */
export interface ModelEar {
  take(samples: Float32Array): void;
  /** No more comes: what it was. */
  end(): Promise<ModelHeard>;
  /** It was none. */
  drop(): void;
}

/** A tenth of a second: less is not worth a call. */
const LEAST_SAMPLES = 1600;

const joined = (pieces: readonly Float32Array[]): Float32Array<ArrayBuffer> => {
  const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
};

/**
 * Brings an utterance to the back half of this machine, piece by piece: one call at a time, so that the pieces stay in
 * order, and what gathers meanwhile goes with the next.
 */
export function openModelEar(fetch: typeof globalThis.fetch, onPartial: (text: string) => void): ModelEar {
  const address = `/speech/${crypto.randomUUID()}`;
  let waiting: Float32Array[] = [];
  let isEnded = false;
  let isOver = false;
  let isBusy = false;
  let settle: (heard: ModelHeard) => void = () => undefined;
  const heard = new Promise<ModelHeard>((resolve) => (settle = resolve));

  function finish(outcome: ModelHeard): void {
    isOver = true;
    waiting = [];
    settle(outcome);
  }

  async function send(): Promise<void> {
    const count = waiting.reduce((sum, { length }) => sum + length, 0);
    if (isBusy || isOver || (count < LEAST_SAMPLES && !isEnded)) return;
    isBusy = true;
    const isLast = isEnded;
    const body = joined(waiting);
    waiting = [];
    try {
      const response = await fetch(isLast ? `${address}?last=1` : address, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      });
      const hearing = hearingSchema.safeParse(await response.json());
      if (!hearing.success || hearing.data.status === 'unavailable') finish('unavailable');
      else if (hearing.data.status === 'final') finish(hearing.data.words);
      else if (!isOver) onPartial(hearing.data.text);
    } catch {
      finish('unavailable');
    }
    isBusy = false;
    await send();
  }

  return {
    take(samples) {
      if (isOver || isEnded) return;
      waiting.push(samples);
      void send();
    },
    end() {
      isEnded = true;
      void send();
      return heard;
    },
    drop() {
      if (isOver) return;
      finish([]);
      fetch(address, { method: 'DELETE' }).catch(() => undefined);
    },
  };
}
