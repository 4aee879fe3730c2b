import { REQUISITION_GRADES, type GradeOverride } from '../domain/requisition-grade.ts';
import { recordOf, textOf } from './fhir-text.ts';

/** Keys in a fixed order, so that the same grade is always the same text. */
export const gradeAsText = ({ grade, by, byName, at, reason }: GradeOverride): string =>
  JSON.stringify({ grade, by, byName, at, reason });

/** Undefined for a text that is not one of ours. */
export function gradeFromText(text: string): GradeOverride | undefined {
  let json: Readonly<Record<string, unknown>>;
  try {
    json = recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
  const grade = REQUISITION_GRADES.find((known) => known === json['grade']);
  const by = textOf(json['by']);
  const at = json['at'];
  if (grade === undefined || by === undefined || typeof at !== 'number') return undefined;
  return { grade, by, byName: textOf(json['byName']) ?? by, at, reason: textOf(json['reason']) ?? '' };
}
