import { describe, expect, it } from 'vitest';

import type { Laterality } from '#shared/domain/order.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { checkFactsOf, type CheckFacts } from '#shared/reporting/checks/check-facts.ts';
import type { ReportBody, Template } from '#shared/reporting/report.ts';
import { section } from './sample-report.ts';

interface Case {
  readonly patient?: Partial<CheckFacts['patient']>;
  readonly order?: Partial<CheckFacts['order']>;
  readonly study?: Partial<CheckFacts['study']>;
  readonly indication?: string;
  readonly technique?: string;
  readonly comparison?: string;
  readonly findings?: string;
  readonly impression?: string;
}

function codesOf(given: Case): string[] {
  const facts: CheckFacts = {
    patient: { sex: 'unknown', name: 'Doe^Jane', ...given.patient },
    order: { exam: 'IMAGING', ...given.order },
    study: { priors: [], ...given.study },
    at: Date.UTC(2026, 10, 21) as EpochMs,
  };
  const body: ReportBody = {
    templateId: 't',
    title: 'T',
    sections: [
      section('indication', given.indication ?? ''),
      section('technique', given.technique ?? ''),
      section('comparison', given.comparison ?? ''),
      section('findings', given.findings ?? 'Bones are intact.'),
      section('impression', given.impression ?? 'Normal study.'),
    ],
  };
  return checkReport({ facts, template: undefined, body }).map(({ severity, code }) => `${severity} ${code}`);
}

const left: Laterality = 'left';

describe('checks before signing', () => {
  describe('stop what must not be signed', () => {
    it.each<[string, Case, string[]]>([
      ['no impression', { impression: ' ' }, ['stop impression-missing']],
      ['an impression of punctuation', { impression: '-' }, ['stop impression-missing']],
      ['no findings', { findings: '' }, ['stop findings-missing']],
      ['an empty bracket', { findings: 'Nodule of [ ] mm.' }, ['stop prompt-left']],
      ['an alternative', { findings: 'Effusion on the [left/right].' }, ['stop prompt-left']],
      ['asterisks', { impression: '*** Normal.' }, ['stop prompt-left']],
      ['a blank line to fill in', { findings: 'Measures ___ mm.' }, ['stop prompt-left']],
      ['a unit without its number', { findings: 'A nodule of  mm.' }, ['stop prompt-left']],
      ['a placeholder', { findings: 'Measures {size}.' }, ['stop prompt-left']],
    ])('%s', (_, given, expected) => {
      expect(codesOf(given)).toEqual(expected);
    });

    it('an empty required field, named by its label', () => {
      const template: Template = {
        id: 't',
        title: 'T',
        language: 'en',
        modalities: [],
        bodyParts: [],
        sections: [
          {
            id: 'findings',
            title: 'Findings',
            role: 'findings',
            defaultText: '',
            fields: [
              { id: 'density', label: 'Breast density', kind: 'choice', required: true, defaultValue: '' },
              { id: 'size', label: 'Size', kind: 'number', min: 0, max: 50, required: false, defaultValue: '' },
            ],
          },
        ],
      };
      const fields = (density: string, size: string): ReportBody['sections'][number]['fields'] => [
        { id: 'density', label: 'Breast density', value: density, source: 'typed' },
        { id: 'size', label: 'Size', value: size, source: 'typed' },
      ];
      const check = (density: string, size: string) =>
        checkReport({
          facts: { patient: { sex: 'F', name: '' }, order: { exam: '' }, study: { priors: [] } },
          template,
          body: {
            templateId: 't',
            title: 'T',
            sections: [section('findings', 'Text.', fields(density, size)), section('impression', 'Text.')],
          },
        }).map(({ code, quote }) => [code, quote]);
      expect(check(' ', '3')).toEqual([['field-unfilled', 'Breast density']]);
      expect(check('B', '3')).toEqual([]);
      expect(check('B', '51')).toEqual([['field-range', 'Size: 51']]);
    });
  });

  describe('warn of contradictions', () => {
    it.each<[string, Case, string[]]>([
      [
        'the other side than ordered',
        { order: { exam: 'XR WRIST', laterality: left }, findings: 'Fracture of the right distal radius.' },
        ['warn laterality'],
      ],
      [
        'the other side than the name of the exam says',
        { order: { exam: 'XR KNEE RIGHT 3V' }, impression: 'Left knee effusion.' },
        ['warn laterality'],
      ],
      [
        'the other side than the reason for a limb names',
        { order: { exam: 'XR WRIST', reason: 'Fall on the left wrist' }, findings: 'Right scaphoid fracture.' },
        ['warn laterality'],
      ],
      [
        'images marked with the other side',
        { order: { exam: 'XR HAND', laterality: left }, study: { laterality: 'right' } },
        ['warn laterality-images'],
      ],
      ['a prostate in a woman', { patient: { sex: 'F' }, findings: 'The prostate is enlarged.' }, ['warn sex']],
      ['a uterus in a man', { patient: { sex: 'M' }, findings: 'Uterus and adnexa are normal.' }, ['warn sex']],
      ['a pronoun of the other sex', { patient: { sex: 'M' }, indication: 'She fell.' }, ['warn sex']],
      [
        'contrast in the technique of an exam without',
        { order: { contrast: false }, technique: 'CT after 80 mL of intravenous contrast.' },
        ['warn contrast'],
      ],
      [
        'no contrast in the technique of an exam with, by the images',
        { order: { contrast: false }, study: { contrast: true }, technique: 'CT without intravenous contrast.' },
        ['warn contrast'],
      ],
      [
        'enhancement where no contrast was given',
        { study: { contrast: false }, technique: 'Non-contrast CT.', findings: 'An enhancing lesion of the liver.' },
        ['warn contrast-findings'],
      ],
      ['another modality', { study: { modality: 'MR' }, technique: 'CT of the knee.' }, ['warn modality']],
      [
        'a prior that does not exist',
        { study: { priors: ['2024-03-01'] }, comparison: 'CT of 2023-03-01.' },
        ['warn comparison-date'],
      ],
      [
        'a prior of a month that has none',
        { study: { priors: ['2024-03-01'] }, findings: 'Unchanged since April 2024.' },
        ['warn comparison-date'],
      ],
      [
        'nothing to compare although there is',
        { study: { priors: ['2024-03-01'] }, comparison: 'None available.' },
        ['warn comparison-missed'],
      ],
      [
        'findings denied in the impression',
        { findings: 'There is a pneumothorax.', impression: 'No pneumothorax.' },
        ['warn contradiction'],
      ],
      [
        'one finding on two sides',
        { findings: 'Small left pleural effusion.', impression: 'Right pleural effusion.' },
        ['warn contradiction-side'],
      ],
      [
        'an organ that was removed',
        { indication: 'Status post cholecystectomy.', findings: 'The gallbladder is unremarkable.' },
        ['warn absent-organ'],
      ],
      [
        'another body part',
        {
          order: { exam: 'CT HEAD', bodyPart: 'HEAD' },
          findings: 'Liver and spleen are normal. The appendix is normal.',
        },
        ['warn body-part'],
      ],
      ['another age', { patient: { birthDate: '1961-02-03' }, indication: '34-year-old with pain.' }, ['warn age']],
      ['another name', { indication: 'Mr. Miller fell.' }, ['warn other-patient']],
    ])('%s', (_, given, expected) => {
      expect(codesOf(given)).toEqual(expected);
    });
  });

  describe('stay silent on reports that are right', () => {
    it.each<[string, Case]>([
      ['the ordered side', { order: { exam: 'XR WRIST', laterality: left }, findings: 'Left scaphoid fracture.' }],
      [
        'the other side in a comparison',
        { order: { exam: 'XR WRIST', laterality: left }, findings: 'Wider than on the contralateral right side.' },
      ],
      [
        'a normal other side that was examined too',
        {
          order: { exam: 'US LEG VEINS', laterality: left },
          technique: 'The right common femoral vein was examined for comparison.',
          findings: 'Thrombus in the left popliteal vein. The right common femoral vein is normal.',
        },
      ],
      [
        'a side in the reason for an exam of the trunk',
        { order: { exam: 'CT ABDOMEN', reason: 'Left flank pain' }, findings: 'Stone in the right kidney.' },
      ],
      [
        'the hand that writes',
        { order: { exam: 'XR WRIST', laterality: left }, findings: 'Right-handed patient. Left wrist intact.' },
      ],
      ['both sides ordered', { order: { exam: 'XR KNEES BILATERAL' }, findings: 'Right effusion.' }],
      ['organs of the own sex', { patient: { sex: 'F' }, findings: 'The uterus is normal.' }],
      ['the neck of a man', { patient: { sex: 'M' }, order: { exam: 'CT C-SPINE' }, findings: 'Cervical lordosis.' }],
      ['an unknown sex', { patient: { sex: 'unknown' }, findings: 'Prostate and uterus.' }],
      [
        'with and without contrast',
        { order: { contrast: true }, technique: 'MR brain with and without gadolinium contrast.' },
      ],
      [
        'no contrast, and said so',
        {
          order: { exam: 'CT HEAD WITHOUT CONTRAST', contrast: false },
          technique: 'CT of the head without intravenous contrast.',
          findings: 'No intracranial haemorrhage.',
        },
      ],
      ['a prior that exists', { study: { priors: ['2024-03-01'] }, comparison: 'CT of 1 March 2024.' }],
      ['a prior in American order', { study: { priors: ['2024-03-01'] }, comparison: 'CT chest 03/01/2024.' }],
      ['a prior in German order', { study: { priors: ['2024-03-01'] }, comparison: 'CT vom 01.03.2024.' }],
      ['none where there is none', { comparison: 'None.' }],
      [
        'an old fracture besides no acute one',
        { findings: 'No acute fracture. Old fracture of the ulna.', impression: 'Old ulnar fracture.' },
      ],
      [
        'absence said twice in different words',
        {
          findings: 'Lungs are clear without consolidation, effusion or pneumothorax.',
          impression: 'No pneumothorax.',
        },
      ],
      ['a field that says none', { findings: 'Pneumothorax: none', impression: 'No pneumothorax.' }],
      ['the right age', { patient: { birthDate: '1961-02-03' }, indication: '65-year-old woman.' }],
      ['a reference number', { findings: 'Nodule as on image [12].' }],
      ['her own name', { indication: 'Mrs. Doe fell.' }],
    ])('%s', (_, given) => {
      expect(codesOf(given)).toEqual([]);
    });
  });

  it('takes modality, side and contrast from the images, not from the order', () => {
    const facts = checkFactsOf(
      {
        patient: { id: 'p' as never, mrn: '1', name: 'Doe', sex: 'F' },
        exam: { text: 'CT', modality: 'CT' },
        priors: [{ description: 'CT', date: '2024-03-01', hasReport: true }],
      },
      [
        { '00080060': { vr: 'CS', Value: ['SR'] } },
        {
          '00080060': { vr: 'CS', Value: ['MR'] },
          '00200060': { vr: 'CS', Value: ['L'] },
          '00180010': { vr: 'LO', Value: ['Gadovist'] },
        },
      ],
    );
    expect(facts.study).toEqual({ modality: 'MR', laterality: 'left', contrast: true, priors: ['2024-03-01'] });
  });
});
