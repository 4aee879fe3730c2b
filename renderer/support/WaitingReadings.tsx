import type { WorklistRow } from '../bridge/index.ts';
import { DueClock, showPersonName, showReaderName } from '../ui/index.ts';
import classes from './support.module.css';

/** One reading in a line, as the list words it. */
export function ReadingLine({ row }: { readonly row: WorklistRow }) {
  return (
    <span>
      {showPersonName(row.patient.name)} · {row.exam.text} · {row.siteName}
    </span>
  );
}

/** Due soon or late, and not signed. */
export function Breaches({ rows }: { readonly rows: readonly WorklistRow[] }) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.taskId} className={classes.head}>
          <DueClock dueAt={row.dueAt} />
          <ReadingLine row={row} />
          <span className={classes.quiet}>
            {row.claim === undefined ? 'nobody reads it' : `with ${showReaderName(row.claim.radiologistName)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
