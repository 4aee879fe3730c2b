import type { CheckInput } from '#electron/workstation/ports.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { checkFactsOf } from '#shared/reporting/checks/check-facts.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';

export const checkBeforeSigning = ({ task, template, body, studies, now }: CheckInput): readonly Complaint[] =>
  checkReport({
    facts: checkFactsOf(
      task,
      studies.flatMap(({ metadata }) => metadata),
      now,
    ),
    template,
    body,
  });
