import type { Template } from '#shared/reporting/report.ts';
import type { TemplateCode } from './template-attributes.ts';

/** Codes and words by which templates name a modality, mapped to DICOM Modality (PS3.3 C.7.3.1.1.1). */
const MODALITY: Readonly<Record<string, string>> = {
  RID10321: 'CT',
  RID10312: 'MR',
  RID10326: 'US',
  RID10345: 'DX',
  RID10357: 'MG',
  CT: 'CT',
  MR: 'MR',
  MRT: 'MR',
  MRI: 'MR',
  US: 'US',
  CR: 'CR',
  DX: 'DX',
  MG: 'MG',
  NM: 'NM',
  PT: 'PT',
  XA: 'XA',
  'COMPUTED TOMOGRAPHY': 'CT',
  'MAGNETIC RESONANCE IMAGING': 'MR',
  ULTRASOUND: 'US',
  'PROJECTION RADIOGRAPHY': 'DX',
  MAMMOGRAPHY: 'MG',
};

/** Codes and words for regions, mapped to DICOM Body Part Examined (PS3.16 annex L). */
const BODY_PART: Readonly<Record<string, string>> = {
  RID6434: 'HEAD',
  RID9080: 'HEAD',
  RID1243: 'CHEST',
  RID56: 'ABDOMEN',
  HEAD: 'HEAD',
  BRAIN: 'HEAD',
  CHEST: 'CHEST',
  THORAX: 'CHEST',
  THX: 'CHEST',
  ABDOMEN: 'ABDOMEN',
  ABD: 'ABDOMEN',
  PELVIS: 'PELVIS',
  KNEE: 'KNEE',
  LIVER: 'ABDOMEN',
};

const lookUp = (table: Readonly<Record<string, string>>, names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => table[name.trim().toUpperCase()] ?? [])),
];

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Which exams a template is for, from our own metadata, from dcterms.subject and from the coded terms. */
export function examScope(
  meta: ReadonlyMap<string, string>,
  codes: readonly TemplateCode[],
): Pick<Template, 'modalities' | 'bodyParts' | 'contrast'> {
  const ofWhole = codes.filter((code) => code.element === undefined).flatMap((code) => [code.value, code.meaning]);
  const said = [...listed(meta.get('dcterms.subject')), ...ofWhole];
  const ownModalities = listed(meta.get('overread.modality'));
  const ownParts = listed(meta.get('overread.body-part'));
  const contrast = meta.get('overread.contrast');
  return {
    modalities:
      ownModalities.length > 0 ? ownModalities : lookUp(MODALITY, [...listed(meta.get('rrt:modality')), ...said]),
    bodyParts: ownParts.length > 0 ? ownParts : lookUp(BODY_PART, [...listed(meta.get('rrt:bodyregion')), ...said]),
    ...(contrast === 'yes' || contrast === 'no' ? { contrast: contrast === 'yes' } : {}),
  };
}
