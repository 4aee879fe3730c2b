import type { CheckInput } from '#electron/workstation/ports.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { checkFactsOf } from '#shared/reporting/checks/check-facts.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';

import { seriesSeen } from './series-seen.ts';

export function checkBeforeSigning({ task, template, body, studies, now }: CheckInput): readonly Complaint[] {
  const facts = checkFactsOf(
    task,
    studies.flatMap(({ metadata }) => metadata),
    now,
  );
  const series = studies.flatMap(({ metadata, seen }) => seriesSeen(metadata, seen));
  return checkReport({ facts: { ...facts, study: { ...facts.study, series } }, template, body });
}
