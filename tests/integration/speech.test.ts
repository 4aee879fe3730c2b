import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { main } from '#electron/hosts/cli/transcribe.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { speechModel } from '#electron/hosts/transcribe/speech-model.ts';
import {
  listeningPlace,
  openTranscriber,
  type Transcriber,
  type Transcript,
} from '#electron/hosts/transcribe/transcribe.ts';
import { createRecogniser, type Recogniser, type Utterance } from '#renderer/dictation/engine/index.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import { lacks } from '#tests/support/peers.ts';
import { joined, sayInto, silence, spoken, writeWave, type Voice } from '#tests/support/spoken.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

describe.skipIf(lacks('flite', 'festival'))('dictation on recordings of voices', () => {
  let folder: string;
  let transcriber: Transcriber;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overread-speech-'));
    const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
    transcriber = await openTranscriber(templates.find(({ id }) => id.endsWith(':ct-chest'))!);
  });
  afterAll(() => {
    transcriber.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function hear(voice: Voice, text: string): Promise<Transcript> {
    const file = join(folder, 'said.wav');
    sayInto(file, voice, text);
    return transcriber.transcribe(file);
  }
  /** Several utterances in one recording. */
  async function hearAll(voice: Voice, texts: readonly string[]): Promise<Transcript> {
    const file = join(folder, 'several.wav');
    writeWave(file, joined(silence(0.5), ...texts.flatMap((text) => [spoken(folder, voice, text), silence(1)])));
    return transcriber.transcribe(file);
  }

  it('knows commands, whoever says them', async () => {
    expect((await hear('flite slt', 'next field')).commands).toMatchObject([{ id: 'report.next-field' }]);
    expect((await hear('flite rms', 'scratch that')).commands).toMatchObject([{ id: 'report.scratch-that' }]);
    expect((await hear('festival voice_kal_diphone', 'compare with prior')).commands).toMatchObject([
      { id: 'viewer.compare-prior' },
    ]);
  });

  it('puts a value into the field that was named', async () => {
    expect((await hear('flite slt', 'pleural effusion left')).fields).toEqual([
      { sectionId: 'ct-chest-findings', fieldId: 'ct-chest-effusion', value: 'left' },
    ]);
    expect((await hear('flite rms', 'largest nodule twelve point five millimeters')).fields).toEqual([
      { sectionId: 'ct-chest-findings', fieldId: 'ct-chest-nodule', value: '12.5' },
    ]);
  });

  it('writes a finding as a report has it', async () => {
    expect((await hear('flite rms', 'the lungs are clear')).text).toBe('The lungs are clear.');
    expect((await hear('flite slt', 'the heart is enlarged')).text).toMatch(/^The heart is enlarged\.?$/);
  });

  it('does not lose a whole sentence in the silence behind it', async () => {
    const { text } = await hear('festival voice_kal_diphone', 'small bilateral pleural effusions');
    expect(text).toMatch(/^Small bilateral pleural effusions\.?$/);
  });

  it('hears several utterances of one recording, each with its time, and goes where it is told', async () => {
    const { commands, utterances, realTimeFactor } = await hearAll('flite slt', ['go to impression', 'next series']);
    expect(commands?.map(({ id }) => id)).toEqual(['report.go-to', 'viewer.next-series']);
    expect(commands?.[0]?.argument).toBe('ct-chest-impression');
    expect(utterances?.[1]?.startMs).toBeGreaterThan(utterances?.[0]?.endMs ?? Infinity);
    expect(realTimeFactor).toBeGreaterThan(0);
  });

  it('understands nothing of speech that is no part of a report', async () => {
    for (const text of ['the bus leaves from the corner of main street', 'could somebody close that door please']) {
      const { text: written, commands, fields, notUnderstood } = await hear('flite slt', text);
      expect({ written, commands, fields, notUnderstood }).toEqual({
        written: '',
        commands: [],
        fields: [],
        notUnderstood: 1,
      });
    }
  });

  describe('a “no” that may be lost', () => {
    let recogniser: Recogniser;
    beforeAll(async () => {
      const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
      recogniser = await createRecogniser(speechModel);
      recogniser.setGrammar(grammarFor(listeningPlace(templates.find(({ id }) => id.endsWith(':ct-chest'))!)));
    });
    afterAll(() => recogniser.close());

    /** The sound of the sentence from its first word on. */
    function sentence(voice: Voice): Float32Array {
      const sound = spoken(folder, voice, 'no acute pulmonary embolism');
      return sound.subarray(sound.findIndex((sample) => Math.abs(sample) > 0.005));
    }
    /** A room is never wholly silent: hiss of -70 dB, the same each time. */
    function inRoom(sound: Float32Array): Float32Array {
      let state = 5;
      const next = () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_823.5 - 1;
      return sound.map((sample) => sample + 0.0005 * next());
    }
    function utterancesOf(sound: Float32Array, between?: (at: number) => void): readonly Utterance[] {
      recogniser.cancel();
      const utterances: Utterance[] = [];
      const whole = inRoom(joined(sound, silence(1)));
      for (let at = 0; at < whole.length; at += 320) {
        between?.(at);
        for (const event of recogniser.feed(whole.slice(at, at + 320)))
          if (event.kind === 'final') utterances.push(event.utterance);
      }
      return utterances;
    }
    const wordsOf = ({ words }: Utterance) => words.map(({ word }) => word).join(' ');
    const VOICES_OF_NO = ['flite slt', 'flite rms', 'flite kal16', 'festival voice_kal_diphone'] as const;

    it('is heard where the sentence came whole', () => {
      for (const voice of VOICES_OF_NO)
        expect(utterancesOf(joined(silence(0.5), sentence(voice)))).toMatchObject([
          { verdict: 'understood', fit: { isCutOff: false } },
        ]);
    });
    it('is never left out silently where listening began within the sentence', () => {
      for (const voice of VOICES_OF_NO)
        for (const cutMs of [40, 80, 120, 160, 200, 240]) {
          const [utterance] = utterancesOf(sentence(voice).subarray(cutMs * 16));
          const isSilent = utterance?.verdict === 'understood' && !wordsOf(utterance).startsWith('no ');
          expect({ voice, cutMs, isSilent }).toEqual({ voice, cutMs, isSilent: false });
        }
    });
    it('is heard in a sentence that follows another by half a second', () => {
      const two = joined(silence(0.5), sentence('flite rms'), silence(0.5), sentence('flite rms'));
      expect(utterancesOf(two)).toMatchObject([{ fit: { isCutOff: false } }, { fit: { isCutOff: false } }]);
    });
    it('is asked for again where sound was lost', () => {
      const utterances = utterancesOf(joined(silence(0.5), sentence('flite slt')), (at) => {
        if (at === 12_800) recogniser.lose();
      });
      expect(utterances.map(({ verdict }) => verdict)).toEqual(['sound-lost']);
      expect(utterancesOf(joined(silence(0.5), sentence('flite slt'))).map(({ verdict }) => verdict)).toEqual([
        'understood',
      ]);
    });
  });

  describe('what replaces words of the report', () => {
    const text = 'Small left pleural effusion. Nodule of 12 mm in the right upper lobe.';
    let recogniser: Recogniser;
    beforeAll(async () => {
      const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
      const place = listeningPlace(templates.find(({ id }) => id.endsWith(':ct-chest'))!);
      const sections = place.body.sections.map((section) =>
        section.id === place.sectionId ? { ...section, text } : section,
      );
      recogniser = await createRecogniser(speechModel);
      recogniser.setGrammar(grammarFor({ ...place, body: { ...place.body, sections } }));
    });
    afterAll(() => recogniser.close());
    function heardOf(voice: Voice, said: string) {
      recogniser.cancel();
      const sound = joined(silence(0.5), spoken(folder, voice, said), silence(1));
      return [...recogniser.feed(sound), ...recogniser.endNow()].flatMap((event) =>
        event.kind === 'final'
          ? [{ verdict: event.utterance.verdict, words: event.utterance.words.map(({ word }) => word).join(' ') }]
          : [],
      );
    }

    it.each([
      ['flite slt', 'replace left with right'],
      ['flite rms', 'replace small with large'],
      ['festival voice_kal_diphone', 'replace nodule with mass'],
      ['flite awb', 'replace left with bilateral'],
    ] as const)('is understood where the place knows it (%s: %s)', (voice, said) => {
      expect(heardOf(voice, said)).toEqual([{ verdict: 'understood', words: said }]);
    });
    it.each([
      ['flite rms', 'replace left with violin'],
      ['flite slt', 'replace effusion with coffee'],
      ['festival voice_kal_diphone', 'replace small with beautiful'],
      ['flite awb', 'replace left with sideways'],
      ['flite slt', 'replace nodule with zebroma'],
    ] as const)('is foreign where the place does not know it, whatever sounds like it (%s: %s)', (voice, said) => {
      expect(heardOf(voice, said)).toMatchObject([{ verdict: 'foreign' }]);
    });
  });

  describe('a value that sounds like another', () => {
    it('is never taken for it, whoever says it in noise', async () => {
      const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
      const place = listeningPlace(templates.find(({ id }) => id.endsWith(':ct-chest'))!);
      const recogniser = await createRecogniser(speechModel);
      recogniser.setGrammar(grammarFor(place));
      let state = 5;
      const next = () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_823.5 - 1;
      let takenCount = 0;
      for (const voice of ['flite slt', 'flite rms', 'festival voice_kal_diphone'] as const)
        for (const number of ['fifteen', 'fifty', 'seven', 'seventy', 'one', 'nine']) {
          recogniser.cancel();
          const sound = joined(
            silence(0.5),
            spoken(folder, voice, `largest nodule ${number} millimeters`),
            silence(1),
          ).map((sample) => sample + 0.02 * next());
          const [utterance] = [...recogniser.feed(sound), ...recogniser.endNow()].flatMap((event) =>
            event.kind === 'final' ? [event.utterance] : [],
          );
          if (utterance?.verdict !== 'understood') continue;
          takenCount++;
          expect({ voice, number, heard: utterance.words.map(({ word }) => word).join(' ') }).toMatchObject({
            heard: expect.stringMatching(new RegExp(`\\b${number}\\b`)) as unknown,
          });
        }
      recogniser.close();
      // Whatever refuses everything takes nothing wrong.
      expect(takenCount).toBeGreaterThan(9);
    });
  });

  it('refuses a word of letters that the engine does not know, and hears on', async () => {
    const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
    const recogniser = await createRecogniser(speechModel);
    const grammar = grammarFor(listeningPlace(templates.find(({ id }) => id.endsWith(':ct-chest'))!));
    expect(recogniser.setGrammar(grammar)).toMatchObject({ ok: true });
    const foreign = { word: 'ménière', phones: 'M EH N Y EH R' };
    const jsgf = '#JSGF V1.0; grammar g; public <g> = ménière;';
    expect(recogniser.setGrammar({ jsgf, words: [foreign], values: [] })).toEqual({
      ok: false,
      error: { code: 'unknown-words', words: ['ménière'] },
    });
    const sound = joined(silence(0.5), spoken(folder, 'flite slt', 'next field'), silence(1));
    expect([...recogniser.feed(sound), ...recogniser.endNow()].at(-1)).toMatchObject({
      utterance: { words: [{ word: 'next' }, { word: 'field' }] },
    });
    recogniser.close();
  });

  it('understands nothing of silence', async () => {
    const file = join(folder, 'silence.wav');
    writeWave(file, silence(2));
    expect(await transcriber.transcribe(file)).toMatchObject({ text: '', commands: [], utterances: [] });
  });

  it('hears the same at another rate of samples', async () => {
    const file = join(folder, 'rate.wav');
    const sound = spoken(folder, 'flite slt', 'next field');
    // Every sample three times: 48 000 a second, as most microphones give.
    writeWave(
      file,
      Float32Array.from({ length: sound.length * 3 }, (_, at) => sound[Math.floor(at / 3)] ?? 0),
      48_000,
    );
    expect((await transcriber.transcribe(file)).commands).toMatchObject([{ id: 'report.next-field' }]);
  });

  it('says why a file cannot be heard, and goes on', async () => {
    const broken = join(folder, 'broken.wav');
    writeFileSync(broken, 'RIFF');
    expect(await transcriber.transcribe(broken)).toEqual({ file: broken, reason: 'not a WAV file' });
    const absent = join(folder, 'absent.wav');
    expect(await transcriber.transcribe(absent)).toEqual({ file: absent, reason: 'cannot be read: ENOENT' });
  });
});

describe('the command line of transcribe', () => {
  it('is refused without files, with an unknown flag and with an unknown template', async () => {
    expect(await main([])).toBe(2);
    expect(await main(['--loud', 'a.wav'])).toBe(2);
    expect(await main(['a.wav', '--template', 'no-such'])).toBe(2);
  });
  it('ends well whatever the files are like', async () => {
    expect(await main([join(tempFolder(), 'absent.wav'), '--json'])).toBe(0);
  });
});
