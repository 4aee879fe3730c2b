import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import createModule from 'soundswallower';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Template } from '#shared/reporting/report.ts';
import { fits, parseRules } from '#shared/reporting/speech/jsgf.ts';
import { PHONES_A_TO_H } from '#shared/reporting/speech/phones-a-to-h.ts';
import { PHONES_I_TO_Z } from '#shared/reporting/speech/phones-i-to-z.ts';
import { hasWrittenPhones, phonesBySpelling, phonesOf } from '#shared/reporting/speech/phones.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import type { SpeechGrammar, SpeechPlace } from '#shared/reporting/speech/speech.ts';
import { spokenOf } from '#shared/reporting/speech/spoken-of.ts';
import { understand } from '#shared/reporting/speech/understand.ts';
import { placeIn, shippedTemplates } from './shipped-templates.ts';

const MODELS = join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model/');
/** CMUdict's phones, as the model's own list has them. */
const PHONES = new Set(Object.keys(JSON.parse(readFileSync(join(MODELS, 'en-us/phoneset.json'), 'utf8')) as object));
const DICTIONARY = new Set(
  readFileSync(join(MODELS, 'en-us/dict.txt'), 'utf8')
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(' '))),
);

let templates: readonly Template[] = [];
let compile: (grammar: SpeechGrammar) => void = () => undefined;
beforeAll(async () => {
  templates = await shippedTemplates();
  const recogniser = await createModule({ modelBase: MODELS } as object);
  const decoder = new recogniser.Decoder({ loglevel: 'FATAL' });
  await decoder.initialize();
  compile = ({ jsgf, words }) => {
    const added = words.filter(
      ({ word }) => !DICTIONARY.has(word) && (decoder.lookup_word(word) as string | null) === null,
    );
    if (added.length > 0) decoder.add_words(...added.map(({ word, phones }): [string, string] => [word, phones]));
    decoder.set_grammar(jsgf);
  };
});

const names = () => templates.map(({ id }) => id.slice('urn:overread:template:'.length));
const placesOf = (template: Template): readonly SpeechPlace[] => {
  const name = template.id.slice('urn:overread:template:'.length);
  return template.sections.flatMap(({ role, fields }) => [
    placeIn(templates, name, role),
    ...fields.map(({ id }) => placeIn(templates, name, role, { fieldId: id })),
  ]);
};

describe('the grammar of a place', () => {
  it('has phones of the model for each of its words, and guesses none of a template that ships by its spelling', () => {
    const spoken = new Map(
      templates
        .flatMap(placesOf)
        .flatMap((place) =>
          grammarFor({ ...place, macroNames: [] }).words.map(({ word, phones }) => [word, phones] as const),
        ),
    );
    expect([...spoken].filter(([, phones]) => !phones.split(' ').every((phone) => PHONES.has(phone)))).toEqual([]);
    expect([...spoken.keys()].filter((word) => !DICTIONARY.has(word) && !hasWrittenPhones(word))).toEqual([]);
  });

  it('compiles at a field of every template that ships', () => {
    for (const name of names()) {
      const field = templates
        .find(({ id }) => id.endsWith(`:${name}`))
        ?.sections.flatMap(({ role, fields }) => fields.map(({ id, kind }) => ({ role, id, kind })))
        .find(({ kind }) => kind !== 'text');
      const place = placeIn(templates, name, field?.role, field === undefined ? {} : { fieldId: field.id });
      expect(() => {
        compile(grammarFor(place));
      }, name).not.toThrow();
    }
  });

  it.each([
    ['ct-chest', 'findings'],
    ['mr-lumbar-spine', 'impression'],
    ['us-pelvis', 'findings'],
    ['mammography', 'comparison'],
    ['ct-head', 'technique'],
    ['extremity-radiograph', 'indication'],
  ] as const)('compiles in the free text of %s, %s', (name, role) => {
    expect(() => {
      compile(grammarFor(placeIn(templates, name, role)));
    }).not.toThrow();
  });

  it('compiles outside the report', () => {
    expect(() => {
      compile(grammarFor(placeIn(templates, 'ct-chest', undefined)));
    }).not.toThrow();
  });

  it('holds few words at a field, and more in free text', () => {
    const size = (more: Partial<SpeechPlace>) =>
      grammarFor(placeIn(templates, 'us-thyroid', 'findings', more)).words.length;
    expect(size({ fieldId: 'us-thyroid-category' })).toBeLessThan(150);
    expect(size({})).toBeGreaterThan(300);
  });

  it('changes with the macros, the commands and the text of the section', () => {
    const words = (more: Partial<SpeechPlace>) =>
      grammarFor(placeIn(templates, 'ct-chest', 'technique', more)).words.map(({ word }) => word);
    expect(words({ macroNames: ['gallbladder'] })).toContain('gallbladder');
    expect(words({ commands: [{ id: 'x', phrases: ['mark key image'] }] })).toContain('key');
    expect(words({})).not.toContain('gallbladder');
    expect(words({})).toContain('select');
  });

  it('lets every default sentence, option and field name of every template be said', () => {
    for (const place of templates.flatMap(placesOf)) {
      const section = place.template.sections.find(({ id }) => id === place.sectionId);
      const field = section?.fields.find(({ id }) => id === place.fieldId);
      for (const { label, value } of field?.options ?? []) {
        if (label === '') continue;
        expect(understand(spokenOf(label), place), `${field?.label}: ${label}`).toMatchObject({ kind: 'field', value });
      }
      if (field !== undefined)
        expect(understand(['go', 'to', ...spokenOf(field.label)], place)).toMatchObject({ id: 'report.go-to' });
      if (field === undefined && section !== undefined && section.defaultText !== '')
        expect(understand(spokenOf(section.defaultText), place)).toEqual({ kind: 'text', text: section.defaultText });
    }
  });
});

describe('rules in JSGF', () => {
  const rules = parseRules({
    said: 'go [to] <part> | <part>+ <VOID> | stop <more>*',
    part: 'one | two (three | four)',
    more: 'now',
  });
  it.each([
    ['go to one', true],
    ['go two four', true],
    ['go two', false],
    ['stop', true],
    ['stop now now', true],
    ['one', false],
    ['', false],
  ])('"%s" fits: %s', (said, isFit) => {
    expect(fits(rules, said.split(' '))).toBe(isFit);
  });

  it('that are not closed, or name what is not there, are refused', () => {
    expect(() => parseRules({ said: 'one (two' })).toThrow('unbalanced');
    expect(() => parseRules({ said: 'one ) two' })).toThrow('unbalanced');
    expect(() => parseRules({ said: '<gone>' })).toThrow('gone');
  });
});

describe('phones', () => {
  it('are written for no fewer than 300 words of radiology, each once', () => {
    const words = `${PHONES_A_TO_H}${PHONES_I_TO_Z}`.match(/^\S+/gm) ?? [];
    expect(words.length).toBeGreaterThanOrEqual(300);
    expect(new Set(words).size).toBe(words.length);
    expect(['hydronephrosis', 'atelectasis', 'pneumothorax', 'effusion', 'gadolinium'].every(hasWrittenPhones)).toBe(
      true,
    );
    expect(phonesOf('effusion')).toBe('IH F Y UW ZH AH N');
  });

  it('of unknown words follow their spelling, and letters are named where there is no vowel', () => {
    expect(phonesBySpelling('tendonitis')).toBe('T EH N D AA N AY T IH S');
    expect(phonesBySpelling('ng')).toBe('EH N JH IY');
    expect(phonesBySpelling('q')).toBe('K Y UW');
  });
});
