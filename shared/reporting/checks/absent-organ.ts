import { absentOrganCalledNormal, absentOrgans } from '../absent-organs.ts';
import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf } from './sentences.ts';

/** An organ that was removed must not be called normal. */
export function checkAbsentOrgans({ order }: CheckFacts, body: ReportBody): Complaint[] {
  const told = sentencesOf(body, ['indication', 'findings', 'impression', 'other']).map(({ text }) => text);
  const absent = absentOrgans([order.reason ?? '', ...told]);
  return sentencesOf(body, ['findings', 'impression']).flatMap(({ section, text }): Complaint[] => {
    const organ = absentOrganCalledNormal(text, absent);
    if (organ === undefined) return [];
    return [
      {
        code: 'absent-organ',
        severity: 'warn',
        section,
        quote: text,
        message: `The ${organ.name} is described as if present, but it was removed.`,
        fix: `Correct the sentence about the ${organ.name}.`,
      },
    ];
  });
}
