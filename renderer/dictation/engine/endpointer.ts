import { decibels, MODEL_RATE, SILENCE_DB } from './levels.ts';

/** Ten milliseconds: what is judged speech or not at a time. */
export const ENDPOINT_FRAME = MODEL_RATE / 100;

/** What a frame told: speech began `backFrames` before its end, or ended with it. */
export type EndpointMark = 'began' | 'ended' | undefined;

export interface EndpointerOptions {
  /** Silence after which an utterance has ended. */
  readonly hangoverMs: number;
  /** Louder than the background by this much is speech. */
  readonly marginDb: number;
  /** Speech of this length begins an utterance; a click is shorter. */
  readonly onsetMs: number;
  /** An utterance is cut here, so that nothing grows without end. */
  readonly longestMs: number;
}

export const ENDPOINTER_DEFAULTS: EndpointerOptions = {
  hangoverMs: 400,
  marginDb: 8,
  onsetMs: 50,
  longestMs: 20_000,
};

/** The background is the quietest of this time. */
const BACKGROUND_MS = 1_500;
/** Whatever the room is like: louder than this is never background, quieter than that never speech. */
const LOUDEST_BACKGROUND_DB = -35;
const QUIETEST_SPEECH_DB = -55;
/** Hum of the mains and of fans lies below. */
const HIGH_PASS = 1 - (2 * Math.PI * 120) / MODEL_RATE;

export interface Endpointer {
  /** Takes one frame of `ENDPOINT_FRAME` samples. */
  take(frame: Float32Array): EndpointMark;
  readonly isInSpeech: () => boolean;
  /** The level of the room while nobody speaks, in decibels of full scale. */
  readonly backgroundDb: () => number;
  /** Ends an utterance under way: the key was let go. */
  reset(): void;
}

/**
 * Finds where speech begins and ends by its energy above a background that adapts: the quietest smoothed frame of the
 * last second and a half, as in minimum statistics (Martin, IEEE Trans. Speech Audio Process. 9(5), 2001).
 */
export function createEndpointer(options: EndpointerOptions = ENDPOINTER_DEFAULTS): Endpointer {
  const recent: number[] = [];
  let [previousIn, previousOut] = [0, 0];
  let smoothed: number | undefined;
  let isInSpeech = false;
  let room = SILENCE_DB;
  let loudMs = 0;
  let quietMs = 0;
  let spokenMs = 0;

  const background = (): number =>
    Math.min(LOUDEST_BACKGROUND_DB, recent.reduce((least, level) => Math.min(least, level), 0) + 1.5);

  function powerOf(frame: Float32Array): number {
    let sum = 0;
    for (const sample of frame) {
      const out = HIGH_PASS * (previousOut + sample - previousIn);
      [previousIn, previousOut] = [sample, out];
      sum += out * out;
    }
    return sum / frame.length;
  }

  function settle(mark: EndpointMark): EndpointMark {
    if (mark === undefined) return mark;
    isInSpeech = mark === 'began';
    [loudMs, quietMs, spokenMs] = [0, 0, 0];
    return mark;
  }

  function judge(isLoud: boolean): EndpointMark {
    if (!isInSpeech) {
      loudMs = isLoud ? loudMs + 10 : Math.max(0, loudMs - 10);
      return loudMs >= options.onsetMs ? 'began' : undefined;
    }
    spokenMs += 10;
    quietMs = isLoud ? 0 : quietMs + 10;
    return quietMs >= options.hangoverMs || spokenMs >= options.longestMs ? 'ended' : undefined;
  }

  return {
    take(frame) {
      const power = powerOf(frame);
      smoothed = smoothed === undefined ? power : 0.6 * smoothed + 0.4 * power;
      const level = decibels(Math.sqrt(power));
      recent.push(decibels(Math.sqrt(smoothed)));
      if (recent.length > BACKGROUND_MS / 10) recent.shift();
      if (!isInSpeech && loudMs === 0) room = background();
      return settle(judge(level > QUIETEST_SPEECH_DB && level > background() + options.marginDb));
    },
    isInSpeech: () => isInSpeech,
    backgroundDb: () => room,
    reset() {
      settle('ended');
    },
  };
}
