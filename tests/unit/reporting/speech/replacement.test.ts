import { describe, expect, it } from 'vitest';

import { startReport, type Template } from '#shared/reporting/report.ts';
import { readReplacement, writeReplacement } from '#shared/reporting/speech/replacement.ts';
import type { SpeechPlace } from '#shared/reporting/speech/speech.ts';
import { understand, understandFreely } from '#shared/reporting/speech/understand.ts';

const templateWith = (defaultText: string): Template => ({
  id: 't',
  title: 'T',
  language: 'en',
  modalities: ['CT'],
  bodyParts: ['CHEST'],
  sections: [{ id: 'f', title: 'Findings', role: 'findings', defaultText, fields: [] }],
});
function placeWith(text: string): SpeechPlace {
  const template = templateWith(text);
  return { template, body: startReport(template), sectionId: 'f', commands: [], macroNames: [] };
}
const meant = (text: string, said: string) => understand(said.split(' '), placeWith(text));

/** The text after it was said with the caret there, by default at the end. */
function replaced(text: string, said: string, caret = text.length): string | undefined {
  const replacement = readReplacement(said.split(' '), text, () => true);
  const over = replacement && writeReplacement(text, caret, replacement, { locale: 'en-GB' });
  return over && `${text.slice(0, over.start)}${over.words}${text.slice(over.end)}`;
}

describe('“replace … with …”', () => {
  it('is a replacement where the words stand in the text', () => {
    expect(meant('Small left pleural effusion.', 'replace left with right')).toEqual({
      kind: 'replacement',
      replaced: ['left'],
      by: ['right'],
    });
    expect(meant('Mass of 12 mm.', 'replace twelve millimeters by fifteen millimeters')).toMatchObject({
      by: ['fifteen', 'millimeters'],
    });
  });
  it('is not understood where they do not, or where nobody would say the new ones here', () => {
    expect(meant('Small left pleural effusion.', 'replace right with left')).toBeUndefined();
    expect(meant('Small left pleural effusion.', 'replace pleural left with right')).toBeUndefined();
    expect(meant('Small left pleural effusion.', 'replace left with violin')).toBeUndefined();
    expect(meant('Small left pleural effusion.', 'replace left with')).toBeUndefined();
  });
  it('with words that only a model knows is a replacement too', () => {
    const place = placeWith('Small left adrenal mass.');
    expect(understandFreely(['replace', 'mass', 'with', 'pheochromocytoma'], place)).toEqual({
      kind: 'replacement',
      replaced: ['mass'],
      by: ['pheochromocytoma'],
    });
    expect(understandFreely(['replace', 'kidney', 'with', 'spleen'], place)).toBeUndefined();
    expect(understandFreely(['mass', 'with', 'calcification'], place)).toBeUndefined();
  });
  it('selects where the words stand as a whole, “with” among them', () => {
    expect(meant('Nodule with calcification.', 'replace nodule with calcification')).toMatchObject({
      kind: 'command',
      argument: 'nodule with calcification',
    });
    expect(replaced('Nodule with calcification.', 'replace nodule with calcification with cyst')).toBe('Cyst.');
  });
});

describe('the words that replace', () => {
  it('take the place of those nearest before the caret, else of the first behind it', () => {
    const text = 'Left lung clear. Left kidney normal. Left hip normal.';
    expect(replaced(text, 'replace left with right', 36)).toBe(
      'Left lung clear. Right kidney normal. Left hip normal.',
    );
    expect(replaced(text, 'replace left with right')).toBe('Left lung clear. Left kidney normal. Right hip normal.');
    expect(replaced(text, 'replace kidney with spleen', 3)).toBe(
      'Left lung clear. Left spleen normal. Left hip normal.',
    );
  });
  it('have the capital of their place and no full stop of their own', () => {
    expect(replaced('Disc at left L4. Small left', 'replace left with right', 12)).toBe('Disc at right L4. Small left');
    expect(replaced('Small left nodule', 'replace nodule with pleural effusion')).toBe('Small left pleural effusion');
    expect(replaced('Clear lungs.', 'replace clear with normal')).toBe('Normal lungs.');
  });
  it('leave what was not said of a size or a level as it stands', () => {
    expect(replaced('Nodule of 15 mm.', 'replace fifteen with fifty')).toBe('Nodule of 50 mm.');
    expect(replaced('Bulge at L4-L5.', 'replace l five with s one')).toBe('Bulge at L4-S1.');
    expect(replaced('Mass of 2.3 × 1.4 cm.', 'replace one point four with one point six')).toBe(
      'Mass of 2.3 × 1.6 cm.',
    );
  });
});
