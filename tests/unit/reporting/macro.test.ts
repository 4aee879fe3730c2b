import { describe, expect, it } from 'vitest';

import { expandMacro, macroBefore } from '#shared/reporting/macro.ts';

const liver = { name: 'nl', text: 'The liver is normal. The gallbladder is unremarkable.\nNo free fluid.' };

describe('a macro', () => {
  it('is found by its short name before the caret, as a word of its own, in any case', () => {
    expect(macroBefore('Lungs. .NL', 10, [liver])).toEqual({ macro: liver, start: 7 });
    expect(macroBefore('.nl more', 3, [liver])).toEqual({ macro: liver, start: 0 });
    expect(macroBefore('see e.nl', 8, [liver])).toBeUndefined();
    expect(macroBefore('.nlx', 4, [liver])).toBeUndefined();
    expect(macroBefore('.nl ', 4, [liver])).toBeUndefined();
  });

  it('fills in what is known of the case and leaves the rest to be filled in', () => {
    const macro = { name: 'x', text: '{age} old {sex}, compared with {prior date}: {Measurement}, {colour}.' };
    expect(expandMacro(macro, { age: '54 years', sex: 'woman', priorDate: '2024-03-01', history: [] })).toEqual({
      text: '54 years old woman, compared with 2024-03-01: {Measurement}, {colour}.',
      leftOut: [],
    });
  });

  it('writes no normal of an organ that the history says is gone', () => {
    expect(expandMacro(liver, { history: ['Pain. Status post cholecystectomy.'] })).toEqual({
      text: 'The liver is normal.\nNo free fluid.',
      leftOut: ['gallbladder'],
    });
    expect(expandMacro(liver, { history: ['Planned cholecystectomy.'] }).leftOut).toEqual([]);
    expect(expandMacro(liver, { history: [] }).text).toBe(liver.text);
  });

  it.each([
    ['nephrectomy on the left', 'Both kidneys are normal.', 'Left nephrectomy.', ['left kidney']],
    ['the kidney that is there', 'The right kidney is normal.', 'Left nephrectomy.', []],
    ['hysterectomy', 'Normal uterus.', 'S/p hysterectomy 2009', ['uterus']],
    ['splenectomy', 'Spleen: normal.', 'The spleen was removed after trauma.', ['spleen']],
    ['an ovarian cyst taken out', 'The bladder is normal.', 'Ovarian cystectomy 2012.', []],
  ])('knows %s', (_, text, told, leftOut) => {
    expect(expandMacro({ name: 'x', text }, { history: [told] }).leftOut).toEqual(leftOut);
  });
});
