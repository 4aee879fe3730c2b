import type { ToldFact } from './notes.ts';

/** Adequate, barely adequate, considerably limited, deficient. */
export const REQUISITION_GRADES = ['A', 'B', 'C', 'D'] as const;
export type RequisitionGrade = (typeof REQUISITION_GRADES)[number];

/** What a reader made of a request themselves. */
export interface GradeOverride {
  readonly grade: RequisitionGrade;
  readonly by: string;
  /** PS3.5 PN. */
  readonly byName: string;
  readonly at: number;
  readonly reason: string;
}

/** The three kinds of content that RI-RADS asks of a request (Abedi et al., Eur J Radiol 2020). */
export const REQUEST_PARTS = ['impression', 'clinical-findings', 'question'] as const;
export type RequestPart = (typeof REQUEST_PARTS)[number];

const PART_WORDS: Readonly<Record<RequestPart, string>> = {
  impression: 'working diagnosis',
  'clinical-findings': 'clinical findings',
  question: 'question',
};

/** Words by which a request shows that it has the part. Rules of ours: RI-RADS leaves the judgement to the reader, who may override. */
const SIGNS: Readonly<Record<RequestPart, RegExp>> = {
  impression:
    /\b(?:stroke|TIA|infarct\w*|ischa?emi\w*|h(?:a)?emorrhag\w*|SAH|SDH|fractur\w*|appendicitis|pneumonia|embol\w*|PE|DVT|thromb\w*|tumou?r\w*|mass|cancer|carcinoma\w*|lymphoma|metasta\w*|mets|malignan\w*|abscess\w*|infection\w*|sepsis|osteomyelitis|stones?|calcul\w*|nephrolithiasis|diverticulitis|cholecystitis|pancreatitis|colitis|obstruction|ileus|pneumothorax|effusion|edema|oedema|dissection|aneurysm\w*|perforation|hernia\w*|hydrocephalus|epilepsy|sclerosis|tears?|rupture|sinusitis|abuse|cirrhosis|COPD|CHF|heart failure|torsion|ectopic|nodules?)\b/i,
  'clinical-findings':
    /\b(?:pain\w*|tender\w*|weak\w*|numb\w*|paresthesia\w*|aphasi\w*|deficits?|droop|slurred|headaches?|seizures?|syncope|dizz\w*|vertigo|confus\w*|fever\w*|febrile|chills|cough\w*|dyspn\w*|short(?:ness)? of breath|SOB|hypox\w*|vomit\w*|nausea|diarrh\w*|jaundice|h(?:a)?ematuria|bleed\w*|h(?:a)?emoptysis|swelling|swollen|palpable|lump|trauma|fall|fell|MVA|MVC|injur\w*|accident|assault|hit|unresponsive|intubat\w*|post[- ]?op\w*|s\/p|status post|surgery|history of|hx|known|weight loss|elevated|WBC|troponin|d-?dimer|last well|x ?\d+ ?(?:h|d|days?|hours?|weeks?|months?)|(?:for|since) \d+)\b/i,
  question:
    /\?|\b(?:rule ?out|r\/o|evaluate|eval|assess\w*|exclude|query|concern\w* for|suspect\w*|suspicion|look for|whether|follow[- ]?up|f\/u|compare|progress\w*|response|staging|restaging|screening|surveillance|confirm|placement|position of|cause of)\b/i,
};

const NEGLIGIBLE = /^\s*(?:none|n\/?a|unknown|not given|see (?:chart|notes?)|as (?:above|ordered)|\.|-)*\s*$/i;

export interface GradedRequisition {
  readonly grade: RequisitionGrade;
  readonly missing: readonly RequestPart[];
  /** Why this grade, in words. */
  readonly why: string;
}

/**
 * What the request itself says, graded A-D after RI-RADS: how many of its three parts are there. What is in the chart and not in the
 * request does not count; labels the sender put before a text do not either.
 */
export function gradeRequisition(reason: string | undefined, facts: readonly ToldFact[]): GradedRequisition {
  const told = [
    reason ?? '',
    ...facts.filter(({ kind }) => kind === 'reason' || kind === 'history').map(({ text }) => text),
  ].filter((text) => !NEGLIGIBLE.test(text));
  const hasDiagnosis = facts.some(({ kind, label }) => kind === 'history' && label === 'Diagnosis');
  const missing = REQUEST_PARTS.filter(
    (part) => !(part === 'impression' && hasDiagnosis) && !told.some((text) => SIGNS[part].test(text)),
  );
  const grade = REQUISITION_GRADES[missing.length] ?? 'D';
  const words = missing.map((part) => `no ${PART_WORDS[part]}`).join(', ');
  if (told.length === 0 && !hasDiagnosis) return { grade, missing, why: 'no reason and no history were given' };
  return { grade, missing, why: words === '' ? 'working diagnosis, findings and question are given' : words };
}
