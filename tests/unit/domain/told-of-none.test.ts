import { describe, expect, it } from 'vitest';

import { toldOfNone } from '#shared/domain/told-of-none.ts';

const fact = (label: string, text: string, abnormal = false) =>
  toldOfNone({ kind: 'allergy', label, text, source: 'HL7 order', abnormal });

describe('a fact of what can harm', () => {
  it.each([
    ['No known drug allergies', 'Confirmed by the daughter.'],
    ['Allergies', 'NKDA'],
    ['', 'No known allergies.'],
    ['Pregnancy test', 'Serum hCG negative.'],
    ['Pregnancy', 'Not pregnant'],
    ['Implants', 'none'],
    ['Implants', 'No pacemaker'],
    ['Contrast', 'No reaction'],
    ['Contrast', 'No history of contrast reaction.'],
  ])('is none where it plainly says so: %s %s', (label, text) => {
    expect(fact(label, text)).toBe(true);
  });

  it.each([
    ['Penicillin', 'Rash in childhood.'],
    ['No known drug allergies', 'but hives after shellfish'],
    ['Allergies', 'No known drug allergies, latex: anaphylaxis'],
    ['No known food allergies', 'rash with iodine'],
    ['Pregnancy test', 'not done'],
    ['Pregnancy', 'Possible, last period 6 weeks ago'],
    ['Pregnancy', 'negative?'],
    ['Implants', 'No pacemaker. Cochlear implant left.'],
    ['Contrast', 'No premedication given'],
    ['Penicillin', ''],
  ])('is a danger otherwise: %s %s', (label, text) => {
    expect(fact(label, text)).toBe(false);
  });

  it('is a danger where its sender marked it abnormal', () => {
    expect(fact('Pregnancy test', 'negative', true)).toBe(false);
  });
});
