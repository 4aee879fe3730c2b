import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond, showMoment } from '../ui/index.ts';
import classes from './notes.module.css';

/** Earlier exams that are known without a report, and such as only a text speaks of. */
export function MissingPriors({
  opened,
}: {
  readonly opened: Pick<OpenCase, 'notes' | 'priors' | 'priorsAskedAt' | 'row'>;
}) {
  const { notes, priors, priorsAskedAt, row } = opened;
  const withoutReport = priors.filter((prior) => !prior.hasReport);
  const mentioned = mentionedPriors(row.reason, notes.facts, priors);
  const asked =
    priorsAskedAt === undefined
      ? 'not asked for yet'
      : `asked ${showMoment(priorsAskedAt, currentSecond())}, answer none`;
  return (
    <>
      {mentioned.length > 0 && (
        <div className={classes.group}>
          <h3>Prior exams mentioned, not here</h3>
          <ul>
            {mentioned.map(({ quote, source }) => (
              <li key={quote}>
                {quote}
                <span className={classes.source}>
                  {source} · {asked}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {withoutReport.length > 0 && (
        <div className={classes.group}>
          <h3>Prior exams without a report here</h3>
          <ul>
            {withoutReport.map((prior, place) => (
              <li key={prior.studyInstanceUid ?? place}>
                {prior.description}
                {prior.date !== undefined && <span className={classes.source}> {prior.date}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
