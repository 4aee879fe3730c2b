import { describe, expect, it } from 'vitest';

import { templateOfBody } from '#shared/reporting/entries.ts';
import type { SpeechPlace } from '#shared/reporting/speech/speech.ts';
import { understand } from '#shared/reporting/speech/understand.ts';
import { NODULE_TEMPLATE, twoNodules } from '../nodule-report.ts';

const at = (sectionId: string, fieldId?: string): SpeechPlace => ({
  template: templateOfBody(NODULE_TEMPLATE, twoNodules),
  body: twoNodules,
  sectionId,
  ...(fieldId === undefined ? {} : { fieldId }),
  commands: [],
  macroNames: [],
});
const valueOf = (said: string, place: SpeechPlace): unknown => {
  const meant = understand(said.split(' '), place);
  return meant?.kind === 'field' ? [meant.fieldId, meant.value] : meant;
};

describe('a date, said', () => {
  it.each([
    ['march twelfth twenty twenty four', '2024-03-12'],
    ['the twelfth of march twenty twenty four', '2024-03-12'],
    ['march twenty twenty four', '2024-03'],
    ['twenty twenty four', '2024'],
    ['two thousand nineteen', '2019'],
  ])('%s at its field is %s', (said, date) => {
    expect(valueOf(said, at('comparison', 'compared'))).toEqual(['compared', date]);
    expect(valueOf(`compared with ${said}`, at('comparison'))).toEqual(['compared', date]);
  });

  it('without its year is none', () => {
    expect(valueOf('march twelfth', at('comparison', 'compared'))).toBeUndefined();
  });
});

describe('a side, said', () => {
  it.each([
    ['left', 'left'],
    ['right side', 'right'],
    ['both sides', 'bilateral'],
    ['in the midline', 'midline'],
  ])('%s at its field is %s', (said, side) => {
    expect(valueOf(said, at('findings', 'nodules-2-side'))).toEqual(['nodules-2-side', side]);
  });
});

describe('the fields of an entry', () => {
  it('are filled by the name of the entry and the field', () => {
    expect(valueOf('nodule two size six millimeters', at('findings'))).toEqual(['nodules-2-size', '6']);
    expect(valueOf('nodule one side is bilateral', at('findings'))).toEqual(['nodules-1-side', 'bilateral']);
    expect(valueOf('nodule one known since june twenty twenty two', at('findings'))).toEqual([
      'nodules-1-since',
      '2022-06',
    ]);
    expect(valueOf('nodule three size six millimeters', at('findings'))).toBeUndefined();
  });

  it('are filled by the name of the field alone where the caret is in the entry, and there only', () => {
    const inSecond = at('findings', 'nodules-2-size');
    expect(valueOf('side left', inSecond)).toEqual(['nodules-2-side', 'left']);
    expect(valueOf('known since two thousand nineteen', inSecond)).toEqual(['nodules-2-since', '2019']);
    expect(valueOf('nodule one side right', inSecond)).toEqual(['nodules-1-side', 'right']);
    expect(valueOf('side left', at('findings'))).not.toEqual(['nodules-2-side', 'left']);
    expect(valueOf('known since two thousand nineteen', at('findings'))).toBeUndefined();
  });

  it('are gone to by the same name', () => {
    expect(understand('go to nodule two type'.split(' '), at('findings'))).toEqual({
      kind: 'command',
      id: 'report.go-to',
      argument: 'nodules-2-type',
    });
  });
});
