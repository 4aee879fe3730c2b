import { err, ok, type Result } from '#shared/kernel/result.ts';
import { replacingFrom } from '#shared/reporting/speech/replacement.ts';
import type { HeardWord, SpeechGrammar } from '#shared/reporting/speech/speech.ts';

import { openDecoders, plainWord, type LocateModel, type SpeechDecoder, type SpeechDecoders } from './decoders.ts';
import { createEndpointer, ENDPOINT_FRAME, ENDPOINTER_DEFAULTS, type EndpointerOptions } from './endpointer.ts';
import { areForeign } from './foreign-words.ts';
import { fsgOf, networkOf, wordsOf, type FreeNetwork } from './jsgf-network.ts';
import { judge, type Fit, type Verdict } from './judge.ts';
import { soundLevel } from './levels.ts';
import { createNoiseReduction } from './noise-reduction.ts';
import { heardRival, negationRivals, valueRivals, type Rival } from './rivals.ts';
import { strayMs } from './stray.ts';

/** What was made of one utterance. */
export interface Utterance {
  readonly words: readonly HeardWord[];
  readonly verdict: Verdict;
  readonly fit: Fit;
  /** From the start of the sound. */
  readonly startMs: number;
  readonly endMs: number;
}

export type SpeechEvent =
  | { readonly kind: 'began'; readonly atMs: number }
  | { readonly kind: 'partial'; readonly words: readonly string[] }
  | { readonly kind: 'final'; readonly utterance: Utterance };

export type GrammarRefusal =
  | { readonly code: 'unknown-words'; readonly words: readonly string[] }
  | { readonly code: 'bad-grammar' };

export interface Recogniser {
  /** Takes effect with the next utterance; a grammar that cannot be used leaves the one before. */
  setGrammar(grammar: SpeechGrammar): Result<true, GrammarRefusal>;
  /** Takes sound of 16 000 samples a second, any number at a time. */
  feed(samples: Float32Array): readonly SpeechEvent[];
  /** Ends what is being said now: the key was let go, the recording is over. */
  endNow(): readonly SpeechEvent[];
  /** Sound that should have come here did not: what is said around it is not understood. */
  lose(): void;
  /** Drops what is being said now; another sound begins. */
  cancel(): void;
  readonly backgroundDb: () => number;
  close(): void;
}

/**
 * Sound before the onset that belongs to it: soft consonants begin below the threshold. With less quiet than this before
 * it, it may have been under way when it was first listened to.
 */
const LEAD_FRAMES = 25;
/** A room with less noise is heard as it is: to take away what is hardly there takes away consonants. */
const QUIET_ROOM_DB = -58;
const MUTED_DB = -90;
const LOUDEST_ROOM_DB = -38;
/** A partial result every so many frames. */
const PARTIAL_FRAMES = 20;
/** Shorter than this is no word. */
const SHORTEST_FRAMES = 12;

/** The engine ends over a word of any other letters. */
const isPlain = (word: string): boolean => /^[\x21-\x7e]+$/.test(word);

/** Until there is a grammar. */
const NOTHING: SpeechGrammar = { jsgf: '#JSGF V1.0; grammar nothing; public <nothing> = undo;', words: [], values: [] };

export async function createRecogniser(
  locate: LocateModel,
  options: Partial<EndpointerOptions> = {},
): Promise<Recogniser> {
  return recogniserOver(await openDecoders(locate), { ...ENDPOINTER_DEFAULTS, ...options });
}

/**
 * How loud the quieter part of the sound around the onset is. Where nothing at all came before, as from a microphone that was just unmuted, what begins
 * softly is the room.
 */
function roomDb(around: readonly Float32Array[]): number {
  const levels = around.map((frame) => soundLevel(frame).rmsDb).toSorted((one, other) => one - other);
  const [quiet = 0, loud = 0] = [levels[Math.floor(levels.length / 4)], levels.at(-1)];
  return quiet < MUTED_DB && loud < LOUDEST_ROOM_DB ? loud : quiet;
}

function recogniserOver({ grammar, phones, rows }: SpeechDecoders, options: EndpointerOptions): Recogniser {
  const endpointer = createEndpointer(options);
  const reduction = createNoiseReduction();
  /** The last sound, as it came and without the room's noise. */
  const lead: { readonly asHeard: Float32Array; readonly clear: Float32Array }[] = [];
  let isReduced = false;
  /** What is said now, as it went to the recognisers. */
  let whole: Float32Array[] = [];
  let isCutOff = false;
  let lostAtFrame: number | undefined;
  let rest = new Float32Array(0);
  let current = '';
  let network: FreeNetwork = { start: 0, end: 0, steps: [], free: [] };
  let values: SpeechGrammar['values'] = [];
  let waiting: SpeechGrammar | undefined;
  let frameCount = 0;
  let startFrame = 0;
  let isOpen = false;
  let lastPartial = '';

  function apply(next: SpeechGrammar): Result<true, GrammarRefusal> {
    try {
      const read = networkOf(next.jsgf);
      grammar.addWords(next.words);
      const unknown = wordsOf(read).filter((word) => !isPlain(word) || !grammar.knows(word));
      if (unknown.length > 0) return err({ code: 'unknown-words', words: unknown });
      const fsg = fsgOf(read);
      grammar.setGrammar(fsg);
      current = fsg;
      network = read;
      values = next.values;
      return ok(true);
    } catch {
      // The decoder may stand without a grammar now.
      grammar.setGrammar(current);
      return err({ code: 'bad-grammar' });
    }
  }

  const both = (act: (decoder: SpeechDecoder) => void) => {
    act(grammar);
    act(phones);
  };

  function begin(): SpeechEvent {
    isOpen = true;
    startFrame = frameCount - lead.length;
    lastPartial = '';
    isCutOff = lead.length < LEAD_FRAMES;
    isReduced = roomDb(lead.map(({ asHeard }) => asHeard)) > QUIET_ROOM_DB;
    both((decoder) => decoder.start());
    whole = lead.map(({ asHeard, clear }) => (isReduced ? clear : asHeard));
    for (const frame of whole) both((decoder) => decoder.take(frame));
    return { kind: 'began', atMs: startFrame * 10 };
  }

  /** `said` names the pronunciation too. */
  function heardWords(): readonly (HeardWord & { readonly said: string })[] {
    return (grammar.alignment().w ?? []).flatMap(({ t, b, d, p }) => {
      const word = plainWord(t);
      if (word === undefined) return [];
      const [startMs, endMs] = [Math.round(b * 1000), Math.round((b + d) * 1000)];
      return [{ word, said: t, startMs, endMs, confidence: Math.min(1, p) }];
    });
  }

  function close(): void {
    isOpen = false;
    both((decoder) => decoder.stop());
    if (waiting === undefined) return;
    apply(waiting);
    waiting = undefined;
  }

  function end(): readonly SpeechEvent[] {
    const frames = frameCount - startFrame;
    isOpen = false;
    both((decoder) => decoder.stop());
    const heard = grammar.words().length === 0 ? [] : heardWords();
    const words = heard.map(({ said: _said, ...word }) => word);
    const said = heard.map((word) => word.said);
    const fits = (rivals: readonly Rival[]) => heardRival(heard, rivals, whole, { grammar, rows });
    const replacing = replacingFrom(words.map(({ word }) => word));
    const fit: Fit = {
      advantage: grammar.score() - phones.score(),
      leastConfidence: words.reduce((least, { confidence }) => Math.min(least, confidence), 1),
      strayMs: strayMs(whole, words),
      isNegationUnsure: fits(negationRivals(said, network)) !== undefined,
      unsureValue: fits(valueRivals(said, network, values)),
      isReplacingForeign: replacing !== undefined && areForeign(heard, replacing, whole, { grammar, rows }),
      isCutOff,
      isSoundLost: lostAtFrame !== undefined && lostAtFrame >= startFrame,
    };
    whole = [];
    if (waiting !== undefined) apply(waiting);
    waiting = undefined;
    if (frames < SHORTEST_FRAMES) return [];
    const verdict = judge(words, fit);
    const utterance = { words, verdict, fit, startMs: startFrame * 10, endMs: frameCount * 10 };
    return [{ kind: 'final', utterance }];
  }

  function partial(): readonly SpeechEvent[] {
    if ((frameCount - startFrame) % PARTIAL_FRAMES !== 0) return [];
    const words = grammar.words();
    const text = words.join(' ');
    if (text === '' || text === lastPartial) return [];
    lastPartial = text;
    return [{ kind: 'partial', words }];
  }

  function takeFrame(frame: Float32Array): readonly SpeechEvent[] {
    frameCount++;
    const mark = endpointer.take(frame);
    const clear = reduction.take(frame);
    lead.push({ asHeard: frame, clear });
    if (lead.length > LEAD_FRAMES) lead.shift();
    if (!isOpen) return mark === 'began' ? [begin()] : [];
    const heard = isReduced ? clear : frame;
    whole.push(heard);
    both((decoder) => decoder.take(heard));
    if (mark !== 'ended') return partial();
    // Quiet ended it, and may be the next one's lead; where it was only too long, the next begins in its midst.
    if (whole.length * 10 >= options.longestMs) lead.length = 0;
    return end();
  }

  apply(NOTHING);
  return {
    setGrammar(next) {
      if (!isOpen) return apply(next);
      waiting = next;
      return ok(true);
    },
    feed(samples) {
      const sound = new Float32Array(rest.length + samples.length);
      sound.set(rest);
      sound.set(samples, rest.length);
      const events: SpeechEvent[] = [];
      let at = 0;
      for (; at + ENDPOINT_FRAME <= sound.length; at += ENDPOINT_FRAME)
        events.push(...takeFrame(sound.slice(at, at + ENDPOINT_FRAME)));
      rest = sound.slice(at);
      return events;
    },
    endNow() {
      endpointer.reset();
      lead.length = 0;
      return isOpen ? end() : [];
    },
    lose() {
      lostAtFrame = frameCount;
    },
    cancel() {
      endpointer.reset();
      reduction.reset();
      if (isOpen) close();
      lead.length = 0;
      frameCount = 0;
      lostAtFrame = undefined;
    },
    backgroundDb: endpointer.backgroundDb,
    close() {
      if (isOpen) both((decoder) => decoder.stop());
      for (const decoder of [grammar, phones, rows]) decoder.close();
    },
  };
}
