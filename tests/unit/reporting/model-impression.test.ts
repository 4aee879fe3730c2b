import { describe, expect, it } from 'vitest';

import { impressionFromModel, modelQuestion } from '#shared/reporting/model-impression.ts';
import { withoutIdentifiers } from '#shared/reporting/without-identifiers.ts';
import { sampleBody, section } from './sample-report.ts';

const WHO = {
  names: ['Doe^Jane^Ann^Dr.', 'House^Gregory', 'Lee^Dana^^Dr.^MD', 'Mercy General'],
  numbers: ['M-77', 'A-1001', 'p-1', '1961-02-03'],
};

describe('a text without identifiers', () => {
  it.each([
    ['Jane Doe fell.', '[name] [name] fell.'],
    ['DOE, JANE: no fracture.', '[name], [name]: no fracture.'],
    ["Doe's liver is normal.", "[name]'s liver is normal."],
    ['Told Dr. House at 10.', 'Told [name] at 10.'],
    ['Mr. Petersen was informed.', '[name] was informed.'],
    ['Born 1961-02-03.', 'Born [number].'],
    ['Born 3 February 1961, DOB 02/03/1961.', 'Born [date], DOB [date].'],
    ['Since March 2024 and Mar 4, 2025.', 'Since [date] and [date].'],
    ['MRN M-77, accession A-1001, order 4711234.', 'MRN [number], accession [number], order [number].'],
    ['Call +1 (555) 010-7788 or a.b@c.org.', 'Call [number] or [address].'],
    ['Study 1.2.840.113619.2.5.', 'Study [number].'],
    ['A 65-year-old woman.', 'A [age] woman.'],
  ])('has %s said as %s', (text, bare) => {
    expect(withoutIdentifiers(text, WHO)).toBe(bare);
  });

  it('keeps what the findings measure', () => {
    const text =
      'Nodule 12 x 9 mm (series 4, image 56), L4-L5, 1,200 mL, HU 45, previously 8.5 mm, T2 2.5 cm, Gleason 3+4, fusion 2015.';
    expect(withoutIdentifiers(text, WHO)).toBe(text);
  });
});

describe('what a language model is asked', () => {
  const secret =
    'Jane DOE, MRN M-77, born 1961-02-03 (Feb 3, 1961), accession A-1001. Dr. House called +1 555 010 7788. Midline shift 4 mm.';

  it('holds exam and findings, and nobody’s name, day or number wherever they stand', () => {
    const body = {
      ...sampleBody,
      sections: [section('indication', `Only here: Quincy. ${secret}`), section('findings', secret)],
    };
    const question = modelQuestion(body, 'CT HEAD for Doe', WHO);
    const sent = JSON.stringify(question);
    for (const part of [
      'doe',
      'jane',
      'ann',
      'house',
      'gregory',
      'quincy',
      'm-77',
      'a-1001',
      '1961',
      '5550107788',
      '7788',
    ])
      expect(sent.toLowerCase()).not.toMatch(new RegExp(`\\b${part}\\b`));
    expect(question?.text).toContain('Midline shift 4 mm.');
    expect(question?.text).toContain('Exam: CT HEAD for [name]');
  });

  it('is nothing while there are no findings', () => {
    expect(modelQuestion({ ...sampleBody, sections: [section('findings', ' ')] }, 'CT', WHO)).toBeUndefined();
  });
});

describe('the answer of a language model', () => {
  it.each([
    ['1. Acute subdural haematoma.\n2. No fracture.', '1. Acute subdural haematoma.\n2. No fracture.'],
    ['Impression:\n\n**Acute** stroke.', 'Acute stroke.'],
    ['<think>The user wants…</think>\nNo bleed.', 'No bleed.'],
    ['```text\nNo bleed.\n```', 'No bleed.'],
    ['<img src=x onerror=alert(1)>No bleed.<script>fetch("x")</script>', 'No bleed.fetch("x")'],
    ['No bleed.\u202E dekcah\u200B \u0007 see https://evil.example/x?y', 'No bleed. dekcah see'],
  ])('%j becomes plain text', (answer, text) => {
    expect(impressionFromModel(answer)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['no word', '1. 2. 3.'],
    ['only thoughts', '<think>it never ends'],
    ['endless lines', 'No bleed.\n'.repeat(100)],
    ['an endless line', 'bleed '.repeat(5000)],
  ])('of %s is none', (_, answer) => {
    expect(impressionFromModel(answer)).toBeUndefined();
  });
});
