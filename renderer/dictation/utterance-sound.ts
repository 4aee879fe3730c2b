import { MODEL_RATE } from './engine/index.ts';

/** Sound before the onset that belongs to the utterance; a little more than the recogniser itself takes. */
const LEAD_SAMPLES = 0.35 * MODEL_RATE;
/** So many utterances can be played again, and none is longer. */
const MOST_KEPT = 20;
const MOST_SAMPLES = 25 * MODEL_RATE;

/** The sound of the last utterances, in this memory only; `forget` wipes it. */
export interface UtteranceSound {
  /** Sound outside an utterance, or of the one under way. */
  take(samples: Float32Array): void;
  /** What is said now began; answers the sound from a little before. */
  begin(): Float32Array;
  /** Its number, by which it is played. */
  end(): number;
  play(number: number): Float32Array | undefined;
  forget(): void;
}

export function createUtteranceSound(): UtteranceSound {
  let recent: Float32Array[] = [];
  let recentCount = 0;
  let isOpen = false;
  let last = 0;
  const kept = new Map<number, Float32Array>();

  function whole(): Float32Array {
    const sound = new Float32Array(recentCount);
    recent.reduce((at, piece) => (sound.set(piece, at), at + piece.length), 0);
    return sound;
  }
  return {
    take(samples) {
      if (isOpen && recentCount > MOST_SAMPLES) return;
      recent.push(samples);
      recentCount += samples.length;
      while (!isOpen && recentCount - (recent[0]?.length ?? 0) >= LEAD_SAMPLES)
        recentCount -= recent.shift()?.length ?? 0;
    },
    begin() {
      isOpen = true;
      return whole();
    },
    end() {
      kept.set(++last, whole());
      kept.delete(last - MOST_KEPT);
      isOpen = false;
      [recent, recentCount] = [[], 0];
      return last;
    },
    play: (number) => kept.get(number),
    forget() {
      // Overwritten, not only let go of: what was said leaves with its draft.
      for (const sound of [...kept.values(), ...recent]) sound.fill(0);
      kept.clear();
      isOpen = false;
      [recent, recentCount] = [[], 0];
    },
  };
}
