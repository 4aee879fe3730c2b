import { checkAbsentOrgans } from './checks/absent-organ.ts';
import { checkAgeOrgans } from './checks/age-organs.ts';
import { checkBodyPart } from './checks/body-part.ts';
import type { CheckFacts } from './checks/check-facts.ts';
import { checkComparison } from './checks/comparison.ts';
import { checkCompleteness } from './checks/completeness.ts';
import { checkContradiction } from './checks/contradiction.ts';
import { checkLaterality } from './checks/laterality.ts';
import { checkOpposites } from './checks/opposites.ts';
import { checkIdentity } from './checks/patient-identity.ts';
import { checkSoundAlikes } from './checks/sound-alikes.ts';
import { checkStoredScores } from './checks/stored-scores.ts';
import { checkTechnique } from './checks/technique.ts';
import { checkUnits } from './checks/units.ts';
import { checkUnseenImages } from './checks/unseen-images.ts';
import type { Complaint } from './complaint.ts';
import type { ReportBody, Template } from './report.ts';

export interface CheckReportInput {
  readonly facts: CheckFacts;
  /** Undefined when the template is not at hand: required fields are then not known. */
  readonly template: Template | undefined;
  readonly body: ReportBody;
}

/** Everything that looks wrong before signing; `stop` first. Pure: the same input is the same list. */
export function checkReport({ facts, template, body }: CheckReportInput): Complaint[] {
  const complaints = [
    ...checkCompleteness(body, template),
    ...checkLaterality(facts, body),
    ...checkIdentity(facts, body),
    ...checkTechnique(facts, body),
    ...checkComparison(facts, body),
    ...checkBodyPart(facts, body),
    ...checkAbsentOrgans(facts, body),
    ...checkAgeOrgans(facts, body),
    ...checkContradiction(facts, body),
    ...checkOpposites(body),
    ...checkUnits(body),
    ...checkSoundAlikes(body),
    ...checkStoredScores(body),
    ...checkUnseenImages(facts),
  ];
  return [
    ...complaints.filter(({ severity }) => severity === 'stop'),
    ...complaints.filter(({ severity }) => severity === 'warn'),
  ];
}
