import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { isScoreSaid } from '../scores/report-score.ts';

/** A score goes out as data beside the text: one that the text no longer says would contradict it. */
export const checkStoredScores = (body: ReportBody): Complaint[] =>
  (body.scores ?? [])
    .filter((score) => !isScoreSaid(score, body))
    .map(({ title, category }) => ({
      code: 'score-differs',
      severity: 'warn',
      quote: `${title}: ${category}`,
      message: `${title} ${category} is stored with the report, but the text does not say so.`,
      fix: 'Answer the score again, or take it out of the list below the report.',
    }));
