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

describe('the fields of the templates that ship', () => {
  const sections = (name: string) =>
    parseMrrt(readFileSync(`${FOLDER}${name}.html`, 'utf8')).template?.sections.map(({ fields, groups = [] }) => ({
      fields: fields.map(({ id, kind }) => [id.replace(`${name}-`, ''), kind]),
      groups: groups.map(({ label, fields: own }) => [label, own.map(({ label: words, kind }) => [words, kind])]),
    })) ?? [];

  it('ask for nodules and lesions one by one, and since when they are known', () => {
    expect(sections('ct-lung-screening')[3]?.groups).toEqual([
      [
        'Nodule',
        [
          ['Mean diameter', 'number'],
          ['Side', 'laterality'],
          ['Lobe', 'choice'],
          ['Type', 'choice'],
          ['Solid component', 'number'],
          ['Growth', 'choice'],
          ['Known since', 'date'],
        ],
      ],
    ]);
    expect(sections('us-thyroid')[3]?.groups.map(([label, fields]) => [label, fields?.slice(0, 2)])).toEqual([
      [
        'Nodule',
        [
          ['Size', 'number'],
          ['Side', 'laterality'],
        ],
      ],
    ]);
    for (const liver of ['ct-liver', 'mr-liver'])
      expect(sections(liver)[3]?.groups.map(([label]) => label)).toEqual(['Lesion']);
  });

  it('ask for the prior as a date and for a limb as a side', () => {
    expect(sections('ct-lung-screening')[2]?.fields).toEqual([['prior', 'date']]);
    expect(sections('ct-liver')[2]?.fields).toEqual([['prior', 'date']]);
    expect(sections('extremity-radiograph')[1]?.fields).toContainEqual(['side', 'laterality']);
    expect(sections('us-venous-leg')[1]?.fields).toContainEqual(['side', 'laterality']);
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
    [{ text: 'MR LUMBAR SPINE', modality: 'MR', bodyPart: 'LSPINE' }, 'mr-lumbar-spine'],
    [{ text: 'XR LUMBAR SPINE', modality: 'DX' }, 'radiograph-any'],
    [{ text: 'US THYROID', modality: 'US' }, 'us-thyroid'],
    [{ text: 'PET/CT', modality: 'PT' }, 'pet-ct'],
    [{ text: 'PET CT SKULL BASE TO MID THIGH' }, 'pet-ct'],
    [{ text: 'CTA HEAD AND NECK', modality: 'CT', contrast: true }, 'cta-head-neck'],
    [{ text: 'CTA HEAD', modality: 'CT' }, 'cta-head-neck'],
    [{ text: 'CT NECK SOFT TISSUE W CONTRAST', modality: 'CT', contrast: true }, 'ct-neck'],
    [{ text: 'CT KUB STONE PROTOCOL', modality: 'CT', contrast: false }, 'ct-kub-stone'],
    [{ text: 'CT RENAL STONE', modality: 'CT' }, 'ct-kub-stone'],
    [{ text: 'CT TRAUMA PAN SCAN', modality: 'CT' }, 'ct-trauma'],
    [{ text: 'CT WHOLE BODY TRAUMA', modality: 'CT' }, 'ct-trauma'],
    [{ text: 'CT HEAD TRAUMA', modality: 'CT' }, 'ct-head'],
    [{ text: 'CT LIVER TRIPHASIC', modality: 'CT', contrast: true }, 'ct-liver'],
    [{ text: 'CT LUNG SCREENING LOW DOSE', modality: 'CT', contrast: false }, 'ct-lung-screening'],
    [{ text: 'CT CHEST', modality: 'CT' }, 'ct-chest'],
    [{ text: 'CT THORACIC SPINE', modality: 'CT' }, 'ct-any'],
    [{ text: 'MR BRAIN STROKE PROTOCOL', modality: 'MR' }, 'mr-brain-stroke'],
    [{ text: 'MRI THORACIC SPINE CORD COMPRESSION', modality: 'MR' }, 'mr-spine-cord'],
    [{ text: 'MRI C-SPINE W WO', modality: 'MR' }, 'mr-spine-cord'],
    [{ text: 'MRI PROSTATE', modality: 'MR', bodyPart: 'PROSTATE' }, 'mr-prostate'],
    [{ text: 'MRI LIVER W WO CONTRAST', modality: 'MR', bodyPart: 'LIVER' }, 'mr-liver'],
    [{ text: 'MRI KNEE LEFT', modality: 'MR', bodyPart: 'KNEE' }, 'mr-knee'],
    [{ text: 'MR SHOULDER RIGHT', modality: 'MR' }, 'mr-shoulder'],
    [{ text: 'MRI ANKLE', modality: 'MR' }, 'mr-any'],
    [{ text: 'US PELVIS TRANSVAGINAL', modality: 'US', bodyPart: 'PELVIS' }, 'us-pelvis'],
    [{ text: 'US PELVIS OB LESS THAN 14 WEEKS', modality: 'US' }, 'us-early-pregnancy'],
    [{ text: 'ULTRASOUND PREGNANCY FIRST TRIMESTER' }, 'us-early-pregnancy'],
    [{ text: 'US SCROTUM WITH DOPPLER', modality: 'US' }, 'us-scrotum'],
    [{ text: 'US TESTICULAR' }, 'us-scrotum'],
    [{ text: 'US APPENDIX', modality: 'US', bodyPart: 'ABDOMEN' }, 'us-appendix'],
    [{ text: 'US RENAL', modality: 'US' }, 'us-renal'],
    [{ text: 'US CAROTID DUPLEX', modality: 'US' }, 'us-carotid'],
    [{ text: 'US ABDOMEN PEDIATRIC', modality: 'US' }, 'us-abdomen-child'],
    [{ text: 'US HEAD NEONATAL', modality: 'US' }, 'us-head-infant'],
    [{ text: 'XR CHEST INFANT', modality: 'DX' }, 'chest-radiograph-child'],
    [{ text: 'CT HEAD PEDIATRIC WO', modality: 'CT', contrast: false }, 'ct-head-child'],
    [{ text: 'XR HAND PEDIATRIC', modality: 'DX' }, 'extremity-radiograph'],
    [{ text: 'NM LUNG V/Q SCAN', modality: 'NM' }, 'nm-lung-vq'],
    [{ text: 'LUNG VENTILATION PERFUSION' }, 'nm-lung-vq'],
    [{ text: '' }, 'any'],
  ])('%o is %s', (exam, expected) => {
    expect(chooseTemplate(templates, exam).id).toBe(`urn:overread:template:${expected}`);
    expect(chooseTemplate(templates.toReversed(), exam).id).toBe(`urn:overread:template:${expected}`);
  });

  it("is a child's when the patient is one", () => {
    const chest: Exam = { text: 'XR CHEST 2 VIEWS', modality: 'DX', bodyPart: 'CHEST' };
    expect(chooseTemplate(templates, chest, { isChild: true }).id).toBe('urn:overread:template:chest-radiograph-child');
    expect(chooseTemplate(templates, chest, { isChild: false }).id).toBe('urn:overread:template:chest-radiograph');
  });

  it('is one of at least thirty', () => {
    expect(templates.length).toBeGreaterThanOrEqual(30);
  });

  it('is a plain one when there are no templates at all', () => {
    expect(chooseTemplate([], { text: 'CT HEAD' })).toBe(PLAIN_TEMPLATE);
  });
});
