import { beforeAll, describe, expect, it } from 'vitest';

import type { SectionRole, Template } from '#shared/reporting/report.ts';
import type { SpeechPlace, Understood } from '#shared/reporting/speech/speech.ts';
import { understand } from '#shared/reporting/speech/understand.ts';
import { placeIn, shippedTemplates } from './shipped-templates.ts';

let templates: readonly Template[] = [];
beforeAll(async () => {
  templates = await shippedTemplates();
});

const at = (name: string, role?: SectionRole, more: Partial<SpeechPlace> = {}) => placeIn(templates, name, role, more);
const meant = (said: string, place: SpeechPlace): Understood | undefined => understand(said.split(' '), place);

describe('a command', () => {
  it.each([
    ['read next', { kind: 'command', id: 'worklist.read-next' }],
    ['sign report', { kind: 'command', id: 'report.sign' }],
    ['next field', { kind: 'command', id: 'report.next-field' }],
    ['previous section', { kind: 'command', id: 'report.previous-section' }],
    ['go to impression', { kind: 'command', id: 'report.go-to', argument: 'ct-chest-impression' }],
    ['go to the findings', { kind: 'command', id: 'report.go-to', argument: 'ct-chest-findings' }],
    ['go to pleural effusion', { kind: 'command', id: 'report.go-to', argument: 'ct-chest-effusion' }],
    ['scratch that', { kind: 'command', id: 'report.scratch-that' }],
  ])('"%s" is understood wherever the caret is', (said, command) => {
    expect(meant(said, at('ct-chest'))).toEqual(command);
    expect(meant(said, at('ct-chest', 'findings'))).toEqual(command);
    expect(meant(said, at('ct-chest', 'findings', { fieldId: 'ct-chest-effusion' }))).toEqual(command);
  });

  it('of the table goes before a way about the report that is said the same', () => {
    const place = at('ct-chest', 'findings', { commands: [{ id: 'own.next', phrases: ['next field'] }] });
    expect(meant('next field', place)).toEqual({ kind: 'command', id: 'own.next' });
  });

  it('selects the words of the section that are said', () => {
    const place = at('ct-chest', 'technique');
    expect(meant('select of the chest', place)).toEqual({
      kind: 'command',
      id: 'report.select-words',
      argument: 'of the chest',
    });
    expect(meant('select the liver', place)).toBeUndefined();
  });
});

describe('the value of a field', () => {
  it.each([
    ['us-thyroid', 'us-thyroid-nodule', 'twelve point five millimeters', '12.5'],
    ['us-thyroid', 'us-thyroid-nodule', 'twelve', '12'],
    ['us-thyroid', 'us-thyroid-nodule', 'one point two centimeters', '12'],
    ['us-renal', 'us-renal-right', 'eleven point two centimeters', '11.2'],
    ['us-renal', 'us-renal-right', 'one hundred twelve millimeters', '11.2'],
    ['us-thyroid', 'us-thyroid-nodule', 'twelve hounsfield units', undefined],
    ['us-thyroid', 'us-thyroid-category', 't r four', 'TR4'],
    ['us-thyroid', 'us-thyroid-nodule-side', 'right lobe', 'right lobe'],
    ['ct-kub-stone', 'ct-kub-stone-density', 'one thousand two hundred hounsfield units', '1200'],
    ['ct-trauma', 'ct-trauma-liver', 'three', 'III'],
    ['ct-head', 'ct-head-haemorrhage', 'subdural', 'subdural'],
    ['mr-knee', 'mr-knee-medial', 'bucket handle tear', 'bucket-handle tear'],
    ['us-carotid', 'us-carotid-right', 'fifty to sixty nine percent', '50 to 69 %'],
    ['ct-lung-screening', 'ct-lung-screening-category', 'four a.', '4A'],
  ])('in %s: %s, said "%s"', (name, fieldId, said, value) => {
    const section = templates
      .find(({ id }) => id.endsWith(`:${name}`))
      ?.sections.find(({ fields }) => fields.some(({ id }) => id === fieldId));
    expect(section).toBeDefined();
    const place = at(name, section?.role, { fieldId });
    expect(meant(said, place)).toEqual(
      value === undefined ? undefined : { kind: 'field', sectionId: section?.id, fieldId, value },
    );
  });

  it.each([
    ['four a. low suspicion', '4A low suspicion'],
    ['low suspicion', '4A low suspicion'],
    ['four a.', '4A low suspicion'],
    ['negative', '1 negative'],
    ['five', '5 highly suggestive of malignancy'],
  ])('of a code and its words can be said as "%s"', (said, value) => {
    expect(meant(said, at('mammography', 'impression', { fieldId: 'mammography-birads' }))).toMatchObject({ value });
  });

  it('can be said with the name of its field from anywhere in the section', () => {
    const place = at('ct-chest', 'findings');
    const field = { kind: 'field', sectionId: 'ct-chest-findings' };
    expect(meant('pleural effusion is left', place)).toEqual({ ...field, fieldId: 'ct-chest-effusion', value: 'left' });
    expect(meant('pneumothorax none', place)).toEqual({ ...field, fieldId: 'ct-chest-pneumothorax', value: 'none' });
    expect(meant('largest nodule six millimeters', place)).toMatchObject({ fieldId: 'ct-chest-nodule', value: '6' });
    expect(meant('pleural effusion bilateral', place)).toMatchObject({ value: 'both sides' });
  });

  it('is never taken from beyond what the field allows', () => {
    const place = at('us-thyroid', 'findings', { fieldId: 'us-thyroid-isthmus' });
    expect(meant('ninety nine millimeters', place)).toBeUndefined();
    expect(meant('four millimeters', place)).toMatchObject({ value: '4' });
  });

  it('of free text is written without capital and full stop', () => {
    const place = at('mr-spine-cord', 'findings', { fieldId: 'mr-spine-cord-level' });
    expect(meant('t twelve to l one', place)).toMatchObject({ kind: 'field', value: 'T12-L1' });
  });
});

describe('a macro', () => {
  it.each([
    ['insert macro n l', 'nl'],
    ['macro normal chest', 'normal-chest'],
    ['insert c t two', 'ct2'],
    ['insert c t three', undefined],
  ])('called by "%s"', (said, name) => {
    const understood = meant(said, at('ct-chest', 'findings'));
    expect(understood).toEqual(name === undefined ? undefined : { kind: 'macro', name });
  });
});

describe('free text', () => {
  it.each<[string, SectionRole, string, string]>([
    ['ct-chest', 'findings', 'no pleural effusion or pneumothorax', 'No pleural effusion or pneumothorax.'],
    [
      'ct-chest',
      'findings',
      'there is a five millimeter nodule in the right upper lobe',
      'There is a 5 mm nodule in the right upper lobe.',
    ],
    ['ct-chest', 'findings', 'normal lungs', 'The lungs are clear.'],
    [
      'ct-chest',
      'findings',
      'no focal consolidation pleural effusion or pneumothorax',
      'No focal consolidation, pleural effusion or pneumothorax.',
    ],
    [
      'ct-chest',
      'findings',
      'the heart is enlarged period no pericardial effusion',
      'The heart is enlarged. No pericardial effusion.',
    ],
    ['ct-chest', 'technique', 'c t of the chest', 'CT of the chest.'],
    [
      'ct-chest',
      'comparison',
      'compared with the prior c t of march third twenty twenty five',
      'Compared with the prior CT of 3 March 2025.',
    ],
    ['ct-chest', 'indication', 'cough and fever for three days', 'Cough and fever for 3 days.'],
    [
      'ct-chest',
      'impression',
      'recommend follow up c t in six to twelve months',
      'Recommend follow-up CT in 6-12 months.',
    ],
    [
      'ct-head',
      'findings',
      'acute left subdural hematoma measuring eight millimeters',
      'Acute left subdural haematoma measuring 8 mm.',
    ],
    ['mr-lumbar-spine', 'findings', 'disc protrusion at l four five', 'Disc protrusion at L4-L5.'],
    [
      'mr-lumbar-spine',
      'findings',
      'moderate canal stenosis at l three to l four',
      'Moderate canal stenosis at L3-L4.',
    ],
    [
      'ct-abdomen-pelvis',
      'findings',
      'two point three by one point four centimeter cyst in the right kidney',
      '2.3 × 1.4 cm cyst in the right kidney.',
    ],
    ['us-abdomen-ruq', 'findings', "sonographic murphy's sign is negative", "Sonographic Murphy's sign is negative."],
    ['mammography', 'impression', 'no mammographic evidence of malignancy', 'No mammographic evidence of malignancy.'],
    ['us-venous-leg', 'impression', 'no deep vein thrombosis', 'No deep vein thrombosis.'],
  ])('%s, %s: "%s"', (name, role, said, text) => {
    expect(meant(said, at(name, role))).toEqual({ kind: 'text', text });
  });

  it('follows the locale that the place asks for', () => {
    const place = at('ct-head', 'findings', { locale: 'en-US' });
    expect(meant('no intracranial hemorrhage', place)).toEqual({ kind: 'text', text: 'No intracranial hemorrhage.' });
  });

  it('stands apart from the text before the caret', () => {
    const place = at('ct-chest', 'findings', { before: 'The lungs are clear.' });
    expect(meant('no pleural effusion', place)).toEqual({ kind: 'text', text: ' No pleural effusion.' });
    expect(meant('normal heart', place)).toEqual({ kind: 'text', text: ' The heart is normal in size.' });
  });

  it('is heard in either pronunciation of a word', () => {
    expect(understand(['a(2)', 'small', 'nodule', '<sil>'], at('ct-chest', 'findings'))).toEqual({
      kind: 'text',
      text: 'A small nodule.',
    });
  });
});

describe('a field named by its level', () => {
  it.each(['l four to l five bulge', 'l four l five bulge', 'l four five bulge'])('is found by “%s”', (said) => {
    expect(meant(said, at('mr-lumbar-spine', 'findings'))).toMatchObject({
      kind: 'field',
      fieldId: 'mr-lumbar-spine-l45',
      value: 'bulge',
    });
  });
  it('is found across two parts of the spine, and gone to', () => {
    const place = at('mr-lumbar-spine', 'findings');
    expect(meant('l five s one normal', place)).toMatchObject({ kind: 'field', fieldId: 'mr-lumbar-spine-l5s1' });
    expect(meant('go to l five s one', place)).toMatchObject({ id: 'report.go-to', argument: 'mr-lumbar-spine-l5s1' });
  });
});

describe('what is not understood', () => {
  it.each([
    'next patient please',
    'what is for lunch',
    'pleural',
    'there is a',
    'the kettle is clear',
    'no no no',
    'sign',
  ])('"%s" writes nothing', (said) => {
    const place = at('ct-chest', 'findings', { commands: [{ id: 'worklist.read-next', phrases: ['read next'] }] });
    expect(meant(said, place)).toBeUndefined();
  });

  it('is a finding of another part of the body', () => {
    expect(meant('disc protrusion at l four five', at('ct-chest', 'findings'))).toBeUndefined();
    expect(meant('gallstones', at('ct-head', 'findings'))).toBeUndefined();
  });

  it('is text outside the report, or a finding where a value belongs', () => {
    expect(meant('no pleural effusion', at('ct-chest'))).toBeUndefined();
    expect(
      meant('no focal consolidation', at('ct-chest', 'findings', { fieldId: 'ct-chest-effusion' })),
    ).toBeUndefined();
  });

  it('is silence', () => {
    expect(understand([], at('ct-chest', 'findings'))).toBeUndefined();
    expect(understand(['<sil>'], at('ct-chest', 'findings'))).toBeUndefined();
  });

  it.each(['a the nodule', 'small the nodule', 'a nodule in the the lingula'])(
    'is “%s”: one article is enough',
    (said) => {
      expect(meant(said, at('ct-chest', 'findings'))).toBeUndefined();
    },
  );
});
