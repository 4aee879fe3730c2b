import { compareReports, type SectionDifference } from '#shared/reporting/compare-reports.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import classes from './report.module.css';

/** What was taken out and what was put in, section by section: struck through or underlined, and told as deletion and insertion. */
export function DifferenceView(props: { readonly before: ReportBody; readonly after: ReportBody }) {
  const differences = compareReports(props.before, props.after);
  if (differences.length === 0) return <p className={classes.quiet}>No word is different.</p>;
  return (
    <div role="group" aria-label="Difference" tabIndex={0} className={classes.difference}>
      {differences.map((difference) => (
        <SectionView key={difference.title} difference={difference} />
      ))}
    </div>
  );
}

function SectionView({ difference }: { readonly difference: SectionDifference }) {
  return (
    <section aria-label={difference.title}>
      <p className={classes.differenceOf}>{difference.title}</p>
      <p>
        {difference.parts.map((part, place) =>
          part.kind === 'same' ? (
            <span key={place}>{part.text}</span>
          ) : part.kind === 'removed' ? (
            <del key={place}>{part.text}</del>
          ) : (
            <ins key={place}>{part.text}</ins>
          ),
        )}
      </p>
    </section>
  );
}
