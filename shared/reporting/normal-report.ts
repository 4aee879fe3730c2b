import { expandMacro, type MacroFacts } from './macro.ts';
import type { ReportBody, ReportSection, Template, TemplateField } from './report.ts';

/** What a normal examination reads like, beside the fields of its template. */
interface NormalText {
  readonly findings: string;
  readonly impression: string;
}

/** By the last part of the template's id; the fields say the rest. */
const NORMALS: Readonly<Record<string, NormalText>> = {
  'chest-radiograph': {
    findings: 'The lungs are clear. The mediastinal contours are normal. No acute bony abnormality.',
    impression: 'No acute cardiopulmonary abnormality.',
  },
  'chest-radiograph-child': {
    findings: 'The lungs are clear. The cardiothymic contours are normal for age. No acute bony abnormality.',
    impression: 'No acute cardiopulmonary abnormality.',
  },
  'abdomen-radiograph': {
    findings: 'No abnormal calcification. No acute bony abnormality.',
    impression: 'No acute abdominal abnormality.',
  },
  'extremity-radiograph': {
    findings: 'The soft tissues are unremarkable.',
    impression: 'No acute bony abnormality.',
  },
  'ct-head': {
    findings:
      'Grey and white matter are well differentiated. The basal cisterns are open. The skull is intact. The included sinuses and mastoid cells are clear.',
    impression: 'No acute intracranial abnormality.',
  },
  'ct-head-child': {
    findings:
      'Grey and white matter are well differentiated. The basal cisterns are open. The skull is intact. The included sinuses and mastoid cells are clear.',
    impression: 'No acute intracranial abnormality.',
  },
  'ct-cervical-spine': {
    findings: 'Vertebral body heights are kept. The facet joints are aligned.',
    impression: 'No acute abnormality of the cervical spine.',
  },
  'ct-chest': {
    findings:
      'The lungs are clear. No enlarged mediastinal or hilar lymph nodes. The heart is of normal size. No acute bony abnormality.',
    impression: 'No acute abnormality of the chest.',
  },
  'cta-chest-pe': {
    findings: 'The lungs are clear. No pleural effusion. The heart is of normal size.',
    impression: 'No pulmonary embolism.',
  },
  'ct-abdomen-pelvis': {
    findings:
      'The liver is unremarkable. The gallbladder is unremarkable. The spleen is unremarkable. The pancreas and adrenal glands are unremarkable. The kidneys show no hydronephrosis. No enlarged lymph nodes. No acute bony abnormality.',
    impression: 'No acute abnormality of the abdomen or pelvis.',
  },
  'us-abdomen-ruq': {
    findings: 'The liver is of normal echotexture. The gallbladder is unremarkable. The bile ducts are not dilated.',
    impression: 'No acute abnormality of the right upper quadrant.',
  },
  'us-venous-leg': {
    findings: 'The deep veins compress fully with flow to the calf.',
    impression: 'No deep vein thrombosis.',
  },
  'mr-brain': {
    findings: 'The ventricles are normal for age. The basal cisterns are open. The large vessels show flow voids.',
    impression: 'No acute intracranial abnormality.',
  },
};

const normalOf = ({ id }: Pick<Template, 'id'>): NormalText | undefined => NORMALS[id.split(':').at(-1) ?? ''];
export const hasNormal = (template: Pick<Template, 'id'>): boolean => normalOf(template) !== undefined;

/** The option of a pick list that a normal examination has. */
const NORMAL_OPTION =
  /^(none|none seen|no|normal|normal size|normal for age|negative|not obstructive|diagnostic to subsegmental level)$/i;

/**
 * The normal report of its template, in one act: pick lists of the findings, findings and impression. What anybody has written or
 * chosen stays, and no sentence calls an organ normal that is gone (`leftOut`).
 */
export function writeNormal(
  template: Template,
  facts: MacroFacts,
): { readonly change: (body: ReportBody) => ReportBody; readonly leftOut: readonly string[] } {
  const normal = normalOf(template);
  if (normal === undefined) return { change: (body) => body, leftOut: [] };
  const [findings, impression] = [normal.findings, normal.impression].map((text) =>
    expandMacro({ name: 'normal', text }, facts),
  );
  const textOf = ({ role }: ReportSection): string | undefined =>
    role === 'findings' ? findings?.text : role === 'impression' ? impression?.text : undefined;
  const change = (body: ReportBody): ReportBody => ({
    ...body,
    sections: body.sections.map((section) => {
      const text = textOf(section);
      if (text === undefined) return section;
      const known = template.sections.find(({ id }) => id === section.id)?.fields ?? [];
      const fields =
        section.role === 'findings'
          ? section.fields.map((field) => {
              const option = normalOption(known.find(({ id }) => id === field.id));
              const isUntouched = field.source === 'default' && field.value.trim() === '';
              return option === undefined || !isUntouched
                ? field
                : { ...field, value: option, source: 'macro' as const };
            })
          : section.fields;
      const isFree = section.text.trim() === '' || section.textSource === 'default';
      return isFree ? { ...section, fields, text, textSource: 'macro' } : { ...section, fields };
    }),
  });
  return { change, leftOut: findings?.leftOut ?? [] };
}

function normalOption(field: TemplateField | undefined): string | undefined {
  // What only says more of a finding is no finding: the side of emboli, the most central level.
  if (field?.kind !== 'choice') return undefined;
  return field.options?.find(({ label }) => NORMAL_OPTION.test(label.trim()))?.value;
}
