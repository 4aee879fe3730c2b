import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import type { Exam } from '#shared/domain/order.ts';
import { chooseTemplate, PLAIN_TEMPLATE } from '#shared/reporting/choose-template.ts';
import type { Template } from '#shared/reporting/report.ts';

const FOLDER = fileURLToPath(new URL('../../../build/templates/', import.meta.url));

describe('the templates that ship', () => {
  it.each(readdirSync(FOLDER))('%s is a good MRRT file with the five sections', (name) => {
    const { template, complaints } = parseMrrt(readFileSync(`${FOLDER}${name}`, 'utf8'));
    expect(complaints).toEqual([]);
    expect(template?.sections.map(({ role }) => role)).toEqual([
      'indication',
      'technique',
      'comparison',
      'findings',
      'impression',
    ]);
    expect(template?.id).toBe(`urn:overread:template:${name.replace('.html', '')}`);
  });
});

describe('the template for an exam', () => {
  let templates: readonly Template[] = [];
  beforeAll(async () => {
    ({ templates } = await loadTemplates([FOLDER]));
  });

  it.each<[Partial<Exam> & { readonly text: string }, string]>([
    [{ text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD', contrast: false }, 'ct-head'],
    [{ text: 'CT HEAD STROKE PROTOCOL', modality: 'CT', bodyPart: 'HEAD' }, 'ct-head-stroke'],
    [{ text: 'CT BRAIN W/O' }, 'ct-head'],
    [{ text: 'CTA CHEST PE PROTOCOL', modality: 'CT', bodyPart: 'CHEST', contrast: true }, 'cta-chest-pe'],
    [{ text: 'CT pulmonary angiogram for embolism', modality: 'CT' }, 'cta-chest-pe'],
    [{ text: 'CT CHEST WITH CONTRAST', modality: 'CT', bodyPart: 'CHEST', contrast: true }, 'ct-chest'],
    [{ text: 'CT ABDOMEN AND PELVIS W CONTRAST', modality: 'CT', contrast: true }, 'ct-abdomen-pelvis'],
    [{ text: 'CT ABD/PELV', modality: 'CT', bodyPart: 'ABDOMEN' }, 'ct-abdomen-pelvis'],
    [{ text: 'CT C-SPINE', modality: 'CT', bodyPart: 'CSPINE' }, 'ct-cervical-spine'],
    [{ text: 'XR CHEST 2 VIEWS', modality: 'DX', bodyPart: 'CHEST' }, 'chest-radiograph'],
    [{ text: 'CXR PORTABLE', modality: 'CR' }, 'chest-radiograph'],
    [{ text: 'KUB', modality: 'DX' }, 'abdomen-radiograph'],
    [{ text: 'XR WRIST LEFT 3 VIEWS', modality: 'DX', bodyPart: 'WRIST' }, 'extremity-radiograph'],
    [{ text: 'X-RAY ANKLE RIGHT', modality: 'CR' }, 'extremity-radiograph'],
    [{ text: 'MRI BRAIN W AND WO CONTRAST', modality: 'MR', bodyPart: 'BRAIN' }, 'mr-brain'],
    [{ text: 'US ABDOMEN LIMITED RUQ', modality: 'US', bodyPart: 'ABDOMEN' }, 'us-abdomen-ruq'],
    [{ text: 'US VENOUS DUPLEX LOWER EXTREMITY', modality: 'US' }, 'us-venous-leg'],
    [{ text: 'MAMMO SCREENING BILATERAL', modality: 'MG', bodyPart: 'BREAST' }, 'mammography'],
    [{ text: 'CT ORBITS', modality: 'CT', bodyPart: 'ORBIT' }, 'ct-any'],
    [{ text: 'MR LUMBAR SPINE', modality: 'MR', bodyPart: 'LSPINE' }, 'mr-any'],
    [{ text: 'XR LUMBAR SPINE', modality: 'DX' }, 'radiograph-any'],
    [{ text: 'US THYROID', modality: 'US' }, 'ultrasound-any'],
    [{ text: 'PET/CT', modality: 'PT' }, 'any'],
    [{ text: '' }, 'any'],
  ])('%o is %s', (exam, expected) => {
    expect(chooseTemplate(templates, exam).id).toBe(`urn:overread:template:${expected}`);
    expect(chooseTemplate(templates.toReversed(), exam).id).toBe(`urn:overread:template:${expected}`);
  });

  it('is a plain one when there are no templates at all', () => {
    expect(chooseTemplate([], { text: 'CT HEAD' })).toBe(PLAIN_TEMPLATE);
  });
});
