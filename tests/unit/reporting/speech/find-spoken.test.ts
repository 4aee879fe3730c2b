import { describe, expect, it } from 'vitest';

import { startReport, type Template } from '#shared/reporting/report.ts';
import { caseWords } from '#shared/reporting/speech/case-words.ts';
import { findSpoken } from '#shared/reporting/speech/spoken-of.ts';
import { understand } from '#shared/reporting/speech/understand.ts';

const found = (text: string, said: string): string | undefined => {
  const at = findSpoken(text, said.split(' '));
  return at && text.slice(at.start, at.end);
};

describe('words that were said, in a written text', () => {
  it('stand where they are written, the last of several', () => {
    expect(found('Left lung is clear. Left kidney is normal.', 'left')).toBe('Left');
    expect(findSpoken('Left lung. Left kidney.', ['left'])?.start).toBe(11);
    expect(found('There is a small left effusion.', 'small left')).toBe('small left');
  });
  it('are found as numbers, sizes and levels too, each as a whole', () => {
    expect(found('Midline shift of 3 mm.', 'three millimeters')).toBe('3 mm');
    expect(found('Mass of 2.3 × 1.4 cm.', 'one point four centimeters')).toBe('2.3 × 1.4 cm');
    expect(found('Disc bulge at L4-L5.', 'l four to l five')).toBe('L4-L5');
  });
  it('are not found where they were not written', () => {
    expect(found('The lungs are clear.', 'kidney')).toBeUndefined();
    expect(findSpoken('The lungs are clear.', [])).toBeUndefined();
  });
});

const TEMPLATE: Template = {
  id: 't',
  title: 'T',
  language: 'en',
  modalities: [],
  bodyParts: [],
  sections: [{ id: 'f', title: 'Findings', role: 'findings', defaultText: 'The left lung is clear.', fields: [] }],
};

it('“replace” takes words of the section, and only those', () => {
  const place = { template: TEMPLATE, body: startReport(TEMPLATE), sectionId: 'f', commands: [], macroNames: [] };
  expect(understand(['replace', 'left', 'lung'], place)).toEqual({
    kind: 'command',
    id: 'report.replace-words',
    argument: 'left lung',
  });
  expect(understand(['replace', 'kidney'], place)).toBeUndefined();
});

describe('words of a case for a model', () => {
  it('are those that a general model may lack, each once, in the order of the texts', () => {
    expect(
      caseWords({ texts: ['Rule out pheochromocytoma', 'Pheochromocytoma, VHL; adrenal mass'], without: [] }),
    ).toEqual(['rule', 'pheochromocytoma', 'adrenal', 'mass']);
  });
  it('are no names of persons', () => {
    expect(caseWords({ texts: ['Seen by Dr Maplewood for nodule'], without: ['MAPLEWOOD^ANNE'] })).toEqual(['nodule']);
  });
});
