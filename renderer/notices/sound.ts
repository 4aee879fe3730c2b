/** Hz; an activation rises thrice, a STAT twice: told apart without looking. */
const TONES = { activation: [659, 880, 1175], stat: [784, 988] } as const;
const TONE_S = 0.16;
const LOUDNESS = 0.2;

let audio: AudioContext | undefined;

/** The first use of the sound card holds the window up for a tenth of a second: not while an emergency arrives, but before, when nothing is to be done. */
export function prepareSound(): void {
  requestIdleCallback(() => {
    audio ??= new AudioContext();
  });
}

/** Computed, not played from a file. A window that may not sound yet stays silent: the notice is shown all the same. */
export function sound(kind: keyof typeof TONES): void {
  audio ??= new AudioContext();
  const { currentTime, destination } = audio;
  void audio.resume().catch(() => undefined);
  TONES[kind].forEach((frequency, place) => {
    if (audio === undefined) return;
    const begin = currentTime + place * TONE_S;
    const tone = new OscillatorNode(audio, { frequency });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.01);
    gain.gain.linearRampToValueAtTime(0, begin + TONE_S);
    tone.connect(gain).connect(destination);
    tone.start(begin);
    tone.stop(begin + TONE_S);
  });
}
